"""Suggestions while typing, and "Meinten Sie …?"; what they offer is never taken unasked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.search import TrigramSimilarity
from django.db.models import F, Q

from behoerden.domain.aehnlich import abstand, is_tippfehler
from behoerden.domain.gebiet import ORTSTEIL
from behoerden.domain.ortseingabe import Eingabeart, classify
from behoerden.domain.ortsname import fold, namen
from behoerden.fund import (
    Fund,
    Ort,
    Weg,
    fund_of,
    is_ended,
    living,
    name_rows,
    orte_of_ways,
)
from behoerden.models import Ortsname, Ortsnamenart, PlzGemeinde
from behoerden.nachfolge import Nachfolge, load_nachfolger
from behoerden.teilwege import ways_to_parts, with_parts

MAX_VORSCHLAEGE = 5
# Shared trigrams only choose which names are compared letter by letter: "Erfrut" and "Erfurt"
# share 27 %.
AEHNLICHKEIT = 0.2
MAX_AEHNLICHE = 60


def suggest_orte(q: str, stichtag: date, limit: int = 8) -> tuple[Ort, ...]:
    """Return places whose name or postcode begins with the input, the shortest names first.

    At most seven queries; nothing for less than two signs.
    """
    gelesen = classify(q)
    ziffern = q.strip()
    if ziffern.isascii() and ziffern.isdigit():
        return _suggest_by_plz(ziffern, stichtag, limit)
    if gelesen.art is not Eingabeart.NAME:
        return ()
    formen = fold(gelesen.name)
    if len(formen.ae) < 2:  # noqa: PLR2004 - one letter fits everything
        return ()
    rows = name_rows(Q(form_ae__startswith=formen.ae) | Q(form_a__startswith=formen.a))
    rows.sort(key=lambda row: (row.art != Ortsnamenart.AMTLICH, len(row.name), row.name))
    return _orte_of_rows(rows, stichtag, limit)


def similar_orte(name: str, stichtag: date) -> tuple[Ort, ...]:
    """What may have been meant: names with a typing error, then names that begin so."""
    gefaltet = fold(name).ae
    if not gefaltet:
        return ()
    rows = (
        Ortsname.objects.annotate(naehe=TrigramSimilarity("form_ae", gefaltet))
        .filter(Q(form_ae__startswith=gefaltet) | Q(naehe__gte=AEHNLICHKEIT))
        .select_related("gebiet")
        .order_by(F("naehe").desc(), "name", "pk")[:MAX_AEHNLICHE]
    )
    passend = [
        row
        for row in rows
        if row.form_ae.startswith(gefaltet) or is_tippfehler(gefaltet, row.form_ae)
    ]
    passend.sort(key=lambda row: abstand(gefaltet, row.form_ae[: len(gefaltet) + 2]))
    return _orte_of_rows(passend, stichtag, MAX_VORSCHLAEGE)


def _suggest_by_plz(ziffern: str, stichtag: date, limit: int) -> tuple[Ort, ...]:
    if not 2 <= len(ziffern) <= 5:  # noqa: PLR2004 - the beginning of a postcode
        return ()
    rows = (
        PlzGemeinde.objects.filter(plz__plz__startswith=ziffern)
        .select_related("gemeinde")
        .order_by("plz_id", "gemeinde_id")
    )
    ids = [row.gemeinde_id for row in rows if row.gemeinde.is_gueltig(stichtag)]
    return orte_of_ways([Weg(pk) for pk in dict.fromkeys(ids)][:limit], stichtag)


def _orte_of_rows(rows: Iterable[Ortsname], stichtag: date, limit: int) -> tuple[Ort, ...]:
    """The first places of these rows, in their order; names without a Gemeinde are left out."""
    funde = [fund_of(row) for row in rows]
    ended = {
        fund.gebiet.pk
        for fund in funde
        if fund.gebiet and fund.gebiet.art != ORTSTEIL and is_ended(fund, stichtag)
    }
    folgen = load_nachfolger(ended, stichtag) if ended else {}
    alte = [paar for fund in funde for paar in _ways_of_former(fund, folgen)]
    mit_teil = iter(with_parts(alte, stichtag) if alte else ())
    teile: dict[int, list[Weg]] = defaultdict(list)
    bekannt: set[tuple[int, str]] = set()
    for weg in ways_to_parts(funde, stichtag):
        teile[weg.teil].append(weg)
        bekannt |= {(weg.gebiet_id, name) for name in namen(weg.ortsteil)}
    wege: dict[int, Weg] = {}
    for fund in funde:
        former = [next(mit_teil) for _ in _ways_of_former(fund, folgen)]
        eigene = teile[fund.gebiet.pk] if fund.gebiet and fund.gebiet.art == ORTSTEIL else []
        lebende = [w for w in living([fund], stichtag) if (w.gebiet_id, w.ortsteil) not in bekannt]
        for weg in (*former, *eigene, *lebende):
            wege.setdefault(weg.teil or weg.gebiet_id, weg)
    ordnung = {pk: nummer for nummer, pk in enumerate(list(wege)[:limit])}
    orte = orte_of_ways([wege[pk] for pk in ordnung], stichtag)
    return tuple(sorted(orte, key=lambda ort: ordnung.get(ort.gebiet_id, limit)))


def _ways_of_former(fund: Fund, folgen: dict[int, Nachfolge]) -> list[tuple[int, Weg]]:
    if fund.gebiet is None or fund.gebiet.pk not in folgen:
        return []
    pk, folge = fund.gebiet.pk, folgen[fund.gebiet.pk]
    return [(pk, Weg(ziel, frueher=fund.name, seit=folge.seit)) for ziel in folge.gebiet_ids]
