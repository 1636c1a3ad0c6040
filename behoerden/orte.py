"""From what people type to the places they may mean; several stay several, nothing is guessed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.db.models import Q

from behoerden.domain.gebiet import ORTSTEIL
from behoerden.domain.gebietsdaten import GEMEINDEN, LAND, LANDKREIS
from behoerden.domain.ortseingabe import (
    Eingabeart,
    Namensform,
    classify,
    is_deutsche_plz,
    nachfolge_satz,
    readings,
    unbekannt_satz,
)
from behoerden.domain.ortsname import fold
from behoerden.domain.schluessel import LAND_THUERINGEN
from behoerden.fund import (
    Fund,
    Ort,
    Ortsergebnis,
    Weg,
    fund_of,
    is_ended,
    living,
    name_rows,
    orte_of_ways,
    places,
)
from behoerden.ketten import gebiet_infos, load_ketten
from behoerden.models import (
    Gebiet,
    Gebietsschluessel,
    Gebietsversion,
    Ortsname,
    PlzGemeinde,
)
from behoerden.nachfolge import living_or_successors, load_nachfolger
from behoerden.teilwege import former_of_parts, ways_by_slug, ways_to_parts, with_parts
from behoerden.vorschlaege import MAX_VORSCHLAEGE, similar_orte

WIDERSPRUCH = "Postleitzahl und Ort passen nicht zusammen."


def find_orte(eingabe: str, stichtag: date) -> Ortsergebnis:
    """Return every place the input may mean on this day; at most nine queries.

    Places are Gemeinden: the name or key of a Verband or Kreis stands for its Gemeinden. A name
    that is borne by several, an Ortsteil of unknown Gemeinde and a shared postcode give all of
    them; typing errors only give suggestions. An Ortsteil with an area of its own is a place, too:
    by its name, by that of the Gemeinde that lives on in it, or as `<ARS>.<slug>`.

    Source: domain design, section 4.
    """
    gelesen = classify(eingabe)
    match gelesen.art:
        case Eingabeart.LEER:
            return Ortsergebnis(art="leer")
        case Eingabeart.ARS | Eingabeart.AGS:
            return _by_key(gelesen.art.value, gelesen.wert, stichtag, gelesen.name)
        case Eingabeart.PLZ:
            return _by_plz(gelesen.wert, stichtag)
        case Eingabeart.PLZ_NAME:
            return _by_plz_and_name(gelesen.wert, gelesen.name, stichtag)
        case _:
            ergebnis = _by_name(gelesen.name, stichtag)
            if ergebnis.kandidaten or ergebnis.art != "unbekannt":
                return ergebnis
            return replace(ergebnis, vorschlaege=similar_orte(gelesen.name, stichtag))


def gebiet_by_ars(ars: str, stichtag: date) -> tuple[int | None, str]:
    """Return the area of a key on this day and what to say about it; at most eight queries.

    A dissolved area leads to its only successor; None without one, or with several.
    """
    gebiet = _gebiet_of_key("ars", ars, stichtag)
    if gebiet is None:
        return None, ""
    if gebiet.is_gueltig(stichtag):
        return gebiet.pk, ""
    folge = load_nachfolger([gebiet.pk], stichtag)[gebiet.pk]
    infos = gebiet_infos({gebiet.pk, *folge.gebiet_ids}, stichtag)
    if len(folge.gebiet_ids) != 1 or folge.unbekannt:
        return None, unbekannt_satz(infos[gebiet.pk].name)
    (nachfolger,) = folge.gebiet_ids
    satz = nachfolge_satz(infos[gebiet.pk].name, infos[nachfolger].name, folge.seit)
    return nachfolger, satz


# --- by key and postcode ----------------------------------------------------------------------


def _gebiet_of_key(typ: str, wert: str, stichtag: date) -> Gebiet | None:
    """The area that has the key on the day, else the last one that had it."""
    rows = Gebietsschluessel.objects.filter(typ=typ, wert=wert).select_related("gebiet")
    ordered = sorted(
        rows, key=lambda row: (row.is_gueltig(stichtag), row.gueltig_ab or date.min), reverse=True
    )
    return ordered[0].gebiet if ordered else None


def _by_key(typ: str, wert: str, stichtag: date, slug: str = "") -> Ortsergebnis:
    gebiet = _gebiet_of_key(typ, wert, stichtag)
    if gebiet is None:
        ausserhalb = not wert.startswith(LAND_THUERINGEN)
        return Ortsergebnis(art="ausserhalb" if ausserhalb else "unbekannt")
    if slug and (wege := ways_by_slug(slug, [gebiet.pk], stichtag)):
        return _ergebnis(orte_of_ways(wege, stichtag), typ)
    ergebnis = _resolve([Fund("", ortsteil=False, gebiet=gebiet)], stichtag)
    return replace(ergebnis, art=typ) if ergebnis.art == "name" else ergebnis


def _by_plz(plz: str, stichtag: date) -> Ortsergebnis:
    kandidaten = orte_of_ways([Weg(pk) for pk in _gemeinden_of_plz([plz], stichtag)], stichtag)
    if kandidaten:
        return Ortsergebnis(kandidaten, art="plz")
    return Ortsergebnis(art="ausserhalb" if is_deutsche_plz(plz) else "unbekannt")


def _gemeinden_of_plz(plz: Collection[str], stichtag: date) -> list[int]:
    rows = PlzGemeinde.objects.filter(plz_id__in=plz).select_related("gemeinde")
    return living_or_successors((row.gemeinde for row in rows), stichtag)


def _by_plz_and_name(plz: str, name: str, stichtag: date) -> Ortsergebnis:
    """The intersection; a name nobody knows leaves the postcode, a contradiction is asked about."""
    so_genannt = _by_name(name, stichtag)
    passend = tuple(ort for ort in so_genannt.kandidaten if plz in ort.plz)
    if passend:
        hinweis = passend[0].hinweis if len(passend) == 1 else ""
        return Ortsergebnis(passend, so_genannt.art, hinweis=hinweis)
    dort = _by_plz(plz, stichtag)
    if not so_genannt.kandidaten:
        nur_name = not dort.kandidaten and so_genannt.art == "nachfolge_unbekannt"
        return so_genannt if nur_name else dort
    if not dort.kandidaten:
        # A wrong postcode never decides, and the name alone is not what was asked.
        return Ortsergebnis(art=dort.art, vorschlaege=so_genannt.kandidaten[:MAX_VORSCHLAEGE])
    return Ortsergebnis(dort.kandidaten + so_genannt.kandidaten, "name", hinweis=WIDERSPRUCH)


# --- by name ----------------------------------------------------------------------------------


def _by_name(name: str, stichtag: date) -> Ortsergebnis:
    lesarten = readings(name)
    if not lesarten:
        return Ortsergebnis()
    rows = name_rows(
        Q(form_ae__in=[lesart.formen.ae for lesart in lesarten])
        | Q(form_a__in=[lesart.formen.a for lesart in lesarten])
    )
    for lesart in lesarten:
        funde = [fund_of(row) for row in rows if _matches(row, lesart)]
        ergebnis = _resolve(funde, stichtag)
        if ergebnis.art != "unbekannt":
            return _narrow(ergebnis, lesart.zusatz)
    return Ortsergebnis()


def _matches(row: Ortsname, lesart: Namensform) -> bool:
    return row.form_ae == lesart.formen.ae or row.form_a == lesart.formen.a


def _narrow(ergebnis: Ortsergebnis, zusatz: str) -> Ortsergebnis:
    """Keep the places that the addition fits; if it fits none, it decides nothing."""
    passend = tuple(ort for ort in ergebnis.kandidaten if zusatz in fold(_worte(ort)).ae)
    if not zusatz or not passend:
        return ergebnis
    return replace(
        ergebnis, kandidaten=passend, hinweis=passend[0].hinweis if len(passend) == 1 else ""
    )


def _worte(ort: Ort) -> str:
    """Everything that may stand behind the name of this place to tell it from others."""
    teil = f"Ortsteil von {ort.name}" if ort.ortsteil else ort.name
    return f"{teil} {ort.kreis} {ort.verband} {' '.join(ort.plz)}"


def _resolve(funde: Sequence[Fund], stichtag: date) -> Ortsergebnis:
    """Living places first, then dissolved ones, then the names of larger areas."""
    teile = ways_to_parts(funde, stichtag)
    bekannt = {weg.gebiet_id for weg in teile if weg.teil}
    lebende = [w for w in living(funde, stichtag) if not w.ortsteil or w.gebiet_id not in bekannt]
    wege = [*lebende, *teile, *_unassigned(funde, stichtag, bekannt)]
    if any(weg.ortsteil and not weg.teil for weg in wege):
        # The name leads to the Gemeinde; the place may be the Ortsteil as which another lives on.
        alte = {weg.gebiet_id: weg for weg in ways_to_parts(funde, stichtag, frueher=True)}
        wege = [w if w.teil or not w.ortsteil else alte.get(w.gebiet_id, w) for w in wege]
    if wege:
        art = "ortsteil" if all(weg.ortsteil for weg in wege) else "name"
        return _ergebnis(orte_of_ways(wege, stichtag), art)
    frueher = {fund.gebiet.pk for fund in funde if fund.gebiet and is_ended(fund, stichtag)}
    frueher -= {fund.gebiet.pk for fund in funde if fund.gebiet and fund.gebiet.art == ORTSTEIL}
    if frueher := frueher | former_of_parts(funde):
        return _former(frueher, stichtag)
    return _levels(funde, stichtag)


def _ergebnis(orte: tuple[Ort, ...], art: str) -> Ortsergebnis:
    return Ortsergebnis(orte, art, hinweis=orte[0].hinweis if len(orte) == 1 else "")


def _unassigned(funde: Iterable[Fund], stichtag: date, bekannt: set[int]) -> list[Weg]:
    """A place known only by postcode and Kreis: every Gemeinde of that postcode in that Kreis.

    If one of them is known to have an Ortsteil of this name (`bekannt`), that is the place.
    """
    offen = [fund for fund in funde if fund.gebiet is None and fund.plz]
    if not offen:
        return []
    je_plz: dict[str, list[int]] = defaultdict(list)
    rows = PlzGemeinde.objects.filter(plz_id__in={fund.plz for fund in offen})
    for plz, gemeinde_id in rows.values_list("plz_id", "gemeinde_id"):
        je_plz[plz].append(gemeinde_id)
    ketten = load_ketten((pk for pks in je_plz.values() for pk in pks), stichtag)
    in_gebiet = {pk: {glied.gebiet_id for glied in kette} for pk, kette in ketten.items()}
    wege: list[Weg] = []
    for fund in offen:
        moeglich = [pk for pk in je_plz[fund.plz] if fund.kreis_id in in_gebiet[pk]]
        if not bekannt.intersection(moeglich):
            wege += [Weg(pk, ortsteil=fund.name) for pk in moeglich]
    return wege


def _former(ids: set[int], stichtag: date) -> Ortsergebnis:
    folgen = load_nachfolger(ids, stichtag)
    ziele = {pk for folge in folgen.values() for pk in folge.gebiet_ids}
    infos = gebiet_infos(ids | ziele, stichtag)
    wege = [
        (pk, Weg(ziel, frueher=infos[pk].name, seit=folge.seit))
        for pk, folge in folgen.items()
        for ziel in folge.gebiet_ids
    ]
    ergebnis = _ergebnis(places(with_parts(wege, stichtag), infos), "frueher")
    unbekannt = [pk for pk, folge in folgen.items() if folge.unbekannt or not folge.gebiet_ids]
    if not unbekannt:
        return ergebnis
    # One of several former places is unsettled: the others may not be taken for it.
    return Ortsergebnis(
        art="nachfolge_unbekannt",
        vorschlaege=ergebnis.kandidaten,
        hinweis=unbekannt_satz(infos[unbekannt[0]].name),
    )


def _levels(funde: Iterable[Fund], stichtag: date) -> Ortsergebnis:
    gebiete = [
        fund.gebiet
        for fund in funde
        if fund.gebiet and fund.gebiet.art != ORTSTEIL and fund.gebiet.is_gueltig(stichtag)
    ]
    if not gebiete:
        return Ortsergebnis()
    if gebiete[0].art == LAND:
        return _ergebnis(orte_of_ways([Weg(gebiete[0].pk)], stichtag), "land")
    art = "kreis" if gebiete[0].art == LANDKREIS else "verband"
    wege = [Weg(pk) for pk in gemeinden_below({gebiet.pk for gebiet in gebiete}, stichtag)]
    return _ergebnis(orte_of_ways(wege, stichtag), art)


def gemeinden_below(gebiet_ids: Collection[int], stichtag: date) -> set[int]:
    """Gemeinden of these areas; one query per level."""
    gefunden: set[int] = set()
    ebene = set(gebiet_ids)
    while ebene:
        rows = (
            Gebietsversion.objects.gueltig_am(stichtag)
            .filter(parent_id__in=ebene)
            .values_list("gebiet_id", "gebiet__art")
        )
        ebene = set()
        for pk, art in rows:
            if art != ORTSTEIL:
                (gefunden if art in GEMEINDEN else ebene).add(pk)
    return gefunden
