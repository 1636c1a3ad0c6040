"""The proof of an answer in plain German sentences: why this authority?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from leistungen.domain.fakten import Ergebnis, Treffer, Vorbehalt, Zustand


@dataclass(frozen=True, slots=True)
class Gebietsname:
    """Name and kind of an area; `erfuellt_durch` names the town that administers its group."""

    name: str
    art: str
    erfuellt_durch: str = ""

    @property
    def voll(self) -> str:
        """Name with its kind, as one says it: "Landkreis Sömmerda", "Ilm-Kreis"."""
        if self.art == "landkreis" and not self.name.lower().endswith("kreis"):
            return f"Landkreis {self.name}"
        if self.art == "vg":
            return f"Verwaltungsgemeinschaft {self.name}"
        if self.art == "ortsteil":
            return f"Ortsteil {self.name}"
        return self.name


_KEINE_BEDINGUNGEN: Mapping[int, str] = {}

EBENEN = {
    70: "ortsteil",
    60: "gemeinde",
    50: "verband",
    40: "kreis",
    20: "land",
    10: "bund",
}


def ebene(rang: int) -> str:
    """Return the level of a rank; areas of their own lie between the levels."""
    return EBENEN.get(rang, "eigenes_gebiet")


def erklaere(
    ergebnis: Ergebnis,
    *,
    leistung: str,
    ort: str,
    gebiete: Mapping[int, Gebietsname],
    ziele: Mapping[int, str],
    bedingungen: Mapping[int, str] = _KEINE_BEDINGUNGEN,
) -> tuple[str, ...]:
    """Return the answer's reasons as sentences, the task's level first, the office last.

    Args:
        ergebnis: the answer.
        leistung: title of the service.
        ort: name of the place, or a word for it, in the accusative.
        gebiete: names of all areas looked at.
        ziele: names of the authorities.
        bedingungen: id of a rule → its condition in words ("A–K").
    """
    if ergebnis.zustand is Zustand.ORT_MEHRDEUTIG:
        return (
            f"Die Angabe passt auf {len(ergebnis.kandidaten)} Orte, "
            "für die verschiedene Behörden zuständig sind.",
            "Wählen Sie bitte Ihren Ort.",
        )
    if ergebnis.zustand is Zustand.ORT_FEHLT:
        return (
            f"Welche Behörde für „{leistung}“ zuständig ist, hängt vom Ort ab.",
            "Geben Sie bitte Ihren Ort an.",
        )
    saetze: list[str] = []
    if len(ergebnis.kandidaten) > 1:
        saetze.append(
            f"Die Angabe passt auf {len(ergebnis.kandidaten)} Orte. "
            "Für alle ist dieselbe Behörde zuständig."
        )
    if not ergebnis.fuehrend:
        return (*saetze, *_keine_regel(ergebnis, ort, gebiete))
    for treffer in ergebnis.fuehrend:
        saetze += _treffer_saetze(leistung, ort, gebiete[treffer.gebiet_id])
        saetze.append(_zustaendig(treffer, ziele, bedingungen))
    return tuple(dict.fromkeys(saetze))


def _zustaendig(treffer: Treffer, ziele: Mapping[int, str], bedingungen: Mapping[int, str]) -> str:
    bedingung = bedingungen.get(treffer.regel_id)
    wann = f" bei „{bedingung}“" if bedingung and treffer.offen else ""
    sonst = " sonst" if treffer.gilt_sonst else ""
    satz = f"Zuständig ist{wann}{sonst}: {ziele[treffer.ziel_id]}."
    if treffer.verifiziert_am:
        satz += f" Das ist fachlich geprüft, zuletzt am {treffer.verifiziert_am:%d.%m.%Y}."
    return satz


GEMEINDEAUFGABE = "„{was}“ ist Aufgabe der Gemeinde."
# Kind of the rule's area → what that says about the task and the place.
SAETZE_JE_ART: Mapping[str, tuple[str, ...]] = {
    "ortsteil": (GEMEINDEAUFGABE, "Für den Ortsteil {gebiet.name} gilt eine eigene Regel."),
    "gemeinde": (GEMEINDEAUFGABE,),
    "vg": (GEMEINDEAUFGABE, "Für {ort} erledigt das die {gebiet.voll}."),
    "erfuellende_gemeinde": (
        GEMEINDEAUFGABE,
        "Für {ort} erledigt das {gebiet.erfuellt_durch} als erfüllende Gemeinde.",
    ),
    "kreisfreie_stadt": (
        "{gebiet.name} ist eine kreisfreie Stadt. "
        "Sie erledigt die Aufgaben von Gemeinde und Landkreis.",
    ),
    "landkreis": ("„{was}“ ist Aufgabe des Landkreises. Hier ist das: {gebiet.voll}.",),
    "land": ("„{was}“ erledigt eine Stelle für ganz Thüringen.",),
    "bund": ("„{was}“ erledigt eine Stelle für ganz Deutschland.",),
    "eigenes_gebiet": ("Für „{was}“ gilt ein eigener Bezirk. Hier ist das: {gebiet.name}.",),
}


def _treffer_saetze(leistung: str, ort: str, gebiet: Gebietsname) -> tuple[str, ...]:
    return tuple(
        satz.format(was=leistung, ort=ort, gebiet=gebiet) for satz in SAETZE_JE_ART[gebiet.art]
    )


def _keine_regel(
    ergebnis: Ergebnis, ort: str, gebiete: Mapping[int, Gebietsname]
) -> tuple[str, ...]:
    angesehen = dict.fromkeys(
        gebiete[gebiet_id].voll
        for schritt in ergebnis.spur
        for gebiet_id in schritt.gebiete
        if gebiet_id in gebiete
    )
    saetze = [f"Für {ort or 'Thüringen'} ist noch keine Stelle eingetragen."]
    if angesehen:
        saetze.append(f"Geprüft: {', '.join(angesehen)}.")
    return tuple(saetze)


VORBEHALT_SAETZE: Mapping[Vorbehalt, str] = {
    Vorbehalt.STRASSE_ENTSCHEIDET: (
        "In {ort} entscheidet Ihre Straße, welche Behörde zuständig ist. Bitte rufen Sie vorher an."
    ),
    Vorbehalt.NACHFOLGE: (
        "Die genannte Gemeinde gibt es nicht mehr. Die Antwort gilt für die Gemeinde, "
        "zu der sie heute gehört."
    ),
    Vorbehalt.NACHFOLGE_UNBEKANNT: (
        "Die genannte Gemeinde gibt es nicht mehr. Zu welcher Gemeinde der Ort heute gehört, "
        "ist hier noch nicht eingetragen."
    ),
    Vorbehalt.MEHRERE_EINTRAEGE: (
        "Hier sind mehrere Behörden eingetragen. Bitte fragen Sie vorher nach."
    ),
    Vorbehalt.ZIEL_OFFLINE: (
        "Die eingetragene Behörde ist zurzeit nicht veröffentlicht. "
        "Auskunft gibt Ihnen die Behördennummer 115."
    ),
    Vorbehalt.AENDERUNG_AB: "Die Zuständigkeit ändert sich bald. Sie gilt so bis {gilt_bis}.",
}


def vorbehalt_saetze(ergebnis: Ergebnis, *, ort: str) -> tuple[str, ...]:
    """Return the reservations of an answer as sentences; days as citizens write them."""
    gilt_bis = f"{ergebnis.gilt_bis:%d.%m.%Y}" if ergebnis.gilt_bis else ""
    return tuple(
        VORBEHALT_SAETZE[vorbehalt].format(ort=ort or "Ihrem Ort", gilt_bis=gilt_bis)
        for vorbehalt in ergebnis.vorbehalte
    )
