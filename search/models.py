"""One row per searchable object: what Elasticsearch should hold, and whether it does."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from search.analysis import analyse

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
    naechster_moment = models.DateTimeField(null=True)  # the same within a day: maintenance
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
            # marks.mark_due(): asked every half minute, nearly always without a result
            models.Index(
                fields=["naechster_moment"],
                condition=Q(naechster_moment__isnull=False),
                name="search_dokument_moment",
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
    marke = models.BigIntegerField(db_default=-1)  # last id the backfill has sent

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


class SearchAufbau(models.Model):
    """How far the last rebuild of a kind is, or how it ended."""

    class Schritt(models.TextChoices):
        """Steps of a rebuild, in their order."""

        BILDEN = "bilden", "Texte aufbereiten"
        UEBERTRAGEN = "uebertragen", "Dokumente übertragen"
        NACHHOLEN = "nachholen", "Änderungen nachholen und vergleichen"
        PRUEFEN = "pruefen", "Vollständigkeit und Trefferlisten prüfen"
        UMSCHALTEN = "umschalten", "Umschalten"

    kind = models.CharField(max_length=16, primary_key=True)
    schritt = models.CharField(max_length=16, choices=Schritt.choices)
    erledigt = models.BigIntegerField(db_default=0)
    gesamt = models.BigIntegerField(db_default=0)  # 0: nobody can say
    begonnen_at = models.DateTimeField(db_default=Now())
    stand_at = models.DateTimeField(db_default=Now())
    beendet_at = models.DateTimeField(null=True)
    index = models.CharField(max_length=120, db_default="")
    fehler = models.TextField(db_default="")

    wagtail_reference_index_ignore = True

    class Meta:
        db_table = "search_aufbau"
        verbose_name = "Neuaufbau des Suchindex"
        verbose_name_plural = "Neuaufbauten des Suchindex"
        ordering = ("kind",)

    def __str__(self) -> str:
        return f"{self.kind}: {self.schritt}"


class SearchPruefung(models.Model):
    """One comparison of all indices with the database, by schedule or asked for by an editor."""

    angefordert_at = models.DateTimeField("angefordert", db_default=Now())
    angefordert_von = models.CharField("angefordert von", max_length=150, db_default="")
    begonnen_at = models.DateTimeField("begonnen", null=True)
    beendet_at = models.DateTimeField("beendet", null=True)
    # {"missing": 0, …, "by_kind": {…}} as `check_index --json` prints it
    zahlen = models.JSONField("Zahlen", db_default={})
    abweichungen = models.IntegerField("Abweichungen", db_default=0)
    repariert = models.BooleanField("zur Reparatur vorgemerkt", db_default=False)
    fehler = models.TextField("Fehler", db_default="")

    wagtail_reference_index_ignore = True

    class Meta:
        db_table = "search_pruefung"
        verbose_name = "Prüfung des Suchindex"
        verbose_name_plural = "Prüfungen des Suchindex"
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"Prüfung {self.pk}"


class SearchProzess(models.Model):
    """Sign of life of a worker, and of a web process whose breaker opened or closed."""

    class Rolle(models.TextChoices):
        """What the process does."""

        WORKER = "worker", "Abgleich"
        WEB = "web", "Website"

    name = models.CharField(max_length=96, primary_key=True)
    rolle = models.CharField(max_length=8, choices=Rolle.choices)
    gestartet_at = models.DateTimeField(db_default=Now())
    gesehen_at = models.DateTimeField(db_default=Now())
    weg_seit = models.DateTimeField(null=True)  # since when it does without Elasticsearch
    grund = models.TextField(db_default="")

    wagtail_reference_index_ignore = True

    class Meta:
        db_table = "search_prozess"
        verbose_name = "Prozess der Suche"
        verbose_name_plural = "Prozesse der Suche"
        ordering = ("rolle", "name")

    def __str__(self) -> str:
        return self.name


class SearchZaehler(models.Model):
    """A number that only grows, added up over all processes; read by `/metrics`."""

    name = models.CharField(max_length=64, primary_key=True)
    wert = models.FloatField(db_default=0.0)

    wagtail_reference_index_ignore = True

    class Meta:
        db_table = "search_zaehler"
        verbose_name = "Zähler der Suche"
        verbose_name_plural = "Zähler der Suche"
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} {self.wert}"


class SearchLatenz(models.Model):
    """How many documents of an hour were searchable within a number of seconds (a histogram)."""

    pk = models.CompositePrimaryKey("stunde", "grenze")
    stunde = models.DateTimeField()
    grenze = models.FloatField()  # upper bound in seconds, inclusive; the last one is infinite
    anzahl = models.BigIntegerField(db_default=0)

    wagtail_reference_index_ignore = True

    class Meta:
        db_table = "search_latenz"
        verbose_name = "Latenz der Suche"
        verbose_name_plural = "Latenzen der Suche"
        ordering = ("stunde", "grenze")

    def __str__(self) -> str:
        return f"{self.stunde} ≤ {self.grenze} s: {self.anzahl}"


class Suchregel(models.Model):
    """A synonym rule of the editors; it acts on queries, so it is in effect at once.

    Every save and deletion raises the counter `suchregeln` (`search.suchregeln`): processes keep
    the rules in memory and ask only for that number.
    """

    links = models.CharField(
        "Wer sucht nach",
        max_length=120,
        help_text="Ein Wort oder mehrere, zum Beispiel „kneipe aufmachen“. "
        "Andere Wörter dürfen dazwischen stehen.",
    )
    rechts = models.CharField(
        "findet auch",
        max_length=120,
        help_text="So heißt es in den Leistungen, zum Beispiel „Gaststätte eröffnen“.",
    )
    beidseitig = models.BooleanField("gilt auch umgekehrt", default=False)
    gewicht = models.FloatField(
        "Gewicht",
        default=0.9,
        validators=[
            MinValueValidator(0.1, "Das Gewicht liegt zwischen 0,1 und 1."),
            MaxValueValidator(1.0, "Das Gewicht liegt zwischen 0,1 und 1."),
        ],
        help_text="1: so gut wie das gesuchte Wort selbst. 0,1: weit dahinter.",
    )
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="verantwortlich",
    )
    geprueft_am = models.DateField("geprüft am", null=True, blank=True)
    ablauf = models.DateField(
        "gilt bis", null=True, blank=True, help_text="Letzter Tag. Leer: ohne Ende."
    )
    aktiv = models.BooleanField("aktiv", default=True)

    wagtail_reference_index_ignore = True

    class Meta:
        db_table = "search_suchregel"
        verbose_name = "Synonymregel"
        verbose_name_plural = "Synonymregeln"
        ordering = ("links", "rechts")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["links", "rechts"],
                name="search_suchregel_einmal",
                violation_error_message="Diese Regel gibt es schon.",
            ),
            models.CheckConstraint(
                condition=Q(gewicht__gte=0.1, gewicht__lte=1.0), name="search_suchregel_gewicht"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.links} {'↔' if self.beidseitig else '→'} {self.rechts}"

    def clean(self) -> None:
        """Refuse a side that holds no word to look for, and a rule that changes nothing."""
        sides = {
            name: [token.stamm for token in analyse(getattr(self, name) or "")]
            for name in ("links", "rechts")
        }
        for name, stems in sides.items():
            if not stems:
                raise ValidationError({name: "Geben Sie ein Wort ein, das in Texten vorkommt."})
        if sides["links"] == sides["rechts"]:
            raise ValidationError({"rechts": "Beide Seiten bedeuten für die Suche schon dasselbe."})
