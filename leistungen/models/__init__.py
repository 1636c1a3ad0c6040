"""Services, who is responsible for them where, online services and forms."""

from __future__ import annotations

from leistungen.models.codeliste import Codeliste, Codewert
from leistungen.models.ergaenzung import (
    ERGAENZBARE_MODULE,
    Ergaenzung,
    ErgaenzungBearbeitungsdauer,
    ErgaenzungFrist,
    ErgaenzungGebuehr,
    ErgaenzungUnterlage,
    Stammtext,
)
from leistungen.models.kategorie import Kategorie
from leistungen.models.kennzahl import Leistungskennzahl
from leistungen.models.kontakt import Kontaktzuordnung
from leistungen.models.kriterium import Kriterium
from leistungen.models.leistung import Leistung
from leistungen.models.onlinedienst import (
    Formular,
    Formularbindung,
    Onlinedienst,
    Onlinedienstbindung,
    Onlinedienstlink,
)
from leistungen.models.paket import Zustaendigkeitspaket
from leistungen.models.qualitaet import Befundausnahme
from leistungen.models.teile import (
    Bearbeitungsdauer,
    Begriff,
    Freigabe,
    Frist,
    Gebuehr,
    Leistungsschluessel,
    Modulangabe,
    Modullink,
    Rechtsgrundlage,
    Unterlage,
    Ursprungsportal,
    VerwandteLeistung,
)
from leistungen.models.zustaendigkeit import Rolle, Wirkung, Zustaendigkeit

__all__ = [
    "ERGAENZBARE_MODULE",
    "Bearbeitungsdauer",
    "Befundausnahme",
    "Begriff",
    "Codeliste",
    "Codewert",
    "Ergaenzung",
    "ErgaenzungBearbeitungsdauer",
    "ErgaenzungFrist",
    "ErgaenzungGebuehr",
    "ErgaenzungUnterlage",
    "Formular",
    "Formularbindung",
    "Freigabe",
    "Frist",
    "Gebuehr",
    "Kategorie",
    "Kontaktzuordnung",
    "Kriterium",
    "Leistung",
    "Leistungskennzahl",
    "Leistungsschluessel",
    "Modulangabe",
    "Modullink",
    "Onlinedienst",
    "Onlinedienstbindung",
    "Onlinedienstlink",
    "Rechtsgrundlage",
    "Rolle",
    "Stammtext",
    "Unterlage",
    "Ursprungsportal",
    "VerwandteLeistung",
    "Wirkung",
    "Zustaendigkeit",
    "Zustaendigkeitspaket",
]
