"""Writes the planned data in bulk: objects in batches, rules with COPY."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from random import Random
from typing import Any, TypeVar
from uuid import UUID

from django.db import connection, transaction
from django.utils import timezone, translation

from behoerden.models import Anschrift, Behoerde, Behoerdenart, Erreichbarkeit
from leistungen.models import Begriff, Kategorie, Kriterium, Leistung, Leistungsschluessel
from leistungen.models.zustaendigkeit import kriterium_schluessel
from leistungen.skalierung.plan import TYPISIERUNG, Regel, Stelle
from leistungen.skalierung.texte import KENNZEICHEN, Titel, leistungstexte
from leistungen.skalierung.woerter import THEMEN
from zufi.common.changes import announce
from zufi.common.sprachfest import DEFAULT_LANGUAGE
from zufi.common.stapel import store_live
from zufi.common.text import slugify_de

SLUG = "testdaten-"  # every generated object begins so; nothing else may
BATCH = 500
_SPALTEN = (
    "regel_uuid", "leistung_id", "gebiet_id", "behoerde_id", "rolle", "wirkung", "wahl_erlaubt",
    "kriterium_id", "werte", "kriterium_schluessel", "verifiziert_am", "verifiziert_durch",
    "pruefquelle", "hinweis", "gueltig_ab", "gueltig_bis",
)  # fmt: skip
COPY = f"COPY leistungen_zustaendigkeit ({', '.join(_SPALTEN)}) FROM STDIN"

T = TypeVar("T")
Melder = Callable[[int], None]


def write_stellen(stellen: Sequence[Stelle], rng: Random, *, revisions: bool) -> list[int]:
    """Every authority is live; return their ids in the order of the plan."""
    art, _ = Behoerdenart.objects.get_or_create(
        slug=f"{SLUG}verwaltung",
        defaults={"name_de": f"Verwaltung ({KENNZEICHEN})", "ist_allgemeine_verwaltung": True},
    )
    koepfe = sum(stelle.oben is None for stelle in stellen)
    ids: list[int] = []
    for teil in (range(koepfe), range(koepfe, len(stellen))):
        objekte = [_behoerde(number, stellen[number], art.pk, ids, rng) for number in teil]
        for stapel in batched(objekte):
            ids += _store(stapel, kind="behoerde", schluessel="slug", revisions=revisions)
    return ids


def write_leistungen(
    titel: Sequence[Titel], muster: Sequence[str], rng: Random, melde: Melder, *, revisions: bool
) -> list[int]:
    """Every service is live with its texts; return their ids in the order of the plan."""
    themen = [_thema(position, name) for position, name in enumerate(THEMEN, start=1)]
    ids: list[int] = []
    paare = enumerate(zip(titel, muster, strict=True))
    for stapel in batched(paare):
        objekte = [_leistung(number, thema, name, themen, rng) for number, (thema, name) in stapel]
        ids += _store(objekte, kind="leistung", schluessel="slug_de", revisions=revisions)
        melde(len(ids))
    return ids


def write_regeln(
    regeln: Iterable[Regel],
    leistung_ids: Sequence[int],
    behoerde_ids: Sequence[int],
    rng: Random,
    melde: Melder,
) -> int:
    """Every rule is stored, the services are announced in the same transaction; return the number.

    Rows pass every constraint of the table, but no form: the plan keeps their rules.
    """
    kriterium, _ = Kriterium.objects.get_or_create(
        slug=f"{SLUG}familienname",
        defaults={
            "frage_de": "Womit beginnt Ihr Familienname?",
            "art": Kriterium.Art.BUCHSTABE.value,
        },
    )
    count = 0
    with transaction.atomic(), connection.cursor() as cursor:
        with cursor.copy(COPY) as copy:
            for count, regel in enumerate(regeln, start=1):
                copy.write_row(_zeile(regel, leistung_ids, behoerde_ids, kriterium.pk, rng))
                if count % (BATCH * 100) == 0:
                    melde(count)
        announce("leistung", leistung_ids)
    return count


def batched(things: Iterable[T], size: int = BATCH) -> Iterator[list[T]]:
    """Yield lists of at most `size` things, in order."""
    rest = iter(things)
    while stapel := list(islice(rest, size)):
        yield stapel


def _zeile(
    regel: Regel,
    leistung_ids: Sequence[int],
    behoerde_ids: Sequence[int],
    kriterium_id: int,
    rng: Random,
) -> tuple[Any, ...]:
    kriterium = kriterium_id if regel.werte else None
    return (
        _uuid(rng),
        leistung_ids[regel.leistung],
        regel.gebiet_id,
        behoerde_ids[regel.stelle],
        regel.rolle,
        regel.wirkung,
        False,
        kriterium,
        list(regel.werte),
        kriterium_schluessel(kriterium, regel.werte),
        regel.geprueft_am,
        KENNZEICHEN if regel.geprueft_am else "",
        "",
        "",
        regel.ab,
        regel.bis,
    )


@transaction.atomic
def _store(objekte: list[Any], *, kind: str, schluessel: str, revisions: bool) -> list[int]:
    """With revisions as every load does, without them only rows: a third of the time."""
    if revisions:
        ids = store_live(objekte, kind=kind, schluessel=schluessel).ids
        return [ids[getattr(objekt, schluessel)] for objekt in objekte]
    jetzt = timezone.now()
    model = type(objekte[0])
    kinder = {
        name: [list(getattr(objekt, name).all()) for objekt in objekte] for name in _kinder(model)
    }
    themen = [list(objekt.kategorien.all()) for objekt in objekte if model is Leistung]
    with translation.override(DEFAULT_LANGUAGE):
        for objekt in objekte:
            objekt.live = True
            objekt.first_published_at = objekt.last_published_at = jetzt
        model._base_manager.bulk_create(objekte, batch_size=BATCH)
        for name, listen in kinder.items():
            _store_kinder(objekte, listen, name)
    if themen:
        through = Leistung.kategorien.through
        through._base_manager.bulk_create(
            through(leistung_id=objekt.pk, kategorie_id=thema.pk)
            for objekt, liste in zip(objekte, themen, strict=True)
            for thema in liste
        )
    announce(kind, [objekt.pk for objekt in objekte])
    return [objekt.pk for objekt in objekte]


def _kinder(model: type[Any]) -> tuple[str, ...]:
    if model is Leistung:
        return ("begriffe", "leistungsschluessel")
    return ("anschriften", "erreichbarkeiten")


def _store_kinder(objekte: Sequence[Any], listen: Sequence[list[Any]], name: str) -> None:
    feld = type(objekte[0])._meta.get_field(name)
    zeilen = []
    for objekt, liste in zip(objekte, listen, strict=True):
        for position, kind in enumerate(liste):
            setattr(kind, feld.remote_field.attname, objekt.pk)
            kind.sort_order = position
            zeilen.append(kind)
    feld.related_model._base_manager.bulk_create(zeilen, batch_size=BATCH)


def _behoerde(
    number: int, stelle: Stelle, art_id: int, ids: Sequence[int], rng: Random
) -> Behoerde:
    slug = f"{SLUG}{number:05d}-{slugify_de(stelle.name)}"[:160]
    felder: dict[str, Any] = {
        "uuid": _uuid(rng),
        "slug": slug,
        "name_de": stelle.name,
        "kurzbeschreibung_de": f"{KENNZEICHEN}: erzeugt, um die Geschwindigkeit zu messen.",
        "art_id": art_id,
        "uebergeordnet_id": None if stelle.oben is None else ids[stelle.oben],
        "hauptgebiet_id": None if stelle.fach or stelle.oben is not None else stelle.gebiet_id,
        "anschriften": [
            Anschrift(
                uuid=_uuid(rng),
                strasse="Musterstraße",
                hausnummer=str(rng.randint(1, 99)),
                plz="99084",
                ort="Erfurt",
            )
        ],
        "erreichbarkeiten": [
            Erreichbarkeit(uuid=_uuid(rng), kanal="01", kennung=f"stelle{number}@test.example")
        ],
    }
    return Behoerde(**felder)


def _leistung(
    number: int, titel: Titel, muster: str, themen: Sequence[Kategorie], rng: Random
) -> Leistung:
    slug = f"{SLUG}{number:05d}-{slugify_de(titel.voll)}"[:160]
    felder: dict[str, Any] = {
        "uuid": _uuid(rng),
        "slug_de": slug,
        "slug": slug,
        "bezeichnung_de": titel.voll,
        **leistungstexte(titel, rng),
        "zielgruppe_codes": [rng.choice(("001", "002"))],
        "typisierung_codes": [TYPISIERUNG[muster]],
        "kategorien": [themen[number % len(themen)]],
        "begriffe": [
            Begriff(uuid=_uuid(rng), **{"begriff_de": f"{titel.objekt} {wort}"})
            for wort in ("Antrag", "Formular")
        ],
        "leistungsschluessel": [
            Leistungsschluessel(uuid=_uuid(rng), schluessel=f"99{number:012d}", ist_primaer=True)
        ],
    }
    return Leistung(**felder)


def _thema(position: int, name: str) -> Kategorie:
    felder: dict[str, Any] = {
        "name_de": f"{name} ({KENNZEICHEN})",
        "klasse": Kategorie.Klasse.THEMA.value,
        "position": position,
    }
    thema, _ = Kategorie.objects.get_or_create(slug=f"{SLUG}{slugify_de(name)}", defaults=felder)
    return thema


def _uuid(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
