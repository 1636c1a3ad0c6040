"""What the public may see of many objects now, in a fixed number of queries per kind."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Min, Q
from django.utils import timezone

from behoerden.models import Behoerde, Gebiet, Gebietsart
from leistungen.models import (
    Bearbeitungsdauer,
    Begriff,
    Frist,
    Gebuehr,
    Leistung,
    Leistungsschluessel,
    Onlinedienst,
    Onlinedienstbindung,
    Rechtsgrundlage,
    Unterlage,
    Zustaendigkeit,
)
from leistungen.models.leistung import BESCHREIBUNGEN, TEXTMODULE
from search.analysis.kennungen import find_kennungen
from zufi.common.html import plain_text

_TITEL = ("bezeichnung_2", "bezeichnung")
_KURZ = ("teaser", "kurztext")
# The author of a text is no content of it.
_TEXT = tuple(
    name
    for name in (*TEXTMODULE.values(), *BESCHREIBUNGEN)
    if name not in {*_TITEL, *_KURZ, "urheber"}
)
# Rows of a Leistung → their words. Amounts, days and lengths of time are no words to look for.
_ZEILEN: tuple[tuple[type[Any], tuple[str, ...]], ...] = (
    (Unterlage, ("bezeichnung", "beschreibung")),
    (Gebuehr, ("regel", "grund", "beschreibung")),
    (Frist, ("typ_text", "beschreibung")),
    (Bearbeitungsdauer, ("beschreibung",)),
    (Rechtsgrundlage, ("text",)),
)


@dataclass(frozen=True, slots=True)
class Inhalt:
    """Texts and filter values of one visible object; rich text is already plain."""

    object_id: int
    titel: list[str]
    kurz: list[str]
    text: list[str]
    begriffe: list[str]
    stelle: list[str]
    titel_en: list[str]
    text_en: list[str]
    kennung: list[str]
    slug: str
    anzeige_kurz: str
    zielgruppe: list[str] = field(default_factory=list)
    lebenslage: list[str] = field(default_factory=list)
    gueltig_in: list[int] = field(default_factory=list)
    online_in: list[int] = field(default_factory=list)
    gueltig_ab: date | None = None
    gueltig_bis: date | None = None
    naechste_aenderung: date | None = None
    naechster_moment: datetime | None = None
    quellen: frozenset[tuple[str, int]] = frozenset()


@dataclass(frozen=True, slots=True)
class Lesung:
    """Result of one reading: an object in neither is not visible (withdrawn, expired, deleted)."""

    inhalte: dict[int, Inhalt]
    fehler: dict[int, str]


@dataclass
class _Eingebettet:
    """What other rows say about one Leistung on this day."""

    arten: dict[int, str] = field(default_factory=dict)
    kategorien: list[tuple[int, str, str, str]] = field(default_factory=list)
    begriffe: list[tuple[str, str, str]] = field(default_factory=list)
    schluessel: list[str] = field(default_factory=list)
    normen: list[str] = field(default_factory=list)
    zeilen: list[str] = field(default_factory=list)
    zeilen_en: list[str] = field(default_factory=list)
    online_in: set[int] = field(default_factory=set)
    onlinedienste: set[int] = field(default_factory=set)
    wechsel: list[date] = field(default_factory=list)
    momente: list[datetime] = field(default_factory=list)


def read(kind: str, ids: Collection[int], heute: date, jetzt: datetime | None = None) -> Lesung:
    """Return the visible content of these objects on this day; live rows only, never drafts.

    Objects valid from a later day are visible content with that day as `gueltig_ab`: queries
    filter by day, so nothing has to be written at midnight.

    Args:
        kind: "leistung" or "behoerde".
        ids: primary keys.
        heute: the day whose rules count.
        jetzt: the moment at which an Onlinedienst is in maintenance or not; now by default.
    """
    if not ids:
        return Lesung({}, {})
    return _READERS[kind](ids, heute, jetzt or timezone.now())


def live_ids(kind: str, heute: date) -> set[int]:
    """Return the ids of all objects that should have a document on this day."""
    model = {"leistung": Leistung, "behoerde": Behoerde}[kind]
    return set(model._base_manager.filter(_visible(heute)).values_list("pk", flat=True))


def read_arten(ids: Collection[int], heute: date) -> dict[int, dict[int, str]]:
    """Return Leistung → {Behoerdenart: name} of the live authorities responsible on this day."""
    found: dict[int, dict[int, str]] = {object_id: {} for object_id in ids}
    arten = (
        Zustaendigkeit.objects.filter(_valid(heute), leistung_id__in=ids, behoerde__live=True)
        .order_by("leistung_id", "behoerde__art_id")
        .values_list("leistung_id", "behoerde__art_id", "behoerde__art__name_de")
        .distinct()
    )
    for leistung_id, art_id, name in arten:
        found[leistung_id][art_id] = name
    return found


def one_line(text: str | None) -> str:
    """Return the words of rich text in one line; those of different blocks stay apart."""
    return " ".join(plain_text(text or "").split())


def _visible(heute: date) -> Q:
    return Q(live=True) & (Q(gueltig_bis__isnull=True) | Q(gueltig_bis__gte=heute))


def _valid(heute: date, prefix: str = "") -> Q:
    ab, bis = f"{prefix}gueltig_ab", f"{prefix}gueltig_bis"
    return (Q(**{f"{ab}__isnull": True}) | Q(**{f"{ab}__lte": heute})) & (
        Q(**{f"{bis}__isnull": True}) | Q(**{f"{bis}__gte": heute})
    )


def _each(objects: Iterable[Any], convert: Callable[[Any], Inhalt]) -> Lesung:
    """Convert one by one: an error while reading one object stays with it."""
    lesung = Lesung({}, {})
    for obj in objects:
        try:
            lesung.inhalte[obj.pk] = convert(obj)
        except Exception as error:
            lesung.fehler[obj.pk] = f"{type(error).__name__}: {error}"
    return lesung


# --- Leistung ---------------------------------------------------------------------------------


def _read_leistungen(ids: Collection[int], heute: date, jetzt: datetime) -> Lesung:
    objects = list(Leistung._base_manager.filter(_visible(heute), pk__in=ids).order_by("pk"))
    embedded = _read_embedded([obj.pk for obj in objects], heute, jetzt)
    land = sorted(
        Gebiet.objects.filter(_valid(heute), art=Gebietsart.LAND).values_list("pk", flat=True)
    )
    return _each(objects, lambda obj: _leistung(obj, embedded[obj.pk], land))


def _read_embedded(ids: list[int], heute: date, jetzt: datetime) -> dict[int, _Eingebettet]:
    found: dict[int, _Eingebettet] = defaultdict(_Eingebettet)
    for leistung_id, arten in read_arten(ids, heute).items():
        found[leistung_id].arten = arten
    kategorien = (
        Leistung.kategorien.through.objects.filter(leistung_id__in=ids)
        .order_by("leistung_id", "kategorie_id")
        .values_list(
            "leistung_id",
            "kategorie_id",
            "kategorie__klasse",
            "kategorie__slug",
            "kategorie__name_de",
        )
    )
    for leistung_id, *kategorie in kategorien:
        found[leistung_id].kategorien.append(tuple(kategorie))
    begriffe = (
        Begriff.objects.filter(leistung_id__in=ids)
        .order_by("leistung_id", "sort_order", "pk")
        .values_list("leistung_id", "begriff_de", "begriff_de_simple", "begriff_en")
    )
    for leistung_id, *woerter in begriffe:
        found[leistung_id].begriffe.append(tuple(woerter))
    schluessel = (
        Leistungsschluessel.objects.filter(leistung_id__in=ids)
        .order_by("leistung_id", "schluessel")
        .values_list("leistung_id", "schluessel")
    )
    for leistung_id, wert in schluessel:
        found[leistung_id].schluessel.append(wert)
    _read_zeilen(found, ids)
    normen = (
        Rechtsgrundlage.objects.filter(leistung_id__in=ids)
        .order_by("leistung_id", "sort_order", "pk")
        .values_list("leistung_id", "norm")
    )
    for leistung_id, norm in normen:
        found[leistung_id].normen.append(norm)
    _read_online(found, ids, heute, jetzt)
    _read_changes(found, ids, heute)
    return found


def _read_zeilen(found: dict[int, _Eingebettet], ids: list[int]) -> None:
    """Note the words of the structured rows, each text once; one query per kind of row.

    Rows of another period count as well: they explain what the service is about, and the page
    says which of them holds.
    """
    for model, names in _ZEILEN:
        columns = [f"{name}_{lang}" for lang in ("de", "en") for name in names]
        rows = (
            model._base_manager.filter(leistung_id__in=ids)
            .order_by("leistung_id", "sort_order", "pk")
            .values_list("leistung_id", *columns)
        )
        for leistung_id, *values in rows:
            embedded = found[leistung_id]
            texts = [one_line(value) for value in values]
            _extend(embedded.zeilen, texts[: len(names)])
            _extend(embedded.zeilen_en, texts[len(names) :])


def _extend(kept: list[str], texts: Iterable[str]) -> None:
    """Add the texts that are new and not empty."""
    for text in texts:
        if text and text not in kept:
            kept.append(text)


def _read_online(
    found: dict[int, _Eingebettet], ids: list[int], heute: date, jetzt: datetime
) -> None:
    """Note where a service can be used online now, and when maintenance begins or ends.

    An Onlinedienst that cannot be used now stays a source: the document follows its changes.
    """
    bindungen = list(
        Onlinedienstbindung.objects.filter(
            _valid(heute),
            _valid(heute, "onlinedienst__"),
            leistung_id__in=ids,
            onlinedienst__live=True,
        ).values_list("leistung_id", "gebiet_id", "onlinedienst_id")
    )
    dienste = Onlinedienst._base_manager.only("status", "wartung_von", "wartung_bis").in_bulk(
        {onlinedienst_id for _, _, onlinedienst_id in bindungen}
    )
    for leistung_id, gebiet_id, onlinedienst_id in bindungen:
        dienst = dienste[onlinedienst_id]
        if dienst.is_nutzbar(jetzt):
            found[leistung_id].online_in.add(gebiet_id)
        found[leistung_id].onlinedienste.add(onlinedienst_id)
        momente = (dienst.wartung_von, dienst.wartung_bis)
        found[leistung_id].momente += [m for m in momente if m is not None and m > jetzt]


def _read_changes(found: dict[int, _Eingebettet], ids: list[int], heute: date) -> None:
    """Note the next day on which a period of embedded content begins, or is over."""
    for model, prefixes in (
        (Zustaendigkeit, ("",)),
        (Onlinedienstbindung, ("", "onlinedienst__")),
    ):
        for prefix in prefixes:
            ab, bis = f"{prefix}gueltig_ab", f"{prefix}gueltig_bis"
            rows = (
                model._base_manager.filter(leistung_id__in=ids)
                .order_by()
                .values("leistung_id")
                .annotate(
                    begin=Min(ab, filter=Q(**{f"{ab}__gt": heute})),
                    end=Min(bis, filter=Q(**{f"{bis}__gte": heute})),
                )
            )
            for row in rows:
                found[row["leistung_id"]].wechsel += _days(row["begin"], row["end"])


def _days(begin: date | None, end: date | None) -> list[date]:
    days = [begin] if begin else []
    if end and end < date.max:
        days.append(end + timedelta(days=1))
    return days


def _leistung(obj: Any, embedded: _Eingebettet, land: list[int]) -> Inhalt:
    def texts(names: Iterable[str], lang: str) -> list[str]:
        plain = (one_line(getattr(obj, f"{name}_{lang}")) for name in names)
        return [text for text in plain if text]

    lebenslagen = [row for row in embedded.kategorien if row[1].startswith("lebenslage_")]
    wechsel = embedded.wechsel + _days(None, obj.gueltig_bis)
    return Inhalt(
        object_id=obj.pk,
        titel=texts(_TITEL, "de"),
        kurz=texts(_KURZ, "de") + texts((*_TITEL, *_KURZ, *_TEXT), "de_simple"),
        text=texts(_TEXT, "de") + embedded.zeilen + embedded.normen,
        begriffe=[wort for row in embedded.begriffe for wort in row[:2] if wort],
        stelle=[*embedded.arten.values(), *(row[3] for row in embedded.kategorien)],
        titel_en=texts(_TITEL, "en"),
        text_en=texts((*_KURZ, *_TEXT), "en")
        + [row[2] for row in embedded.begriffe if row[2]]
        + embedded.zeilen_en,
        kennung=[
            *embedded.schluessel,
            *(one for norm in embedded.normen for one in find_kennungen(norm)[0]),
            *filter(None, (obj.slug_de, obj.slug_en)),
        ],
        slug=obj.slug_de or "",
        anzeige_kurz=one_line(obj.teaser_de or obj.kurztext_de),
        zielgruppe=sorted(obj.zielgruppe_codes),
        lebenslage=sorted(row[2] for row in lebenslagen),
        gueltig_in=land,
        online_in=sorted(embedded.online_in),
        gueltig_ab=obj.gueltig_ab,
        gueltig_bis=obj.gueltig_bis,
        naechste_aenderung=min(wechsel, default=None),
        naechster_moment=min(embedded.momente, default=None),
        quellen=frozenset(
            [("behoerdenart", pk) for pk in embedded.arten]
            + [("kategorie", row[0]) for row in embedded.kategorien]
            + [("onlinedienst", pk) for pk in embedded.onlinedienste]
            + [("gebiet", pk) for pk in (*embedded.online_in, *land)]
        ),
    )


# --- Behoerde ---------------------------------------------------------------------------------


def _read_behoerden(ids: Collection[int], heute: date, jetzt: datetime) -> Lesung:
    objects = (
        Behoerde._base_manager.filter(_visible(heute), pk__in=ids)
        .select_related("art")
        .order_by("pk")
    )
    return _each(objects, _behoerde)


def _behoerde(obj: Any) -> Inhalt:
    def texts(*names: str) -> list[str]:
        plain = (one_line(getattr(obj, name)) for name in names)
        return [text for text in plain if text]

    gebiete = [obj.hauptgebiet_id] if obj.hauptgebiet_id else []
    return Inhalt(
        object_id=obj.pk,
        titel=texts("name_de", "kurzname_de"),
        kurz=texts("kurzbeschreibung_de", "name_de_simple", "kurzbeschreibung_de_simple"),
        text=texts("beschreibung_de", "beschreibung_de_simple"),
        begriffe=[
            wort.strip()
            for text in texts("synonyme_de", "synonyme_de_simple")
            for wort in text.split(",")
            if wort.strip()
        ],
        stelle=[obj.art.name_de] if obj.art.name_de else [],
        titel_en=texts("name_en", "kurzname_en"),
        text_en=texts("kurzbeschreibung_en", "beschreibung_en", "synonyme_en"),
        kennung=[obj.slug],
        slug=obj.slug,
        anzeige_kurz=one_line(obj.kurzbeschreibung_de),
        gueltig_in=gebiete,
        gueltig_ab=obj.gueltig_ab,
        gueltig_bis=obj.gueltig_bis,
        naechste_aenderung=min(_days(None, obj.gueltig_bis), default=None),
        quellen=frozenset(
            [("behoerdenart", obj.art_id)] + [("gebiet", gebiet_id) for gebiet_id in gebiete]
        ),
    )


_READERS: dict[str, Callable[[Collection[int], date, datetime], Lesung]] = {
    "leistung": _read_leistungen,
    "behoerde": _read_behoerden,
}
