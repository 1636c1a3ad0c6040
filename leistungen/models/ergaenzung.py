"""Layers of texts: what the Bund delivers and what Kommunen add for their area."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.template.response import TemplateResponse
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Revision
from wagtail.search import index

from behoerden.models import Behoerde, Gebiet
from leistungen.models.leistung import Leistung
from leistungen.models.zeilen import (
    DauerZeile,
    FristZeile,
    GebuehrZeile,
    UnterlageZeile,
    dauer_checks,
    frist_checks,
    gebuehr_checks,
)
from zufi.common.fields import zeitraum_check
from zufi.common.models import Redaktionsobjekt

# Text modules a Kommune may supplement, and the four structured ones: code → heading on the page.
ERGAENZBARE_MODULE = {
    "05": "Kurztext",
    "06": "Beschreibung",
    "08": "Das brauchen Sie (Text)",
    "09": "Voraussetzungen",
    "11": "So geht es",
    "14": "Formulare (Text)",
    "15": "Weiterführende Informationen",
    "16": "Besonderheiten",
    "25": "Rechtsbehelf",
    "kosten": "Kosten",
    "frist": "Fristen",
    "dauer": "Bearbeitungsdauer",
    "dokument": "Unterlagen",
}


class Stammtext(models.Model):
    """A version of the text another agency delivered; never changed once it is stored."""

    leistung = models.ForeignKey(Leistung, models.CASCADE, related_name="stammtexte")
    agency = models.CharField("Redaktion", max_length=80)
    xzufi_id = models.CharField("XZuFi-Kennung", max_length=80)
    version = models.CharField("Version", max_length=60)
    # Module code → language → HTML.
    module = models.JSONField("Texte", default=dict)
    modul_hashes = models.JSONField("Prüfsummen", default=dict)
    eingelesen_am = models.DateTimeField("eingelesen am", auto_now_add=True)

    class Meta:
        verbose_name = "Stammtext"
        verbose_name_plural = "Stammtexte"
        ordering = ("leistung", "-eingelesen_am")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["agency", "xzufi_id", "version"], name="stammtext_version_einmal"
            )
        ]

    def __str__(self) -> str:
        return f"{self.agency} {self.xzufi_id}, Version {self.version}"


class Ergaenzung(Redaktionsobjekt, index.Indexed, ClusterableModel):
    """What is different or additional in one area, for one module of one service."""

    class Modus(models.TextChoices):
        """How it stands to what is inherited from above."""

        ERGAENZEN = "ergaenzen", "ergänzen: steht zusätzlich da"
        ERSETZEN = "ersetzen", "ersetzen: steht statt des allgemeinen Textes da"
        AUSBLENDEN = "ausblenden", "ausblenden: der allgemeine Text gilt hier nicht"

    class Stellung(models.TextChoices):
        """Where a supplement stands."""

        DAVOR = "davor", "vor dem allgemeinen Text"
        DANACH = "danach", "nach dem allgemeinen Text"

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    leistung = models.ForeignKey(Leistung, models.CASCADE, related_name="ergaenzungen")
    gebiet = models.ForeignKey(Gebiet, models.PROTECT, related_name="ergaenzungen")
    modul_code = models.CharField(
        "Abschnitt", max_length=10, choices=list(ERGAENZBARE_MODULE.items())
    )
    modus = models.CharField("Art", max_length=10, choices=Modus.choices, default=Modus.ERGAENZEN)
    stellung = models.CharField(
        "Stelle", max_length=6, choices=Stellung.choices, default=Stellung.DANACH
    )
    inhalt = RichTextField("Text", blank=True)
    begruendung = models.CharField("Begründung", max_length=300, blank=True)
    # The inherited module this was written against; see `leistungen.domain.komposition`.
    basis_hash = models.CharField(max_length=64, blank=True, editable=False)
    basis_text = models.TextField(blank=True, editable=False)
    redaktion = models.ForeignKey(
        Behoerde,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="redigierte_ergaenzungen",
        verbose_name="Redaktion",
    )

    search_fields: ClassVar = [index.FilterField("live")]

    class Meta:
        verbose_name = "Ergänzung"
        verbose_name_plural = "Ergänzungen"
        ordering = ("leistung", "gebiet", "modul_code")
        constraints: ClassVar = [
            zeitraum_check("ergaenzung"),
            models.UniqueConstraint(
                fields=["leistung", "gebiet", "modul_code"],
                name="ergaenzung_einmal",
                violation_error_message="Für diesen Abschnitt gibt es hier schon eine Ergänzung.",
            ),
            models.CheckConstraint(
                name="ergaenzung_ausblenden_begruendet",
                condition=~Q(modus="ausblenden") | ~Q(begruendung=""),
                violation_error_message="Sagen Sie, warum der Text hier nicht gilt.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_modul_code_display()} in {self.gebiet}: {self.leistung}"

    # Not stored: an editor declared that the supplement fits today's inherited text.
    basis_bestaetigt: bool = False
    _geladener_inhalt: tuple[str, ...] | None = None

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        """Return the object of a revision, remembering its texts as they were then."""
        geladen = super().from_serializable_data(data, check_fks, strict_fks)
        if geladen is not None:
            geladen._geladener_inhalt = geladen._eigener_inhalt()
        return geladen

    def refresh_computed(self) -> None:
        """Record the inherited text this was written against, if it is new, changed or confirmed.

        An untouched supplement keeps what it was written against: then it shows as out of date.
        """
        from leistungen.schichtenstand import basis_hash, geerbt  # noqa: PLC0415 - needs the model

        vorher = self._geladener_inhalt
        if vorher is None and self.latest_revision_id:
            # Not `get_latest_revision_as_object()`: without a draft that is this very object.
            vorher = self.get_latest_revision().as_object()._eigener_inhalt()
        inhalt = self._eigener_inhalt()
        if (
            not self.basis_hash
            or self.basis_bestaetigt
            or (vorher is not None and inhalt != vorher)
        ):
            absaetze = geerbt(self)
            self.basis_text, self.basis_hash = "\n".join(absaetze), basis_hash(absaetze)
        self._geladener_inhalt = inhalt
        self.basis_bestaetigt = False

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Store a revision with what is computed from its content."""
        self.refresh_computed()
        revision: Revision = super().save_revision(*args, **kwargs)
        return revision

    def _eigener_inhalt(self) -> tuple[str, ...]:
        from leistungen.schichtenstand import zeilensatz  # noqa: PLC0415 - needs the model
        from leistungen.seite.schichten import ZEILENMODULE  # noqa: PLC0415

        name = ZEILENMODULE.get(self.modul_code)
        saetze = (
            tuple(zeilensatz(self.modul_code, zeile) for zeile in getattr(self, name).all())
            if name
            else ()
        )
        return (self.modus, self.stellung, self.inhalt_de, *saetze)

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Wagtail's previews: the public page, seen from the area."""
        return [("", "Öffentliche Seite")]

    def serve_preview(self, request: Any, mode_name: str) -> TemplateResponse:
        """Return the public page of the service for the area, with this draft in it."""
        from leistungen.vorschau import render_ergaenzung  # noqa: PLC0415 - views import models

        return render_ergaenzung(request, self)


