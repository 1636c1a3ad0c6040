"""One row per searchable object: what Elasticsearch should hold, and whether it does."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

OPEN_START = date(1, 1, 1)
OPEN_END = date(9999, 12, 31)


class SearchDokument(models.Model):
    """State of one object for the search; pending means `indexed_version < version`.

    Rows are written by `search.marks` and `search.rows` in SQL only. A deleted object keeps its
    row (a tombstone), so that its version never starts again. Rows of `QUELLEN_KINDS` carry
    no document: they say that the documents which show them have to be marked.
    """

    pk = models.CompositePrimaryKey("kind", "object_id")
    kind = models.CharField(max_length=16)
    object_id = models.BigIntegerField()
    version = models.BigIntegerField(db_default=1)
    built_version = models.BigIntegerField(db_default=0)
    indexed_version = models.BigIntegerField(db_default=0)
    deleted = models.BooleanField(db_default=True)  # invisible until it has been built
    document = models.JSONField(db_default={})
    tokens = models.JSONField(db_default={})
    tsv = SearchVectorField(null=True)
    quellen = ArrayField(models.TextField(), db_default=[])  # "kategorie:7": what it embeds
    vektor = models.BinaryField(null=True)
    vektor_modell = models.CharField(max_length=64, db_default="")
    inhalt_hash = models.CharField(max_length=64, db_default="")
    analyser_hash = models.CharField(max_length=64, db_default="")
    gueltig_ab = models.DateField(db_default=OPEN_START)
    gueltig_bis = models.DateField(db_default=OPEN_END)
    naechste_aenderung = models.DateField(null=True)
    lease_owner = models.CharField(max_length=96, db_default="")
    lease_until = models.DateTimeField(null=True)
    attempts = models.SmallIntegerField(db_default=0)
    next_attempt_at = models.DateTimeField(db_default=Now())
    last_error = models.TextField(db_default="")
    dead = models.BooleanField(db_default=False)
    changed_at = models.DateTimeField(db_default=Now())
    indexed_at = models.DateTimeField(null=True)

    wagtail_reference_index_ignore = True

    class Meta:
        db_table = "search_dokument"
        verbose_name = "Suchdokument"
        verbose_name_plural = "Suchdokumente"
        ordering = ("kind", "object_id")
        indexes: ClassVar = [
            # rows.claim(): what is to be done next
            models.Index(
                fields=["next_attempt_at"],
                condition=Q(indexed_version__lt=F("version"), dead=False),
                name="search_dokument_pending",
            ),
            # compile_pg: written by the worker only, so no pending list that a reader must scan
            GinIndex(fields=["tsv"], fastupdate=False, name="search_dokument_tsv"),
            # fanout: which documents embed this
            GinIndex(fields=["quellen"], fastupdate=False, name="search_dokument_quellen"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"


class SearchIndex(models.Model):
    """An index of Elasticsearch that workers write to: the registry of targets."""

    class State(models.TextChoices):
        """Life of an index."""

        BUILDING = "building", "wird gefüllt"
        LIVE = "live", "in Benutzung"
        STANDBY = "standby", "Vorgänger"
        FAILED = "failed", "gescheitert"

    name = models.CharField(max_length=120, primary_key=True)
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=12, choices=State.choices)
    analyser_hash = models.CharField(max_length=64)
    mapping_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField(db_default=Now())
    state_at = models.DateTimeField(db_default=Now())  # since when it has this state
    last_error = models.TextField(db_default="")

    wagtail_reference_index_ignore = True

    class Meta:
        db_table = "search_index"
        verbose_name = "Suchindex"
        verbose_name_plural = "Suchindizes"
        ordering = ("kind", "created_at")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state="live"), name="search_index_one_live"
            ),
            models.UniqueConstraint(
                fields=["kind"], condition=Q(state="building"), name="search_index_one_building"
            ),
        ]

    def __str__(self) -> str:
        return self.name
