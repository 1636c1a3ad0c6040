"""Who may do what with areas: everybody who may see them reads, nobody writes by hand."""

from __future__ import annotations

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class NurLesen(ModelPermissionPolicy):
    """Reading needs any permission on the model; writing is refused, to superusers as well.

    Areas come from the official register; an edit by hand would be lost or contradict it.
    """

    def user_has_permission(self, user: Any, action: str) -> bool:
        """Return whether this user may read; other actions nobody may."""
        return action == "view" and any(
            super(NurLesen, self).user_has_permission(user, name)
            for name in ("view", "add", "change", "delete")
        )

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        """Return whether one of the actions is reading, and allowed."""
        return any(self.user_has_permission(user, action) for action in actions)
