"""Security policy by area: strict on public pages, what Wagtail needs below /admin/."""

from __future__ import annotations

from typing import TYPE_CHECKING

from csp.middleware import CSPMiddleware
from django.conf import settings

if TYPE_CHECKING:
    from csp.middleware import PolicyParts
    from django.http import HttpRequest, HttpResponseBase


class AreaCSPMiddleware(CSPMiddleware):
    """The public policy everywhere; below /admin/ the directives of `CSP_ADMIN` replace theirs."""

    def get_policy_parts(
        self, request: HttpRequest, response: HttpResponseBase, report_only: bool = False
    ) -> PolicyParts:
        """Return the parts of the policy that fits the path of this request."""
        parts = super().get_policy_parts(request, response, report_only)
        if not report_only and request.path_info.startswith("/admin/"):
            parts.replace = {**settings.CSP_ADMIN, **(parts.replace or {})}
        return parts
