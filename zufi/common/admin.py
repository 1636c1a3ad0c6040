"""What the admin views of all editorial objects share: a stale form never overwrites a colleague.

Wagtail refuses an outdated autosave, but a manual save on an outdated form passes silently, and a
form shown again after any error carries the newest mark, so that its next save passes too.
The form's own autosaves are told apart by `zufi/js/speichern.js`, which brings its mark up to date.
"""

from __future__ import annotations

from typing import Any

from wagtail.snippets.views.snippets import EditView

VERALTET = (
    "Inzwischen hat jemand anderes gespeichert. Ihre Eingaben stehen noch im Formular, sind aber "
    "nicht gespeichert."
)
TROTZDEM = "trotzdem"


class StandGeprueft:
    """Bases of an edit view: `class XEditView(StandGeprueft, EditView)`, with its template.

    A manual save of a form that somebody else has overtaken is refused with the choice to save all
    the same. Nothing is lost either way: what was typed stays in the form, the other version stays
    in the history. Autosave stays refused, also with the box ticked.
    """

    vorlage = "zufi/admin/bearbeiten.html"

    def get_template_names(self) -> list[str]:
        """The page with the choice; pieces for autosave stay Wagtail's."""
        view: Any = self
        namen: list[str] = super().get_template_names()  # type: ignore[misc]  # of Wagtail's views
        return namen if view.hydrate_create_view else [self.vorlage]

    def is_valid(self, form: Any) -> bool:
        """Whether the form may be saved."""
        view: Any = self
        veraltet = view.is_out_of_date and not view.expects_json_response
        if veraltet and TROTZDEM not in view.request.POST:
            view.produced_error_code = "invalid_revision"
            view.produced_error_message = VERALTET
            form.is_valid()  # errors are shown as well, and what was typed is kept
            return False
        return bool(super().is_valid(form))  # type: ignore[misc]  # of Wagtail's views

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Keep the mark of the form as it was loaded, and offer the choice."""
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        view: Any = self
        if view.request.method == "POST" and view.is_out_of_date:
            neueste = view.latest_revision
            context |= {
                "veraltet": True,
                "veraltet_durch": neueste.user if neueste else None,
                "veraltet_am": neueste.created_at if neueste else None,
                "loaded_revision_created_at": view.request.POST.get(
                    "loaded_revision_created_at", ""
                ),
            }
        return context


class GeprueftEditView(StandGeprueft, EditView):
    """Wagtail's edit view of a snippet with that protection."""
