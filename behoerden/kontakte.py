"""Contact persons: who may be shown, and the day on which their data are deleted."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from wagtail.models import Revision

from behoerden.models import Behoerde, Kontaktperson
from zufi.common.changes import announce

logger = logging.getLogger(__name__)
FELD = "kontaktpersonen"  # key of the persons in the content of a revision
BATCH_SIZE = 200


@dataclass(frozen=True, slots=True)
class KontaktpersonDaten:
    """A person citizens may see; `zeile` is what a card shows of it."""

    uuid: UUID
    behoerde_id: int
    name: str
    funktion: str = ""
    raum: str = ""
    telefon: str = ""
    email: str = ""

    @property
    def zeile(self) -> str:
        """Name, task, room and telephone in one line."""
        raum = f"Raum {self.raum}" if self.raum else ""
        telefon = f"Telefon {self.telefon}" if self.telefon else ""
        return ", ".join(teil for teil in (self.name, self.funktion, raum, telefon) if teil)


def kontaktperson_fuer(uuids: Iterable[UUID], stichtag: date) -> dict[UUID, KontaktpersonDaten]:
    """Return those of these persons that may be shown on this day; one query for any number.

    Left out are persons that are not to be published, whose day of deletion has come, who are no
    longer there, or whose authority citizens do not see.
    """
    gesucht = set(uuids)
    if not gesucht:
        return {}
    rows = Kontaktperson.objects.filter(
        uuid__in=gesucht,
        veroeffentlichen=True,
        loeschen_am__gt=stichtag,
        behoerde__in=Behoerde.objects.sichtbar_am(stichtag),
    )
    return {row.uuid: kontaktperson_daten(row) for row in rows}


def kontaktperson_daten(person: Kontaktperson) -> KontaktpersonDaten:
    """Return the person as a plain value."""
    return KontaktpersonDaten(
        uuid=person.uuid,
        behoerde_id=person.behoerde_id,
        name=person.anzeigename,
        funktion=person.funktion_de,
        raum=person.raum,
        telefon=person.telefon,
        email=person.email,
    )


def is_zeigbar(person: Kontaktperson, stichtag: date) -> bool:
    """Whether citizens may see this person of a visible authority."""
    return bool(person.veroeffentlichen) and person.loeschen_am > stichtag


@dataclass(frozen=True, slots=True)
class Loeschbericht:
    """How much was deleted: persons of authorities, and their copies in stored revisions."""

    personen: int
    fassungen: int
    behoerden: tuple[int, ...]


def purge_kontaktpersonen(stichtag: date, *, dry_run: bool = False) -> Loeschbericht:
    """No person whose day of deletion is this day or before is stored any more.

    Live rows and every revision of every authority are cleaned, in one transaction, and the
    authorities announced. What counts is the day the editors named last: that of the latest
    revision, else of the live row, else of the old revision itself. Logged are numbers and ids,
    never names.
    """
    with transaction.atomic():
        tage = _days_of_deletion()
        faellig = [
            (pk, behoerde_id)
            for pk, behoerde_id, uuid in Kontaktperson.objects.values_list(
                "pk", "behoerde_id", "uuid"
            )
            if tage[str(uuid)] <= stichtag.isoformat()
        ]
        fassungen, entfernt, betroffen = _clean_revisions(tage, stichtag, dry_run=dry_run)
        ids = sorted({behoerde_id for _, behoerde_id in faellig} | betroffen)
        if not dry_run:
            Kontaktperson.objects.filter(pk__in=[pk for pk, _ in faellig]).delete()
            announce("behoerde", ids)
            logger.info(
                "deleted %d contact persons and %d copies in %d revisions of authorities %s",
                len(faellig), entfernt, fassungen, ids,
            )  # fmt: skip
    return Loeschbericht(len(faellig), entfernt, tuple(ids))


def _revisions() -> Any:
    return Revision.objects.filter(
        content_type=ContentType.objects.get_for_model(Behoerde, for_concrete_model=False),
        content__contains={FELD: [{}]},  # any person at all
    )


def _days_of_deletion() -> dict[str, str]:
    """Per uuid the day (ISO) the editors named last, of persons that are live or drafted."""
    rows = Kontaktperson.objects.values_list("uuid", "loeschen_am")
    tage = {str(uuid): tag.isoformat() for uuid, tag in rows}
    neueste = Behoerde.objects.filter(latest_revision__isnull=False).values("latest_revision_id")
    for inhalt in _revisions().filter(pk__in=neueste).values_list("content", flat=True):
        tage |= {person["uuid"]: person["loeschen_am"] for person in inhalt[FELD] if _day(person)}
    return tage


def _clean_revisions(
    tage: Mapping[str, str], stichtag: date, *, dry_run: bool
) -> tuple[int, int, set[int]]:
    """Return how many revisions and entries, and of which authorities."""
    grenze = stichtag.isoformat()
    geaendert: list[Revision] = []
    entfernt = 0
    for revision in _revisions().select_for_update(of=("self",)).order_by("pk"):
        personen = revision.content[FELD]
        bleiben = [
            person
            for person in personen
            if (tage.get(person["uuid"]) or _day(person) or grenze) > grenze
        ]
        if len(bleiben) < len(personen):
            entfernt += len(personen) - len(bleiben)
            revision.content = {**revision.content, FELD: bleiben}
            geaendert.append(revision)
    if not dry_run:
        Revision.objects.bulk_update(geaendert, ["content"], batch_size=BATCH_SIZE)
    return len(geaendert), entfernt, {int(revision.object_id) for revision in geaendert}


def _day(person: Mapping[str, Any]) -> str:
    """The day in a stored revision; an unfinished draft may have none."""
    return str(person.get("loeschen_am") or "")
