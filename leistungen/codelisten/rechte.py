"""Who may do what with code lists."""

from __future__ import annotations

from typing import Any, ClassVar

from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import register_permission_policy

from leistungen.models import Codeliste, Codewert


class NurNachtragen(ModelPermissionPolicy):
    """Lists and codes come from files: nobody adds or deletes them by hand."""

    VERBOTEN: ClassVar = frozenset({"add", "delete"})

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Whether the user may do this at all."""
        return action not in self.VERBOTEN and bool(super().user_has_permission(user, action))

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Whether the user may do one of these."""
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user: Any, action: str, instance: Any) -> bool:
        """The same for every row."""
        return self.user_has_permission(user, action)


def register() -> None:
    """Wagtail asks this policy; called before Wagtail assumes its own."""
    for model in (Codeliste, Codewert):
        register_permission_policy(model, NurNachtragen(model), exact_class=True)
