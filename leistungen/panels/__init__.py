"""Edit forms: of a Leistung one module per tab; of rules, online services and forms."""

from __future__ import annotations

from wagtail.admin.panels import TabbedInterface

from leistungen.formular.leistungsform import LeistungForm
from leistungen.panels.begriffe import SUCHE
from leistungen.panels.dienste import FORMULAR, ONLINEDIENST
from leistungen.panels.inhalt import INHALT
from leistungen.panels.online import ONLINE
from leistungen.panels.pruefung import PRUEFUNG
from leistungen.panels.regeln import REGEL, ZEITRAUM, ZUSTAENDIGKEIT
from leistungen.panels.sprachen import SPRACHEN_TAB
from leistungen.panels.verwaltung import VERWALTUNG
from leistungen.panels.zustaendigkeit import ZUSTAENDIGKEIT_DER_LEISTUNG

__all__ = ["FORMULAR", "LEISTUNG", "ONLINEDIENST", "REGEL", "ZEITRAUM", "ZUSTAENDIGKEIT"]

LEISTUNG = TabbedInterface(
    [INHALT, ZUSTAENDIGKEIT_DER_LEISTUNG, ONLINE, SUCHE, SPRACHEN_TAB, PRUEFUNG, VERWALTUNG],
    base_form_class=LeistungForm,
)
