"""The tab "Zuständigkeit" in the form of a service: count, findings, the way to the rules."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.panels import Panel

from leistungen.coverage import kurzbericht
from leistungen.models import Zustaendigkeit
from leistungen.regeleditor.rechte import darf_aendern, darf_ansehen


class ZustaendigkeitPanel(Panel):
    """Read only; rules are kept in their own list, 600 of them would not fit into a form."""

    class BoundPanel(Panel.BoundPanel):
        """The panel of one service."""

        template_name = "leistungen/regeleditor/_panel.html"

        def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
            """Three queries for a stored service, none for a new one."""
            context: dict[str, Any] = super().get_context_data(parent_context)
            user, pk = self.request.user, self.instance.pk
            context["leistung"] = self.instance
            context["neu"] = pk is None
            context["darf_ansehen"] = darf_ansehen(user)
            context["darf_aendern"] = darf_aendern(user)
            if pk is None or not context["darf_ansehen"]:
                return context
            heute = timezone.localdate()
            regeln = Zustaendigkeit.objects.filter(leistung_id=pk).gueltig_am(heute)
            context["anzahl"] = regeln.count()
            context["geprueft"] = regeln.filter(verifiziert_am__isnull=False).count()
            context["befunde"] = kurzbericht(pk, heute)
            return context
