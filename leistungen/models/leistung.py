"""The service as citizens read it (XZuFi: leistung); every text in three languages."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.template.response import TemplateResponse
from django.utils import timezone
from modelcluster.fields import ParentalManyToManyField
from modelcluster.models import ClusterableModel
from wagtail.fields import RichTextField
from wagtail.models import Revision
from wagtail.search import index

from behoerden.models import Behoerde, Gebiet
from leistungen.models.angaben import (
    Adressaten,
    Austausch,
    FimStatus,
    Formalia,
    Struktur,
    Themen,
)
from leistungen.models.kategorie import Kategorie
from leistungen.querysets import LeistungQuerySet
from zufi.common.fields import zeitraum_check
from zufi.common.models import Redaktionsobjekt
from zufi.common.sprachfest import LANGS

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


class Leistung(
    Redaktionsobjekt,
    Struktur,
    FimStatus,
    Adressaten,
    Formalia,
    Themen,
    Austausch,
    index.Indexed,
    ClusterableModel,
):
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
    oberleistung = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="unterleistungen",
        verbose_name="Übergeordnete Leistung",
    )
    naechste_pruefung = models.DateField("nächste Prüfung", null=True, blank=True)
    gueltigkeitsgebiete = ParentalManyToManyField(
        Gebiet,
        blank=True,
        related_name="leistungen_mit_geltung",
        verbose_name="Geltungsgebiet",
        help_text="Wo gibt es diese Leistung? Leer heißt: in ganz Thüringen.",
    )

    auskunftshinweis = RichTextField("Hinweis für das Bürgertelefon 115", blank=True)
    stammtext = models.ForeignKey(
        "leistungen.Stammtext",
        models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name="Übernommener Stammtext",
    )
    # Module → how our text stands to the Stammtext: uebernehmen, ergaenzen, ersetzen, ausblenden.
    modulmodi = models.JSONField("Umgang mit dem Stammtext", default=dict, blank=True)
    # See `leistungen.domain.uebersetzung`: what each translation was made from. Never a status.
    uebersetzungsstand = models.JSONField(default=dict, blank=True, editable=False)

    # Not stored: texts of the translations when the revision was loaded, and what a save says.
    _geladene_texte: Mapping[str, Mapping[str, str]] | None = None
    maschinell: bool = False
    bestaetigte_uebersetzungen: Mapping[str, frozenset[str]] = MappingProxyType({})

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

    @classmethod
    def from_serializable_data(
        cls, data: dict[str, Any], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        """Return the object of a revision, remembering its translations as they were then."""
        from leistungen.uebersetzungen import uebersetzungstexte  # noqa: PLC0415 - needs the model

        geladen = super().from_serializable_data(data, check_fks, strict_fks)
        if geladen is not None:
            geladen._geladene_texte = uebersetzungstexte(geladen)
        return geladen

    def refresh_computed(self) -> None:
        """Record from which German text each translation was made.

        `maschinell` (default False) and `bestaetigte_uebersetzungen` (part → languages) may be set
        on the object before: who wrote the changed translations, and which untouched ones fit.
        """
        from leistungen.uebersetzungen import (  # noqa: PLC0415 - needs the model
            fortschreiben,
            uebersetzungstexte,
        )

        vorher = self._geladene_texte
        if vorher is None and self.latest_revision_id:
            # Not `get_latest_revision_as_object()`: without a draft that is this very object.
            vorher = uebersetzungstexte(self.get_latest_revision().as_object())
        self.uebersetzungsstand = fortschreiben(
            self,
            vorher or {},
            timezone.localdate(),
            maschinell=self.maschinell,
            bestaetigt=self.bestaetigte_uebersetzungen,
        )
        self._geladene_texte = uebersetzungstexte(self)
        self.bestaetigte_uebersetzungen = {}

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Store a revision with what is computed from its content."""
        self.refresh_computed()
        revision: Revision = super().save_revision(*args, **kwargs)
        return revision

    @property
    def preview_modes(self) -> list[tuple[str, str]]:
        """Wagtail's previews: the public page without and with a place, and in each language."""
        from leistungen.vorschau import MODI  # noqa: PLC0415 - views import models

        return list(MODI)

    def serve_preview(self, request: Any, mode_name: str) -> TemplateResponse:
        """Return the public page of this draft."""
        from leistungen.vorschau import render_leistung  # noqa: PLC0415 - views import models

        return render_leistung(request, self, mode_name)
