"""The tabs of the list of services: which services each one holds, as one condition each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import BigIntegerField, Count, Q, QuerySet
from django.db.models.functions import Cast
from wagtail.models import WorkflowState

from leistungen.models import Leistung

# Above this LIX a text is hard to read (design of the pages, 8.2).
SCHWER_AB_LIX = 55.0
# "Bald": reviews that fall due within so many days.
BALD_TAGE = 30

Bedingung = Callable[[date], Q]


@dataclass(frozen=True, slots=True)
class Reiter:
    """One tab; `leer` is what an empty one says, `ordnung` what comes first in it.

    A tab that is not `fest` is shown only while it is open: the dashboard leads to it.
    """

    slug: str
    titel: str
    bedingung: Bedingung
    leer: str
    fest: bool = True
    ordnung: tuple[str, ...] = ("bezeichnung_de", "pk")


@dataclass(frozen=True, slots=True)
class Reiterstand:
    """A tab as the page shows it."""

    reiter: Reiter
    anzahl: int
    aktiv: bool
    adresse: str


def in_freigabe() -> QuerySet[WorkflowState]:
    """Return the running approvals of services."""
    rows: QuerySet[WorkflowState] = WorkflowState.objects.filter(
        base_content_type=ContentType.objects.get_for_model(Leistung),
        status=WorkflowState.STATUS_IN_PROGRESS,
    )
    return rows


def _freigabe(stichtag: date) -> Q:
    ids = in_freigabe().values_list(Cast("object_id", BigIntegerField()))
    return Q(pk__in=ids)


def _pruefung_bis(tag: date) -> Q:
    """Published services whose review is due; where nothing is computed yet, by the live row."""
    return Q(live=True) & (
        Q(kennzahl__naechste_pruefung__lte=tag)
        | Q(kennzahl__isnull=True, naechste_pruefung__lte=tag)
    )


def _bald(stichtag: date) -> Q:
    return _pruefung_bis(stichtag + timedelta(days=BALD_TAGE)) & ~_pruefung_bis(stichtag)


ALLE = "alle"
_NACH_PRUEFUNG = ("kennzahl__naechste_pruefung", "pk")
_NACH_ALTER = ("kennzahl__veraltet_seit", "pk")
REITER: Sequence[Reiter] = (
    Reiter(ALLE, "Alle", lambda stichtag: Q(), "Es gibt noch keine Leistung."),
    Reiter(
        "entwuerfe",
        "Entwürfe",
        lambda stichtag: Q(live=False) | Q(has_unpublished_changes=True),
        "Kein Entwurf wartet: Alles Geschriebene ist veröffentlicht.",
    ),
    Reiter("freigabe", "Zur Freigabe", _freigabe, "Keine Leistung wartet auf eine Freigabe."),
    Reiter(
        "faellig",
        "Fällig",
        _pruefung_bis,
        "Keine Prüfung ist fällig.",
        ordnung=_NACH_PRUEFUNG,
    ),
    Reiter(
        "bald-faellig",
        f"Fällig in {BALD_TAGE} Tagen",
        _bald,
        f"In den nächsten {BALD_TAGE} Tagen wird keine Prüfung fällig.",
        fest=False,
        ordnung=_NACH_PRUEFUNG,
    ),
    Reiter(
        "ohne-stelle",
        "Ohne zuständige Stelle",
        lambda stichtag: Q(live=True, kennzahl__ohne_stelle_count__gt=0),
        "Jede veröffentlichte Leistung hat überall eine zuständige Stelle.",
        ordnung=("-kennzahl__ohne_stelle_count", "pk"),
    ),
    Reiter(
        "schwer",
        "Schwer lesbar",
        lambda stichtag: Q(kennzahl__lix__gt=SCHWER_AB_LIX),
        "Kein Text ist schwer zu lesen.",
        ordnung=("-kennzahl__lix", "pk"),
    ),
    Reiter(
        "fehler",
        "Mit Fehlern",
        lambda stichtag: Q(kennzahl__muss_count__gt=0),
        "Keine Leistung hat einen Fehler.",
        fest=False,
        ordnung=("-kennzahl__muss_count", "pk"),
    ),
    Reiter(
        "englisch",
        "Englisch veraltet",
        lambda stichtag: Q(kennzahl__veraltet_en__gt=0),
        "Keine englische Fassung ist älter als der deutsche Text.",
        ordnung=_NACH_ALTER,
    ),
    Reiter(
        "leichte-sprache",
        "Leichte Sprache veraltet",
        lambda stichtag: Q(kennzahl__veraltet_de_simple__gt=0),
        "Keine Fassung in Leichter Sprache ist älter als der deutsche Text.",
        fest=False,
        ordnung=_NACH_ALTER,
    ),
)
_NACH_SLUG = {reiter.slug: reiter for reiter in REITER}


def finde_reiter(slug: str) -> Reiter:
    """Return the tab of this name; an unknown one is "Alle"."""
    return _NACH_SLUG.get(slug, _NACH_SLUG[ALLE])


def zaehle(queryset: QuerySet[Leistung], stichtag: date) -> dict[str, int]:
    """Return the number of services in every tab, by slug; one query."""
    zahlen: dict[str, int] = queryset.order_by().aggregate(
        **{
            reiter.slug.replace("-", "_"): Count("pk", filter=reiter.bedingung(stichtag))
            for reiter in REITER
        }
    )
    return {slug.replace("_", "-"): zahl for slug, zahl in zahlen.items()}
