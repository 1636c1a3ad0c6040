"""The service as citizens read it (XZuFi: leistung); every text in three languages."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.template.response import TemplateResponse
from modelcluster.fields import ParentalKey, ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Orderable
from wagtail.search import index

from behoerden.models import Behoerde, Gebiet
from leistungen.models.kategorie import Kategorie
from leistungen.querysets import LeistungQuerySet
from zufi.common.fields import zeitraum_check
from zufi.common.models import Redaktionsobjekt
from zufi.common.sprachfest import LANGS, Sprachfest

# Text modules of XZuFi: code of the module → name of the translated field.
TEXTMODULE = {
    "02": "bezeichnung",
    "03": "bezeichnung_2",
    "05": "kurztext",
    "06": "volltext",
    "07": "handlungsgrundlagen",
    "08": "unterlagen_text",
    "09": "voraussetzungen",
    "11": "verfahrensablauf",
    "14": "formulare_text",
    "15": "weiterfuehrende_informationen",
    "16": "hinweise",
    "18": "urheber",
    "22": "zustaendige_stelle_text",
    "23": "ansprechpunkt_text",
    "24": "teaser",
    "25": "rechtsbehelf",
}
# Prose of the structured modules (XZuFi: modulKosten/beschreibung …).
BESCHREIBUNGEN = ("kosten_text", "frist_text", "dauer_text")

ZIELGRUPPEN = {"001": "Bürgerinnen und Bürger", "002": "Unternehmen"}


class Leistung(Redaktionsobjekt, index.Indexed, ClusterableModel):
    """A public service; who is responsible for it is said by `Zustaendigkeit`, never here."""

    uuid = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    slug = models.SlugField("Adresse der Seite", max_length=160, blank=True, db_index=False)
    bezeichnung = models.CharField("Bezeichnung", max_length=250)
    bezeichnung_2 = models.CharField("Bezeichnung für die Seite", max_length=250, blank=True)
    teaser = models.CharField("Teaser", max_length=350, blank=True)
    kurztext = models.TextField("Kurztext", blank=True)
    volltext = RichTextField("Beschreibung", blank=True)
    voraussetzungen = RichTextField("Voraussetzungen", blank=True)
    unterlagen_text = RichTextField("Das brauchen Sie", blank=True)
    kosten_text = RichTextField("Kosten", blank=True)
    frist_text = RichTextField("Fristen", blank=True)
    dauer_text = RichTextField("Bearbeitungsdauer", blank=True)
    verfahrensablauf = RichTextField("So geht es", blank=True)
    hinweise = RichTextField("Besonderheiten", blank=True)
    formulare_text = RichTextField("Formulare", blank=True)
    handlungsgrundlagen = RichTextField("Rechtsgrundlagen", blank=True)
    rechtsbehelf = RichTextField("Rechtsbehelf", blank=True)
    weiterfuehrende_informationen = RichTextField("Weiterführende Informationen", blank=True)
    zustaendige_stelle_text = RichTextField("Zuständige Stelle (Text)", blank=True)
    ansprechpunkt_text = RichTextField("Ansprechpunkt (Text)", blank=True)
    urheber = models.CharField("Urheber", max_length=250, blank=True)

    zielgruppe_codes = ArrayField(
        models.CharField(max_length=8), verbose_name="Zielgruppen", default=list, blank=True
    )
    typisierung_codes = ArrayField(
        models.CharField(max_length=8), verbose_name="Typisierung", default=list, blank=True
    )
    kategorien = ParentalManyToManyField(
        Kategorie, blank=True, related_name="leistungen", verbose_name="Lebenslagen"
    )
    redaktion = models.ForeignKey(
        Behoerde,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="redigierte_leistungen",
        verbose_name="Redaktion",
    )
    naechste_pruefung = models.DateField("nächste Prüfung", null=True, blank=True)
    gueltigkeitsgebiete = ParentalManyToManyField(
        Gebiet,
        blank=True,
        related_name="leistungen_mit_geltung",
        verbose_name="Geltungsgebiet",
        help_text="Wo gibt es diese Leistung? Leer heißt: in ganz Thüringen.",
    )

    objects = LeistungQuerySet.as_manager()

    search_fields: ClassVar = [
        index.SearchField("bezeichnung_de", boost=3),
        index.SearchField("kurztext_de"),
        index.AutocompleteField("bezeichnung_de"),
        index.FilterField("live"),
    ]

    class Meta:
        verbose_name = "Leistung"
        verbose_name_plural = "Leistungen"
        ordering = ("bezeichnung_de",)
        constraints: ClassVar = [
            zeitraum_check("leistung"),
            *(
                models.UniqueConstraint(
                    fields=[f"slug_{lang}"],
                    condition=~Q(**{f"slug_{lang}": ""}),
                    name=f"leistung_slug_{lang}_uniq",
                    violation_error_message="Diese Adresse ist schon vergeben.",
                )
                for lang in LANGS
            ),
        ]

    def __str__(self) -> str:
        return self.titel

    @property
    def titel(self) -> str:
        """German title as citizens read it: Bezeichnung II, else the official one."""
        return str(self.bezeichnung_2_de or self.bezeichnung_de)

    @property
    def entwurf_text(self) -> str:
        """Word for the list: is there a draft that citizens do not see yet?"""
        if not self.live:
            return "nicht veröffentlicht"
        return "geändert" if self.has_unpublished_changes else "–"

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Wagtail's previews: the public page."""
        return [("", "Öffentliche Seite")]

    def serve_preview(self, request: Any, mode_name: str) -> TemplateResponse:
        """Return the public page of this draft."""
        from leistungen.views import render_preview  # noqa: PLC0415 - views import models

        return render_preview(request, self)


class Leistungsschluessel(Orderable):
    """Key of the federal catalogue: `99` and twelve digits (XZuFi: referenzLeiKa)."""

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="leistungsschluessel")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    schluessel = models.CharField(
        "Leistungsschlüssel",
        max_length=14,
        validators=[
            RegexValidator(
                r"^99\d{12}$", "Geben Sie einen Schlüssel mit 14 Ziffern ein, der mit 99 beginnt."
            )
        ],
    )
    ist_primaer = models.BooleanField("Hauptschlüssel", default=False)

    class Meta(Orderable.Meta):
        verbose_name = "Leistungsschlüssel"
        verbose_name_plural = "Leistungsschlüssel"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["leistung", "schluessel"], name="leistungsschluessel_einmal"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["schluessel"], name="leistungsschluessel_wert")]

    def __str__(self) -> str:
        return self.schluessel


class Begriff(Sprachfest, Orderable):
    """A word under which citizens look for the service (XZuFi: modulBegriffImKontext)."""

    class Typ(models.TextChoices):
        """Kind of term; codes of the XZuFi list."""

        SYNONYM = "001", "Synonym"
        UMGANGSSPRACHE = "002", "Umgangssprache"
        FACHBEGRIFF = "003", "Fachbegriff"
        SONSTIGES = "999", "Sonstiges"

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="begriffe")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    begriff = models.CharField("Begriff", max_length=120, blank=True)
    typ = models.CharField("Art", max_length=3, choices=Typ.choices, default=Typ.SYNONYM)

    class Meta(Orderable.Meta):
        verbose_name = "Begriff"
        verbose_name_plural = "Begriffe"

    def __str__(self) -> str:
        return str(self.begriff_de or self.begriff_en)
