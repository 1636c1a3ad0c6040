"""Who may look at rules and who may change them: the model permission on Zustaendigkeit.

A package makes, changes and removes rules; whoever enters one needs all three rights.
"""

from __future__ import annotations

from typing import Any

ANSEHEN = ("view", "add", "change", "delete")
AENDERN = ("add", "change", "delete")


def _recht(aktion: str) -> str:
    return f"leistungen.{aktion}_zustaendigkeit"


def darf_ansehen(user: Any) -> bool:
    """Return whether this user may see the rules in the admin."""
    return any(user.has_perm(_recht(aktion)) for aktion in ANSEHEN)


def darf_aendern(user: Any) -> bool:
    """Return whether this user may enter and take back packages, and confirm rules."""
    return all(user.has_perm(_recht(aktion)) for aktion in AENDERN)
