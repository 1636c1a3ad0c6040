"""The panels of the start page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component

from editorial_workflows.dashboard.aufgaben import bearbeitbare, lade_aufgaben
from editorial_workflows.dashboard.entwuerfe import lade_entwuerfe
from editorial_workflows.dashboard.zahlen import lade_faellige
from editorial_workflows.domain.faelligkeit import WOCHEN, botschaft, je_woche
from leistungen.listen.ansicht import listenadresse
from leistungen.listen.balken import Wert, saeulen


class AufgabenPanel(Component):
    """What there is to do."""

    name = "aufgaben"
    order = 100
    template_name = "editorial_workflows/dashboard/_aufgaben.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the lines."""
        user = parent_context["request"].user
        return {"aufgaben": lade_aufgaben(user, timezone.localdate())}


class EntwuerfePanel(Component):
    """What the user worked on last; nothing without a draft."""

    name = "entwuerfe"
    order = 150
    template_name = "editorial_workflows/dashboard/_entwuerfe.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the drafts."""
        return {"entwuerfe": lade_entwuerfe(parent_context["request"].user)}


class AktualitaetPanel(Component):
    """Reviews that fall due, week by week."""

    name = "aktualitaet"
    order = 200
    template_name = "editorial_workflows/dashboard/_aktualitaet.html"

    def get_context_data(self, parent_context: Any = None) -> dict[str, Any]:
        """Return the drawing."""
        heute = timezone.localdate()
        leistungen = bearbeitbare(parent_context["request"].user)
        je_tag, _summe = lade_faellige(leistungen, heute + timedelta(weeks=WOCHEN))
        wochen = je_woche(heute, je_tag)
        ueberfaellig = sum(anzahl for tag, anzahl in je_tag.items() if tag <= heute)
        werte = [Wert(f"{woche.montag:%d.%m.}", woche.anzahl) for woche in wochen]
        return {
            "bild": saeulen(werte, botschaft(wochen, ueberfaellig)),
            "adresse": listenadresse("faellig") if ueberfaellig else "",
        }