class ErgaenzungFrist(FristZeile):
    """A deadline that holds in the area."""

    ergaenzung = ParentalKey(Ergaenzung, on_delete=models.CASCADE, related_name="fristen")

    class Meta(FristZeile.Meta):
        verbose_name = "Frist"
        verbose_name_plural = "Fristen"
        constraints: ClassVar = [
            zeitraum_check("ergaenzungfrist"),
            *frist_checks("ergaenzungfrist"),
        ]


class ErgaenzungBearbeitungsdauer(DauerZeile):
    """How long the authority of the area usually needs."""

    ergaenzung = ParentalKey(
        Ergaenzung, on_delete=models.CASCADE, related_name="bearbeitungsdauern"
    )

    class Meta(DauerZeile.Meta):
        verbose_name = "Bearbeitungsdauer"
        verbose_name_plural = "Bearbeitungsdauern"
        constraints: ClassVar = [
            zeitraum_check("ergaenzungdauer"),
            *dauer_checks("ergaenzungdauer"),
        ]


class ErgaenzungGebuehr(GebuehrZeile):
    """A cost in the area."""

    ergaenzung = ParentalKey(Ergaenzung, on_delete=models.CASCADE, related_name="gebuehren")

    class Meta(GebuehrZeile.Meta):
        verbose_name = "Kosten"
        verbose_name_plural = "Kosten"
        constraints: ClassVar = [
            zeitraum_check("ergaenzunggebuehr"),
            *gebuehr_checks("ergaenzunggebuehr"),
        ]


class ErgaenzungUnterlage(UnterlageZeile):
    """A document needed in the area."""

    ergaenzung = ParentalKey(Ergaenzung, on_delete=models.CASCADE, related_name="unterlagen")

    class Meta(UnterlageZeile.Meta):
        verbose_name = "Unterlage"
        verbose_name_plural = "Unterlagen"
        constraints: ClassVar = [zeitraum_check("ergaenzungunterlage")]
