"""Panels of structured rows, each with the sentence it becomes on the page."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import FieldPanel, InlinePanel, Panel
from wagtail.admin.panels.base import get_form_for_model

from leistungen.formular.saetze import kann_satz, zeilensatz
from leistungen.formular.zeilenform import Zeilenform

# Inline lists cost the browser about 20 ms a row (wagtail design 7).
MAX_ZEILEN = 50
ZEITRAUM = (
    FieldPanel("gueltig_ab", heading="gilt ab", help_text="Leer: schon jetzt."),
    FieldPanel("gueltig_bis", heading="gilt bis", help_text="Leer: ohne Ende."),
)


class Zeilenpanel(InlinePanel):
    """Rows of one list; they keep their uuid."""

    def __init__(self, relation_name: str, panels: Any = None, **kwargs: Any) -> None:
        kwargs.setdefault("max_num", MAX_ZEILEN)
        super().__init__(relation_name, panels, **kwargs)

    @property
    def panel_definitions(self) -> list[Panel]:
        """The row's own panels, then its sentence."""
        satz = [Satzpanel(self.relation_name)] if kann_satz(self.relation_name) else []
        return [*(self.panels or ()), *(satz or [Kennungspanel()])]

    def get_form_options(self) -> dict[str, Any]:
        """Wagtail's options; the form of a row is ours."""
        options: dict[str, Any] = super().get_form_options()
        kind = self.child_edit_handler.get_form_options()
        options["formsets"][self.relation_name]["form"] = get_form_for_model(
            self.db_field.related_model,
            form_class=Zeilenform,
            defer_required_on_fields=kind.get("defer_required_on_fields", []),
        )
        return options


class Kennungspanel(Panel):
    """Marks where a row begins, so that a finding can lead to it."""

    class BoundPanel(Panel.BoundPanel):
        """The mark of one row."""

        template_name = "leistungen/admin/_kennung.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The uuid of the row."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["uuid"] = self.form["uuid"].value() or self.instance.uuid
            return context


class Satzpanel(Panel):
    """The sentence of a row; the script asks for it anew while somebody types."""

    def __init__(self, relation: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.relation = relation

    def clone_kwargs(self) -> dict[str, Any]:
        """What a clone of this panel needs."""
        kwargs: dict[str, Any] = super().clone_kwargs()
        return kwargs | {"relation": self.relation}

    class BoundPanel(Panel.BoundPanel):
        """The sentence of one row."""

        template_name = "leistungen/admin/_satz.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """The sentence of the row as it is now; the empty row says nothing."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            context["relation"] = self.panel.relation
            context["formular"] = self.form.prefix
            context["uuid"] = self.form["uuid"].value() or self.instance.uuid
            context["satz"] = (
                ""
                if "__prefix__" in self.form.prefix
                else zeilensatz(self.panel.relation, self.instance, timezone.localdate())
            )
            return context
