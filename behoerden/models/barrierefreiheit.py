"""What is known about getting into a building and being understood there."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import models

# Field → what citizens and editors read; the order of the page.
MERKMALE: Mapping[str, str] = {
    "stufenlos": "stufenloser Zugang",
    "aufzug": "Aufzug",
    "tuerbreite": "Türen mindestens 90 cm breit",
    "wc": "WC für alle",
    "parkplatz": "Behindertenparkplatz",
    "induktion": "Induktionsschleife",
    "leitsystem": "Leitsystem für blinde Menschen",
    "dgs": "Deutsche Gebärdensprache auf Anfrage",
    "leichte_sprache": "Beratung in Leichter Sprache",
    "assistenzhund": "Assistenzhunde willkommen",
}


class Angabe(models.TextChoices):
    """An answer about a building; unknown is not "no"."""

    KEINE = "keine_angabe", "keine Angabe"
    JA = "ja", "ja"
    NEIN = "nein", "nein"


def _merkmal(name: str) -> models.CharField[str, str]:
    return models.CharField(
        MERKMALE[name], max_length=12, choices=Angabe.choices, default=Angabe.KEINE
    )


class Barrierefreiheit(models.Model):
    """Ten features, each yes, no or unknown (XZuFi has no element for most of them)."""

    stufenlos = _merkmal("stufenlos")
    aufzug = _merkmal("aufzug")
    tuerbreite = _merkmal("tuerbreite")
    wc = _merkmal("wc")
    parkplatz = _merkmal("parkplatz")
    induktion = _merkmal("induktion")
    leitsystem = _merkmal("leitsystem")
    dgs = _merkmal("dgs")
    leichte_sprache = _merkmal("leichte_sprache")
    assistenzhund = _merkmal("assistenzhund")
    geprueft_am = models.DateField("vor Ort geprüft am", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def merkmale(self) -> tuple[tuple[str, str], ...]:
        """All features with their answers in words; () if nothing at all is known."""
        werte = [(text, Angabe(getattr(self, name)).label) for name, text in MERKMALE.items()]
        bekannt = any(wert != Angabe.KEINE.label for _, wert in werte)
        return tuple((text, str(wert)) for text, wert in werte) if bekannt else ()
