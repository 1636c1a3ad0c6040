"""What the exchange format knows about a service besides its texts, group by group.

Codes are text of versioned code lists (see `leistungen.codes`); an unknown code is kept as it is.
Names of groups and elements: XZuFi 2.3, leistung.
"""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models


def codes(label: str) -> ArrayField[Any, Any]:
    """Return a field for codes of one list, as text, in the order they were given."""
    return ArrayField(models.CharField(max_length=40), verbose_name=label, default=list, blank=True)


def code(label: str) -> models.CharField[Any, Any]:
    """Return a field for one code, empty if nothing is known."""
    return models.CharField(label, max_length=40, blank=True)


class Struktur(models.Model):
    """Where the service stands in the federal catalogue (XZuFi: struktur, typisierung)."""

    class Art(models.TextChoices):
        """Depth of the structure (XZuFi: Leistungsstruktur, xsi:type)."""

        OBJEKT = "lo", "Leistungsobjekt"
        VERRICHTUNG = "lov", "Leistungsobjekt mit Verrichtung"
        DETAIL = "lovd", "Leistungsobjekt mit Verrichtung und Detail"

    struktur_art = models.CharField(
        "Leistungsstruktur", max_length=4, choices=Art.choices, blank=True
    )
    gruppierung_code = code("Leistungsgruppierung")
    objekt_id = models.CharField("Leistungsobjekt (Kennung)", max_length=40, blank=True)
    verrichtung_code = code("Verrichtung")
    verrichtungsdetail = models.CharField("Verrichtungsdetail", max_length=250, blank=True)
    typisierung_codes = codes("Typisierung")
    detailstufe_code = code("Detaillierungsstufe")
    prozess_ids = codes("Prozesse (Kennungen)")

    class Meta:
        abstract = True


class FimStatus(models.Model):
    """State of the text in the federal process; neither our workflow nor whether it is public."""

    status_katalog_code = code("FIM-Status im Katalog")
    status_bibliothek_code = code("FIM-Status der Beschreibung")

    class Meta:
        abstract = True


class Adressaten(models.Model):
    """For whom the service is and which place decides (XZuFi: leistungsadressat, bezugsortTyp)."""

    zielgruppe_codes = codes("Zielgruppen")
    bezugsort_code = code("Bezugsort")
    bezugsort_text = models.CharField("Frage nach dem Ort", max_length=120, blank=True)
    wirtschaftszweig_codes = codes("Wirtschaftszweige")
    rechtsform_codes = codes("Rechtsformen")
    staat_codes = codes("Staaten")
    staatengruppe_codes = codes("Staatengruppen")

    class Meta:
        abstract = True


class Formalia(models.Model):
    """How an application must be made; an empty answer means nobody has said so."""

    schriftform = models.BooleanField("Schriftform nötig", null=True, blank=True)
    persoenlich = models.BooleanField("Persönliches Erscheinen nötig", null=True, blank=True)
    formlos = models.BooleanField("Formloser Antrag möglich", null=True, blank=True)
    vertrauensniveau_code = code("Vertrauensniveau")
    einheitliche_stelle_codes = codes("Einheitliche Stelle")

    class Meta:
        abstract = True


class Themen(models.Model):
    """Areas of the single digital gateway (Regulation (EU) 2018/1724, Annexes I and II)."""

    sdg1_codes = codes("SDG-Informationsbereiche")
    sdg2_codes = codes("SDG-Informationsbereiche (zweite Liste)")

    class Meta:
        abstract = True


class Austausch(models.Model):
    """Identity in the exchange format; what our model cannot hold is kept and written back."""

    xzufi_id = models.CharField("XZuFi-Kennung", max_length=80, blank=True, editable=False)
    xzufi_agency = models.CharField("XZuFi-Redaktion", max_length=80, blank=True, editable=False)
    xzufi_rest = models.JSONField("XZuFi-Rest", default=dict, blank=True, editable=False)

    class Meta:
        abstract = True
