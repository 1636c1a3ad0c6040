"""Who may plan, apply and take back reforms: the model permission on Gebietsreform."""

from __future__ import annotations

from typing import Any

RECHT = "behoerden.change_gebietsreform"


def darf_reformieren(user: Any) -> bool:
    """Return whether this user may do everything with reforms; superusers may."""
    return bool(user.is_active and user.has_perm(RECHT))
