"""The structured children of a service; each keeps its uuid through drafts and publications."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.core.validators import RegexValidator, URLValidator
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from leistungen.models.angaben import code
from leistungen.models.leistung import Leistung
from leistungen.models.zeilen import (
    DauerZeile,
    FristZeile,
    GebuehrZeile,
    UnterlageZeile,
    Zeile,
    dauer_checks,
    frist_checks,
    gebuehr_checks,
)
from zufi.common.fields import zeitraum_check

_WEB = URLValidator(
    schemes=["http", "https"],
    message="Geben Sie eine Adresse ein, die mit https:// oder http:// beginnt.",
)


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


class Frist(FristZeile):
    """A deadline of the service (XZuFi: modulFrist)."""

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="fristen")

    class Meta(FristZeile.Meta):
        verbose_name = "Frist"
        verbose_name_plural = "Fristen"
        constraints: ClassVar = [zeitraum_check("frist"), *frist_checks("frist")]


class Bearbeitungsdauer(DauerZeile):
    """How long the authority usually needs (XZuFi: modulBearbeitungsdauer)."""

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="bearbeitungsdauern")

    class Meta(DauerZeile.Meta):
        verbose_name = "Bearbeitungsdauer"
        verbose_name_plural = "Bearbeitungsdauern"
        constraints: ClassVar = [
            zeitraum_check("bearbeitungsdauer"),
            *dauer_checks("bearbeitungsdauer"),
        ]


class Gebuehr(GebuehrZeile):
    """A cost of the service (XZuFi: modulKosten)."""

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="gebuehren")

    class Meta(GebuehrZeile.Meta):
        verbose_name = "Kosten"
        verbose_name_plural = "Kosten"
        constraints: ClassVar = [zeitraum_check("gebuehr"), *gebuehr_checks("gebuehr")]


class Unterlage(UnterlageZeile):
    """A document of the service (XZuFi: modulDokument)."""

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="unterlagen")

    class Meta(UnterlageZeile.Meta):
        verbose_name = "Unterlage"
        verbose_name_plural = "Unterlagen"
        constraints: ClassVar = [zeitraum_check("unterlage")]


class Begriff(Zeile):
    """A word under which citizens look for the service (XZuFi: modulBegriffImKontext)."""

    class Typ(models.TextChoices):
        """Kind of term; codes of the XZuFi list."""

        SYNONYM = "001", "Synonym"
        UMGANGSSPRACHE = "002", "Umgangssprache"
        FACHBEGRIFF = "003", "Fachbegriff"
        SONSTIGES = "999", "Sonstiges"

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="begriffe")
    begriff = models.CharField("Begriff", max_length=120, blank=True)
    typ = models.CharField("Art", max_length=3, choices=Typ.choices, default=Typ.SYNONYM)
    quelle = models.CharField("Woher", max_length=120, blank=True)

    class Meta(Zeile.Meta):
        verbose_name = "Begriff"
        verbose_name_plural = "Begriffe"

    def __str__(self) -> str:
        return str(self.begriff_de or self.begriff_en)


class Rechtsgrundlage(Zeile):
    """A law the service rests on."""

    class Ebene(models.TextChoices):
        """Who made the law."""

        EU = "eu", "Europäische Union"
        BUND = "bund", "Bund"
        LAND = "land", "Land"
        KOMMUNE = "kommune", "Kommune"

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="rechtsgrundlagen")
    norm = models.CharField("Gesetz", max_length=250)
    url = models.URLField("Adresse", max_length=500, blank=True, validators=[_WEB])
    ebene = models.CharField("Ebene", max_length=8, choices=Ebene.choices, blank=True)
    text = models.CharField("Erläuterung", max_length=250, blank=True)
    beobachten = models.BooleanField("auf Änderungen beobachten", default=False)

    class Meta(Zeile.Meta):
        verbose_name = "Rechtsgrundlage"
        verbose_name_plural = "Rechtsgrundlagen"

    def __str__(self) -> str:
        return self.norm


class Modullink(Zeile):
    """A link that belongs to one text module (XZuFi: weiterfuehrenderLink)."""

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="modullinks")
    modul_code = models.CharField("Abschnitt", max_length=8, default="15")
    sprache = models.CharField("Sprache des Ziels", max_length=12, default="de")
    url = models.URLField("Adresse", max_length=500, validators=[_WEB])
    titel = models.CharField("Linktext", max_length=250)
    beschreibung = models.CharField("Erläuterung", max_length=250, blank=True)

    class Meta(Zeile.Meta):
        verbose_name = "Link"
        verbose_name_plural = "Links"

    def __str__(self) -> str:
        return str(self.titel_de)


class VerwandteLeistung(Orderable):
    """Another service of interest to the same citizen."""

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="verwandte")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    andere = models.ForeignKey(
        Leistung, models.CASCADE, related_name="verwandt_mit", verbose_name="Leistung"
    )

    class Meta(Orderable.Meta):
        verbose_name = "Verwandte Leistung"
        verbose_name_plural = "Verwandte Leistungen"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["leistung", "andere"],
                name="verwandteleistung_einmal",
                violation_error_message="Diese Leistung ist schon genannt.",
            ),
            models.CheckConstraint(
                name="verwandteleistung_andere",
                condition=~models.Q(leistung=models.F("andere")),
                violation_error_message="Eine Leistung ist nicht mit sich selbst verwandt.",
            ),
        ]


class Freigabe(Zeile):
    """Who approved the content, when (XZuFi: modulFachlicheFreigabe)."""

    class Art(models.TextChoices):
        """What was approved."""

        METHODISCH = "methodisch", "methodisch"
        FACHLICH = "fachlich", "fachlich"

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="freigaben")
    am = models.DateField("freigegeben am")
    durch = models.CharField("freigegeben durch", max_length=250, blank=True)
    art = models.CharField("Art", max_length=12, choices=Art.choices, default=Art.FACHLICH)
    status_code = code("FIM-Status")

    class Meta(Zeile.Meta):
        verbose_name = "Freigabe"
        verbose_name_plural = "Freigaben"


class Modulangabe(Zeile):
    """A text module that differs by channel, or one of our own (XZuFi 2.3: Zugangskanal)."""

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="modulangaben")
    modul_code = models.CharField("Abschnitt", max_length=8)
    zugangskanal_code = code("Zugangskanal")
    abweichender_titel = models.CharField("Überschrift", max_length=120, blank=True)
    inhalt = RichTextField("Text", blank=True)

    class Meta(Zeile.Meta):
        verbose_name = "Text für einen Zugangskanal"
        verbose_name_plural = "Texte für Zugangskanäle"


class Ursprungsportal(Orderable):
    """Where the text was first published (XZuFi: modulUrsprungsportal)."""

    leistung = ParentalKey(Leistung, on_delete=models.CASCADE, related_name="ursprungsportale")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False)
    sprache = models.CharField("Sprache", max_length=12, default="de")
    url = models.URLField("Adresse", max_length=500, validators=[_WEB])
    titel_im_portal = models.CharField("Titel", max_length=250, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = "Ursprungsportal"
        verbose_name_plural = "Ursprungsportale"
