"""Services, who is responsible for them where, online services and forms."""

from __future__ import annotations

from leistungen.models.kategorie import Kategorie
from leistungen.models.kontakt import Kontaktzuordnung
from leistungen.models.kriterium import Kriterium
from leistungen.models.leistung import Begriff, Leistung, Leistungsschluessel
from leistungen.models.onlinedienst import (
    Formular,
    Formularbindung,
    Onlinedienst,
    Onlinedienstbindung,
)
from leistungen.models.paket import Zustaendigkeitspaket
from leistungen.models.zustaendigkeit import Rolle, Wirkung, Zustaendigkeit

__all__ = [
    "Begriff",
    "Formular",
    "Formularbindung",
    "Kategorie",
    "Kontaktzuordnung",
    "Kriterium",
    "Leistung",
    "Leistungsschluessel",
    "Onlinedienst",
    "Onlinedienstbindung",
    "Rolle",
    "Wirkung",
    "Zustaendigkeit",
    "Zustaendigkeitspaket",
]
