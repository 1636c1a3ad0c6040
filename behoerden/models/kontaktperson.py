"""Contact persons: personal data with a last day, shown only if somebody said so."""

from __future__ import annotations

import uuid
from datetime import date
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Func, Q
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable

from behoerden.domain.kennungen import is_rufnummer
from behoerden.models.behoerde import Behoerde
from zufi.common.sprachfest import Sprachfest

MAX_MONATE = 24


# The last day the database accepts: one more than the form does, for it counts in UTC. Rows only
# move away from the limit as time goes by, so a dump can always be restored.
_SPAETESTER_TAG = Func(
    template="(CURRENT_DATE + INTERVAL '24 months 1 day')::date", output_field=models.DateField()
)


class Kontaktperson(Sprachfest, Orderable):
    """A person who answers for an authority; never called Ansprechpunkt, which is role 03.

    Other rows name a person by `uuid`, for the primary key changes when the authority is published
    again.
    """

    behoerde = ParentalKey(Behoerde, on_delete=models.CASCADE, related_name="kontaktpersonen")
    uuid = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
    anrede = models.CharField("Anrede", max_length=20, blank=True)
    titel = models.CharField("Titel", max_length=40, blank=True)
    name = models.CharField("Name", max_length=120)
    funktion = models.CharField("Aufgabe", max_length=120, blank=True)
    raum = models.CharField("Raum", max_length=40, blank=True)
    telefon = models.CharField("Telefon", max_length=40, blank=True)
    email = models.EmailField("E-Mail", blank=True)
    veroeffentlichen = models.BooleanField("veröffentlichen", default=False)
    loeschen_am = models.DateField("löschen am")

    class Meta(Orderable.Meta):
        verbose_name = "Kontaktperson"
        verbose_name_plural = "Kontaktpersonen"
        constraints: ClassVar = [
            models.CheckConstraint(
                name="kontaktperson_loeschfrist",
                condition=Q(loeschen_am__lte=_SPAETESTER_TAG),
                violation_error_message="Der Tag der Löschung liegt zu weit in der Zukunft.",
            )
        ]
        indexes: ClassVar = [
            # purge_kontaktpersonen: whose day has come
            models.Index(fields=["loeschen_am"], name="kontaktperson_loeschen_am")
        ]

    def __str__(self) -> str:
        return self.anzeigename

    @property
    def anzeigename(self) -> str:
        """Form of address, title and name."""
        return " ".join(teil for teil in (self.anrede, self.titel, self.name) if teil)

    def clean(self) -> None:
        """The day of deletion is at most 24 months ahead, and for a new person not over yet."""
        super().clean()
        fehler = {}
        heute = timezone.localdate()
        if self.loeschen_am and self.loeschen_am > spaetester_tag(heute):
            fehler["loeschen_am"] = (
                f"Der Tag darf höchstens {MAX_MONATE} Monate entfernt sein, also spätestens "
                f"{spaetester_tag(heute):%d.%m.%Y}."
            )
        if self.loeschen_am and not self.pk and self.loeschen_am <= heute:
            fehler["loeschen_am"] = "Dieser Tag ist schon vorbei. Nennen Sie einen späteren."
        if self.telefon and not is_rufnummer(self.telefon):
            fehler["telefon"] = "Geben Sie eine Rufnummer ein, zum Beispiel 0361 123456."
        if fehler:
            raise ValidationError(fehler)


def spaetester_tag(heute: date) -> date:
    """Return the last day on which data entered today may be deleted, 24 months ahead."""
    jahr = heute.year + MAX_MONATE // 12
    try:
        return heute.replace(year=jahr)
    except ValueError:  # 29 February
        return heute.replace(year=jahr, day=28)
