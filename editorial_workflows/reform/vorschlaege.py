"""Rules and bindings on areas that a reform ends: what shall become of each row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q

from behoerden.ketten import gebiet_infos
from leistungen.models import Formularbindung, Onlinedienstbindung, Zustaendigkeit

UEBERNEHMEN, BEENDEN, BELASSEN = "uebernehmen", "beenden", "belassen"
ENTSCHEIDUNGEN: Mapping[str, str] = {
    UEBERNEHMEN: "auf den Nachfolger übertragen",
    BEENDEN: "beenden",
    BELASSEN: "unverändert lassen",
}


@dataclass(frozen=True, slots=True)
class Regelart:
    """A table of rules; `ziel` is the relation that a rule points to."""

    kuerzel: str
    titel: str
    model: Any
    ziel: str
    ziel_name: str


REGELARTEN = (
    Regelart("z", "Zuständigkeit", Zustaendigkeit, "behoerde_id", "behoerde__name_de"),
    Regelart(
        "o", "Onlinedienst", Onlinedienstbindung, "onlinedienst_id", "onlinedienst__bezeichnung_de"
    ),
    Regelart("f", "Formular", Formularbindung, "formular_id", "formular__bezeichnung_de"),
)


@dataclass(frozen=True, slots=True)
class Vorschlag:
    """One row on an ended area, the successor, and what is proposed."""

    kennung: str  # kind and primary key: "z12"
    art: str
    pk: int
    leistung_id: int
    leistung: str
    rolle: str
    ziel: str
    gebiet: str
    nachfolger_id: int | None
    nachfolger: str
    vorgabe: str
    grund: str

    @property
    def erlaubt(self) -> tuple[str, ...]:
        """Without a successor nothing can be taken over."""
        return tuple(ENTSCHEIDUNGEN)[0 if self.nachfolger_id else 1 :]


def load_vorschlaege(
    beendete: Iterable[int], nachfolger: Mapping[int, int | None], tag: date
) -> tuple[Vorschlag, ...]:
    """Return every row that is valid on the day or later on an area ended by then; eight queries.

    Proposed is: take over, if the successor has no rule for that Leistung and role; else end.
    Without a successor the row is ended: an ended area answers nothing.
    """
    beendete = sorted(beendete)
    ziele = {pk for pk in nachfolger.values() if pk is not None}
    if not beendete:
        return ()
    infos = gebiet_infos({*beendete, *ziele}, tag)
    vorschlaege: list[Vorschlag] = []
    for art in REGELARTEN:
        belegt = _belegt(art, ziele, tag)
        rolle = "rolle" if art.kuerzel == "z" else "pk"
        rows = (
            art.model.objects.filter(_ab(tag), gebiet_id__in=beendete)
            .order_by("leistung__bezeichnung_de", "gebiet_id", "pk")
            .values_list(
                "pk",
                "leistung_id",
                "leistung__bezeichnung_de",
                rolle,
                art.ziel_name,
                "gebiet_id",
            )
        )
        for pk, leistung_id, leistung, rolle_, ziel, gebiet_id in rows:
            neu = nachfolger.get(gebiet_id)
            code = rolle_ if art.kuerzel == "z" else ""
            vorgabe, grund = _vorgabe(neu, (neu, leistung_id, code) in belegt)
            vorschlaege.append(
                Vorschlag(
                    kennung=f"{art.kuerzel}{pk}",
                    art=art.titel,
                    pk=pk,
                    leistung_id=leistung_id,
                    leistung=leistung,
                    rolle=code,
                    ziel=ziel,
                    gebiet=infos[gebiet_id].label,
                    nachfolger_id=neu,
                    nachfolger=infos[neu].label if neu in infos else "",
                    vorgabe=vorgabe,
                    grund=grund,
                )
            )
    return tuple(vorschlaege)


def decide(
    vorschlaege: Iterable[Vorschlag], entscheidungen: Mapping[str, str]
) -> list[tuple[Vorschlag, str]]:
    """Return each proposal with the editor's decision; without one the proposal holds."""
    return [
        (v, wahl if (wahl := entscheidungen.get(v.kennung, "")) in v.erlaubt else v.vorgabe)
        for v in vorschlaege
    ]


def _ab(tag: date) -> Q:
    """Rows that hold on the day or later."""
    return Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=tag)


def _belegt(art: Regelart, ziele: Iterable[int], tag: date) -> set[tuple[int, int, str]]:
    rolle = "rolle" if art.kuerzel == "z" else "pk"
    rows = art.model.objects.gueltig_am(tag).filter(gebiet_id__in=list(ziele))
    return {
        (gebiet_id, leistung_id, code if art.kuerzel == "z" else "")
        for gebiet_id, leistung_id, code in rows.values_list("gebiet_id", "leistung_id", rolle)
    }


def _vorgabe(nachfolger: int | None, is_belegt: bool) -> tuple[str, str]:
    if nachfolger is None:
        return BEENDEN, "kein Nachfolger bekannt"
    if is_belegt:
        return BEENDEN, "der Nachfolger hat schon eine Regel"
    return UEBERNEHMEN, "der Nachfolger hat noch keine Regel"
