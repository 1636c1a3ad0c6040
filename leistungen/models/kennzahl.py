"""What the lists and reports know of a service's texts, one row each; computed, never edited."""

from __future__ import annotations

from django.db import models

from behoerden.models import Behoerde
from leistungen.models.leistung import Leistung


class Leistungskennzahl(models.Model):
    """Figures of what the editors saved last, draft or not, so that a list can filter by them.

    Written by `leistungen.listen.kennzahlen` alone. Everything but `geprueft_am` can be computed
    again at any time; that one is a copy of the newest `Pruefung` of the upper app.
    """

    leistung = models.OneToOneField(
        Leistung, models.CASCADE, primary_key=True, related_name="kennzahl"
    )
    lix = models.FloatField("Lesbarkeit (LIX)", null=True)
    amstad = models.FloatField("Lesbarkeit (Amstad)", null=True)
    muss_count = models.PositiveIntegerField("Fehler", default=0)
    soll_count = models.PositiveIntegerField("Hinweise", default=0)
    muss_seit = models.DateField("Fehler seit", null=True)
    # Rule → number of findings.
    regeln = models.JSONField("Befunde je Regel", default=dict)
    # Language → part → stand of the translation (`leistungen.domain.uebersetzung.Stand`).
    uebersetzungen = models.JSONField("Stand der Übersetzungen", default=dict)
    veraltet_en = models.PositiveIntegerField("Englisch veraltet", default=0)
    veraltet_de_simple = models.PositiveIntegerField("Leichte Sprache veraltet", default=0)
    fehlt_en = models.PositiveIntegerField("Englisch fehlt", default=0)
    fehlt_de_simple = models.PositiveIntegerField("Leichte Sprache fehlt", default=0)
    # The day the oldest stale German text changed; None if nothing is stale.
    veraltet_seit = models.DateField("veraltet seit", null=True)
    # What the latest draft says, before it is public.
    naechste_pruefung = models.DateField("nächste Prüfung", null=True)
    redaktion = models.ForeignKey(
        Behoerde, models.SET_NULL, null=True, related_name="+", verbose_name="Redaktion"
    )
    geprueft_am = models.DateTimeField("geprüft am", null=True)
    ohne_stelle_count = models.PositiveIntegerField("Gemeinden ohne Stelle", default=0)
    ohne_stelle_seit = models.DateField("ohne Stelle seit", null=True)
    # None: nobody has counted yet, or a rule has changed since.
    stellen_berechnet_am = models.DateTimeField("Stellen gezählt am", null=True)
    inhalt_hash = models.CharField("Prüfsumme des Inhalts", max_length=64)
    berechnet_am = models.DateTimeField("berechnet am")

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = "Kennzahlen einer Leistung"
        verbose_name_plural = "Kennzahlen der Leistungen"
        ordering = ("leistung",)

    def __str__(self) -> str:
        return f"Kennzahlen zu {self.leistung_id}"
