"""What the columns of the list of services say; every value comes with the rows of the page."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import CharField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Cast
from django.utils import timezone
from wagtail.admin.ui.tables import Column
from wagtail.models import WorkflowState

from leistungen.models import Leistung, Zustaendigkeit

# Kinds of areas at which rules are stored → the level an editor thinks of, from above.
EBENEN = {
    "bund": "Bund",
    "land": "Land",
    "landkreis": "Kreis",
    "vg": "Gemeinde",
    "erfuellende_gemeinde": "Gemeinde",
    "gemeinde": "Gemeinde",
    "ortsteil": "Ortsteil",
    "eigenes_gebiet": "Bezirk",
}
# State of a running approval → words and icon.
FREIGABE = {
    WorkflowState.STATUS_IN_PROGRESS: ("zur Freigabe", "glasses"),
    WorkflowState.STATUS_NEEDS_CHANGES: ("zurückgegeben", "undo"),
}
# Columns of the service that the list shows or decides by; nothing else is loaded.
_FELDER = (
    "bezeichnung_de",
    "bezeichnung_2_de",
    "slug_de",
    "live",
    "expired",
    "has_unpublished_changes",
    "gueltig_ab",
    "gueltig_bis",
    "naechste_pruefung",
    "latest_revision__created_at",
    "latest_revision__approved_go_live_at",
)
_KENNZAHLEN = (
    "lix",
    "muss_count",
    "veraltet_en",
    "naechste_pruefung",
    "geprueft_am",
    "ohne_stelle_count",
)


def mit_angaben(queryset: QuerySet[Leistung], stichtag: date) -> QuerySet[Leistung]:
    """Return the services with everything the columns show, in the one query of the rows."""
    laufend = (
        WorkflowState.objects.filter(
            base_content_type=ContentType.objects.get_for_model(Leistung),
            object_id=Cast(OuterRef("pk"), CharField()),
            status__in=(WorkflowState.STATUS_IN_PROGRESS, WorkflowState.STATUS_NEEDS_CHANGES),
        )
        .order_by("-created_at", "-pk")
        .values("status")[:1]
    )
    arten = (
        Zustaendigkeit.objects.gueltig_am(stichtag)
        .filter(leistung=OuterRef("pk"))
        .order_by()
        .values("gebiet__art")
        .distinct()
    )
    rows: QuerySet[Leistung] = (
        queryset.select_related("latest_revision", "kennzahl")
        .only(*_FELDER, *(f"kennzahl__{name}" for name in _KENNZAHLEN))
        .annotate(freigabestand=Subquery(laufend), regelarten=ArraySubquery(arten))
    )
    return rows


def ebene(leistung: Any) -> str:
    """Return the levels at which rules of the service hold today, from above."""
    arten = set(getattr(leistung, "regelarten", None) or ())
    namen = dict.fromkeys(name for art, name in EBENEN.items() if art in arten)
    # A kreisfreie Stadt is Kreis and Gemeinde at once: it says nothing beside either.
    if not namen and "kreisfreie_stadt" in arten:
        return "Kreisfreie Stadt"
    return " · ".join(namen) or "–"


def status(leistung: Any) -> tuple[str, str]:
    """Return the state of a service in words and the name of its icon."""
    if leistung.expired:
        return "abgelaufen", "time"
    if freigabe := FREIGABE.get(getattr(leistung, "freigabestand", None) or ""):
        return freigabe
    revision = leistung.latest_revision
    if revision is not None and revision.approved_go_live_at:
        tag = timezone.localtime(revision.approved_go_live_at)
        return f"geplant für {tag:%d.%m.%Y}", "calendar-check"
    if not leistung.live:
        return "Entwurf", "draft"
    if leistung.has_unpublished_changes:
        return "veröffentlicht, Entwurf geändert", "edit"
    return "veröffentlicht", "success"


def status_text(leistung: Any) -> str:
    """Return the state in words, for the exported table."""
    return status(leistung)[0]


def geprueft_am(leistung: Any) -> date | None:
    """Return the day somebody confirmed the content; None if nobody has."""
    moment: datetime | None = leistung.kennzahl.geprueft_am if _hat(leistung) else None
    return timezone.localdate(moment) if moment else None


def naechste_pruefung(leistung: Any) -> date | None:
    """Return the day of the next review as the editors saved it last."""
    tag: date | None = leistung.kennzahl.naechste_pruefung if _hat(leistung) else None
    return tag or leistung.naechste_pruefung


def lix(leistung: Any) -> int | None:
    """Return the readability of the German text, rounded; None if nothing is computed."""
    wert: float | None = leistung.kennzahl.lix if _hat(leistung) else None
    return None if wert is None else round(wert)


def _hat(leistung: Any) -> bool:
    return hasattr(leistung, "kennzahl")


class StatusColumn(Column):
    """State in words with its icon."""

    cell_template_name = "leistungen/listen/_status.html"

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Return what the cell shows."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["text"], context["icon"] = status(instance)
        return context


class TagColumn(Column):
    """A day; one that is past is said to be due, in words and by an icon."""

    cell_template_name = "leistungen/listen/_tag.html"

    def __init__(self, *args: Any, faellig: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.faellig = faellig

    def get_cell_context_data(
        self, instance: Any, parent_context: dict[str, Any]
    ) -> dict[str, Any]:
        """Return the day and whether it is due."""
        context: dict[str, Any] = super().get_cell_context_data(instance, parent_context)
        context["tag"] = tag = self.get_value(instance)
        faellig = self.faellig and tag is not None and instance.live
        context["ist_faellig"] = faellig and tag <= timezone.localdate()
        return context


def spalten() -> list[Any]:
    """Return the columns behind the title."""
    return [
        Column("ebene", label="Ebene", accessor=ebene),
        StatusColumn("status", label="Status"),
        TagColumn(
            "geprueft_am",
            label="geprüft am",
            accessor=geprueft_am,
            sort_key="kennzahl__geprueft_am",
        ),
        TagColumn(
            "naechste_pruefung",
            label="nächste Prüfung",
            accessor=naechste_pruefung,
            sort_key="kennzahl__naechste_pruefung",
            faellig=True,
        ),
    ]
