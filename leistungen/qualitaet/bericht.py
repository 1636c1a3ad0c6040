"""All services against all rules: the report of the night, with a fixed number of queries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from leistungen.domain.qualitaet import MODULNAMEN, SPRACHNAMEN, Befund, Schwere
from leistungen.models import Leistung
from leistungen.qualitaet.stand import ZEILEN, befunde
from leistungen.qualitaet.umfeld import lade_umfeld

# Topics and areas: no rule looks at them, and each draft would ask the database for its own.
_LISTEN = ("kategorien", "gueltigkeitsgebiete")
KINDER = (*ZEILEN, "leistungsschluessel", "freigaben")


@dataclass(frozen=True, slots=True)
class Leistungsbefund:
    """One finding and the service it is about."""

    slug: str
    befund: Befund

    @property
    def ort(self) -> str:
        """Where in the service, in words of the editors: "Beschreibung, Englisch"."""
        modul = MODULNAMEN.get(self.befund.modul, self.befund.modul)
        sprache = SPRACHNAMEN.get(self.befund.sprache, "")
        return f"{modul}, {sprache}" if self.befund.sprache not in ("", "de") else modul

    def as_json(self) -> dict[str, Any]:
        """Return the finding as other programs read it."""
        befund = self.befund
        return {
            "leistung": self.slug,
            "regel": befund.regel,
            "schwere": befund.schwere.value,
            "modul": befund.modul,
            "sprache": befund.sprache,
            "zeile": befund.zeile,
            "text": befund.text,
            "hinweis": befund.hinweis,
            "zitat": befund.zitat,
        }


@dataclass(frozen=True, slots=True)
class Regelzeile:
    """What one rule found in all services; `beispiel` is its first finding."""

    regel: str
    schwere: Schwere
    anzahl: int
    leistungen: int
    beispiel: Leistungsbefund


@dataclass(frozen=True, slots=True)
class Bericht:
    """The result of a run; the findings stand in the order of slugs and of the page."""

    leistungen: int
    befunde: tuple[Leistungsbefund, ...]

    def anzahl(self, schwere: Schwere) -> int:
        """Return how many findings of this kind there are."""
        return sum(fund.befund.schwere is schwere for fund in self.befunde)

    @property
    def je_regel(self) -> tuple[Regelzeile, ...]:
        """One line per rule and kind: what blocks first, then by rule."""
        gruppen: dict[tuple[bool, str], list[Leistungsbefund]] = {}
        for fund in self.befunde:
            schluessel = (fund.befund.schwere is not Schwere.MUSS, fund.befund.regel)
            gruppen.setdefault(schluessel, []).append(fund)
        return tuple(
            Regelzeile(
                regel=funde[0].befund.regel,
                schwere=funde[0].befund.schwere,
                anzahl=len(funde),
                leistungen=len({fund.slug for fund in funde}),
                beispiel=funde[0],
            )
            for _schluessel, funde in sorted(gruppen.items(), key=lambda paar: paar[0])
        )


def berichte(
    *, slug: str | None = None, entwuerfe: bool = False, nur: Schwere | None = None
) -> Bericht:
    """Return what the rules say of the published services, less what an editor let pass.

    The number of queries does not depend on the number of services.

    Args:
        slug: only this service, published or not.
        entwuerfe: look at the latest draft of every service instead of at what is public.
        nur: only findings of this kind.
    """
    leistungen = sorted(_lies(slug, entwuerfe), key=lambda leistung: leistung.slug_de)
    umfeld = lade_umfeld(leistung.pk for leistung in leistungen)
    return Bericht(
        leistungen=len(leistungen),
        befunde=tuple(
            Leistungsbefund(leistung.slug_de, befund)
            for leistung in leistungen
            for befund in befunde(leistung, umfeld)
            if nur is None or befund.schwere is nur
        ),
    )


def _lies(slug: str | None, entwuerfe: bool) -> Iterator[Leistung]:
    rows: QuerySet[Leistung] = Leistung.objects.order_by("slug_de", "pk")
    if slug is not None:
        rows = rows.filter(slug_de=slug)
    elif not entwuerfe:
        rows = rows.filter(live=True)
    if not entwuerfe:
        yield from rows.prefetch_related(*KINDER)
        return
    for leistung in rows.select_related("latest_revision").prefetch_related(*KINDER):
        revision = leistung.latest_revision
        yield leistung if revision is None else _entwurf(revision.content)


def _entwurf(inhalt: dict[str, Any]) -> Leistung:
    """Return a draft to look at, never to save: no query asks for what it refers to."""
    ohne_listen = inhalt | dict.fromkeys(_LISTEN, ())
    entwurf = Leistung.from_serializable_data(ohne_listen, check_fks=False, strict_fks=False)
    assert entwurf is not None  # noqa: S101 - only missing references give None
    return entwurf


def tabelle(kopf: Sequence[str], zeilen: Sequence[Sequence[object]], rechts: frozenset[int]) -> str:
    """Return a table for a terminal; columns in `rechts` are aligned to the right."""
    text = [[str(zelle) for zelle in zeile] for zeile in (kopf, *zeilen)]
    breiten = [max(map(len, spalte)) for spalte in zip(*text, strict=True)]
    linien = [
        "  ".join(
            zelle.rjust(breite) if nummer in rechts else zelle.ljust(breite)
            for nummer, (zelle, breite) in enumerate(zip(zeile, breiten, strict=True))
        ).rstrip()
        for zeile in text
    ]
    return "\n".join([linien[0], "─" * max(map(len, linien)), *linien[1:]])


def as_json(bericht: Bericht) -> Mapping[str, Any]:
    """Return the report in its stable form."""
    return {
        "leistungen": bericht.leistungen,
        "muss": bericht.anzahl(Schwere.MUSS),
        "soll": bericht.anzahl(Schwere.SOLL),
        "regeln": [
            {
                "regel": zeile.regel,
                "schwere": zeile.schwere.value,
                "befunde": zeile.anzahl,
                "leistungen": zeile.leistungen,
            }
            for zeile in bericht.je_regel
        ],
        "befunde": [fund.as_json() for fund in bericht.befunde],
    }
