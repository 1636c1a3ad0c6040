"""Pages that belong to no app."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from zufi.common.muster import muster_context


def muster(request: HttpRequest) -> HttpResponse:
    """Show every component in every state; routed under DEBUG and in tests only."""
    return render(request, "muster.html", muster_context())
