"""One editor of the storm, a process of its own: works through the verbs that people use.

`python -m tests.faults.redaktion FOLDER NUMBER RATE SEED`, until SIGTERM. Whatever it commits is
written to its journal. When the database goes away in the middle, it looks afterwards which of
the two states is there: anything else would be a lost or a half-done edit.
"""

from __future__ import annotations

import random
import signal
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import django

django.setup()

from django.db import Error as DatabaseError  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from psycopg import errors  # noqa: E402

from behoerden.models import Behoerde  # noqa: E402
from leistungen.models import Kategorie, Leistung, Onlinedienst  # noqa: E402
from leistungen.services import (  # noqa: E402
    Bindungsangabe,
    Regelangabe,
    bind_onlinedienste,
    set_zustaendigkeiten,
)
from tests.faults.bestand import Bestand  # noqa: E402
from tests.faults.journal import ENTWURF, Eintrag, Journal  # noqa: E402

# Twenty actions a second have to come about on two cores: publishing costs about 0.1 s of one.
GEWICHTE = {
    "Entwurf": 12.0,
    "Veröffentlichung": 20.0,
    "Rücknahme": 10.0,
    "Wiederveröffentlichung": 10.0,
    "Neuanlage": 3.0,
    "Löschung": 2.0,
    "Massenlöschung": 0.5,
    "Zeitplan": 4.0,
    "Zuständigkeit geändert": 30.0,
    "Massenimport": 3.0,
    "Umbenennung der großen Behörde": 2.0,
    "Quelle geändert": 4.0,
}
MAX_SERVICES = 1500
T = TypeVar("T")
_LOST_TO_SOMEBODY = (errors.LockNotAvailable, errors.DeadlockDetected)


@dataclass(frozen=True, slots=True)
class Stand:
    """The public state of a service as this editor left it."""

    titel: str
    live: bool


class Redaktion:
    """Knows the state of its own services; nobody else edits them."""

    def __init__(self, folder: Path, number: int, seed: int) -> None:
        self.bestand = Bestand.load(folder / "bestand.json")
        self.number = number
        self.random = random.Random(f"{seed}-{number}")
        self.journal = Journal(folder / f"redaktion-{number}.jsonl")
        self.count = 0
        rows = Leistung.objects.filter(pk__in=self.bestand.leistungen[number])
        self.staende = {row.pk: Stand(row.bezeichnung_de, row.live) for row in rows}
        self.entworfen: set[int] = set()  # with a draft on top of what is public
        self.geplant: dict[int, tuple[str, float]] = {}  # id → title, when it is overdue
        self.stopped = threading.Event()

    def run(self, rate: float) -> None:
        """Act `rate` times per second until stopped; then wait for what is planned."""
        naechste = time.monotonic()
        while not self.stopped.wait(max(0.0, naechste - time.monotonic())):
            naechste = max(naechste + 1 / rate, time.monotonic() - 1)
            self.act()
        deadline = time.monotonic() + 60
        while self.geplant and time.monotonic() < deadline:
            time.sleep(0.2)
            self.look_at_planned()

    def act(self) -> None:
        """Do one thing, chosen by weight."""
        (art,) = self.random.choices(list(GEWICHTE), list(GEWICHTE.values()))
        self.count += 1
        if self.count % 10 == 0:
            self.look_at_planned()
        match art:
            case "Massenimport":
                self.importiere(art, self.random.randint(5, 60))
            case "Zuständigkeit geändert":
                self.importiere(art, 1)
            case "Umbenennung der großen Behörde" if self.number == 0:
                self.benenne_um()
            case "Quelle geändert" if self.number == 1:
                self.aendere_quelle()
            case "Neuanlage" if len(self.staende) < MAX_SERVICES:
                self.lege_an()
            case "Löschung" | "Massenlöschung":
                self.loesche(art, 5 if art == "Massenlöschung" else 1)
            case "Entwurf" | "Rücknahme" | "Wiederveröffentlichung" | "Zeitplan":
                self.bearbeite(art)
            case _:
                self.bearbeite("Veröffentlichung")

    # --- one service ----------------------------------------------------------------------------

    def bearbeite(self, art: str) -> None:
        """Edit, publish, withdraw, republish or schedule one service."""
        live = art != "Wiederveröffentlichung"
        pk = self.choose(live=live)
        if pk is None:
            return
        stand = self.staende[pk]
        if art == "Entwurf":
            self.versuche(art, pk, lambda: self.entwirf(pk), stand)
        elif art == "Rücknahme":
            neu = replace(stand, live=False)
            self.versuche(art, pk, lambda: Leistung.objects.get(pk=pk).unpublish(), neu)
        elif art == "Zeitplan":
            self.plane(pk)
        elif art == "Wiederveröffentlichung" and pk not in self.entworfen:
            neu = replace(stand, live=True)
            self.versuche(art, pk, lambda: self.veroeffentliche_wieder(pk), neu)
        else:
            neu = Stand(self.titel(), live=True)
            self.versuche(art, pk, lambda: self.veroeffentliche(pk, neu.titel), neu)

    @staticmethod
    def veroeffentliche_wieder(pk: int) -> None:
        """The text that was withdrawn comes back as it was."""
        obj = Leistung.objects.get(pk=pk)
        (obj.latest_revision or obj.save_revision()).publish()

    def entwirf(self, pk: int) -> None:
        """A draft that must never be seen."""
        self.entworfen.add(pk)
        obj = Leistung.objects.get(pk=pk).get_latest_revision_as_object()
        obj.bezeichnung_de = f"Dienst {ENTWURF}"
        obj.kurztext_de = f"<p>{ENTWURF}</p>"
        obj.save_revision()

    def veroeffentliche(self, pk: int, titel: str, go_live_at: object = None) -> None:
        """Like the editor's form: on top of the latest draft."""
        obj = Leistung.objects.get(pk=pk).get_latest_revision_as_object()
        obj.bezeichnung_de = titel
        obj.kurztext_de = f"<p>Text zu {titel}</p>"
        obj.go_live_at = go_live_at
        obj.save_revision().publish()
        if go_live_at is None:
            self.entworfen.discard(pk)

    def plane(self, pk: int) -> None:
        """Publish in a moment; `publish_due` does it."""
        titel, wann = self.titel(), timezone.now() + timedelta(seconds=self.random.uniform(0.5, 3))
        # Wagtail takes an object off the site that is planned and was never live only.
        if self.versuche(
            "Zeitplan", pk, lambda: self.veroeffentliche(pk, titel, wann), self.staende[pk]
        ):
            self.geplant[pk] = (titel, time.monotonic() + 45)

    def look_at_planned(self) -> None:
        """Note what `publish_due` has published meanwhile."""
        try:
            rows = Leistung.objects.filter(pk__in=self.geplant).values_list("pk", "bezeichnung_de")
            found = dict(rows)
        except DatabaseError:
            connection.close()
            return
        for pk, (titel, overdue) in list(self.geplant.items()):
            if found.get(pk) == titel:
                del self.geplant[pk]
                self.note("Zeitplan ausgeführt", pk, Stand(titel, live=True))
            elif time.monotonic() > overdue:
                del self.geplant[pk]
                self.note("Zeitplan", pk, self.staende[pk], fehler="geplant und nie erschienen")

    def lege_an(self) -> None:
        """A new service, published."""
        titel = self.titel()
        slug = f"neu-{self.number}-{self.count}"

        def anlegen() -> None:
            obj = Leistung(bezeichnung_de=titel, slug_de=slug, zielgruppe_codes=["001"])
            obj.save()
            obj.save_revision().publish()

        if self.versuche("Neuanlage", 0, anlegen, None):
            pk = self.read(lambda: Leistung.objects.filter(slug_de=slug).values_list("pk").first())
            if pk:
                self.note("Neuanlage", pk[0], Stand(titel, live=True))

    def loesche(self, art: str, number: int) -> None:
        """Delete services, with their rules."""
        pks = [pk for _ in range(number) if (pk := self.choose(live=None)) is not None]
        pks = sorted(set(pks))
        if not pks or len(self.staende) < 50:
            return

        def loeschen() -> None:
            set_zustaendigkeiten(leistung_ids=pks, regeln=[])
            bind_onlinedienste(leistung_ids=pks, bindungen=[])
            Leistung.objects.filter(pk__in=pks).delete()

        self.versuche(art, 0, loeschen, None)
        da = self.read(
            lambda: set(Leistung.objects.filter(pk__in=pks).values_list("pk", flat=True))
        )
        if da and da != set(pks):
            self.note(art, pks[0], self.staende[pks[0]], fehler="nur zum Teil gelöscht")
        for pk in set(pks) - da:
            self.note(art, pk, replace(self.staende[pk], live=False), da=False)

    # --- many services --------------------------------------------------------------------------

    def importiere(self, art: str, number: int) -> None:
        """Rules and Onlinedienste of a package of services, or of one."""
        frei = [pk for pk in self.staende if pk not in self.geplant]
        pks = sorted(self.random.sample(frei, min(len(frei), number)))
        b = self.bestand
        zweite = self.random.choice([None, b.kleine_behoerde])
        regeln = [Regelangabe(pk, b.gebiete[0], b.grosse_behoerde) for pk in pks]
        if zweite:
            regeln += [Regelangabe(pk, b.gebiete[1], zweite) for pk in pks]
        dienst = self.random.choice([None, *b.onlinedienste])
        bindungen = [Bindungsangabe(pk, b.gebiete[2], dienst) for pk in pks] if dienst else []

        def einspielen() -> None:
            set_zustaendigkeiten(leistung_ids=pks, regeln=regeln)
            bind_onlinedienste(leistung_ids=pks, bindungen=bindungen)

        self.versuche(art, 0, einspielen, None)

    def benenne_um(self) -> None:
        """Another name, and every second time another Behoerdenart: 1,000 documents change."""
        pk, name = self.bestand.grosse_behoerde, f"Großes Amt {self.titel()}"
        art = self.random.choice(self.bestand.arten)

        def umbenennen() -> None:
            obj = Behoerde.objects.get(pk=pk)
            obj.name_de = name
            obj.art_id = art
            obj.save_revision().publish()

        if self.versuche("Umbenennung der großen Behörde", 0, umbenennen, None):
            stand = Stand(name, live=True)
            self.note("Umbenennung der großen Behörde", pk, stand, kind="behoerde")

    def aendere_quelle(self) -> None:
        """Rename a Kategorie, or withdraw and publish an Onlinedienst."""
        name = f"Alltag {self.titel()}"
        dienst = self.random.choice(self.bestand.onlinedienste)

        def aendern() -> None:
            if self.random.random() < 0.5:
                topic = Kategorie.objects.get(pk=self.bestand.kategorie)
                topic.name_de = name
                topic.save()
                return
            obj = Onlinedienst.objects.get(pk=dienst)
            if obj.live:
                obj.unpublish()
            else:
                obj.save_revision().publish()

        self.versuche("Quelle geändert", 0, aendern, None)

    # --- trying ---------------------------------------------------------------------------------

    def versuche(self, art: str, pk: int, act: Callable[[], object], neu: Stand | None) -> bool:
        """Act in one transaction; return whether it is committed. `pk` 0: the caller looks."""
        before = self.staende.get(pk)
        try:
            with transaction.atomic():
                act()
        except DatabaseError as error:
            connection.close()
            fehler = self.judge(error)
            if fehler:
                self.note(art, pk, before, fehler=fehler)
                return False
            if not pk or neu == before:
                return False
            return self.look(art, pk, before, neu)
        if neu is not None:
            self.note(art, pk, neu)
        else:
            self.journal.write(Eintrag(art, "", 0, time.time()))
        return True

    @staticmethod
    def judge(error: DatabaseError) -> str:
        """Return what is wrong if the database was there: an editor lost to somebody, or a bug."""
        if isinstance(error.__cause__, _LOST_TO_SOMEBODY):
            return f"die Redaktion musste weichen: {error}"
        gone = (errors.AdminShutdown, errors.CrashShutdown, errors.CannotConnectNow)
        if isinstance(error.__cause__, gone) or not getattr(error.__cause__, "sqlstate", None):
            return ""
        return f"{type(error).__name__}: {error}"

    def look(self, art: str, pk: int, before: Stand | None, neu: Stand | None) -> bool:
        """The database went away: note which of the two states it is in."""
        row = self.read(
            lambda: Leistung.objects.filter(pk=pk).values_list("bezeichnung_de", "live").first()
        )
        found = Stand(*row) if row else None
        if found == neu and neu is not None:
            self.note(art, pk, neu)
            return True
        if found != before:
            self.note(art, pk, before, fehler=f"weder alt noch neu: {found}")
        return False

    def read(self, query: Callable[[], T]) -> T:
        """Return the answer of the database as soon as it is there again."""
        deadline = time.monotonic() + 60
        while True:
            try:
                return query()
            except DatabaseError:
                connection.close()
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.2)

    def note(
        self,
        art: str,
        pk: int,
        stand: Stand | None,
        *,
        kind: str = "leistung",
        da: bool = True,
        fehler: str = "",
    ) -> None:
        """Write to the journal, and remember."""
        stand = stand or Stand("", live=False)
        self.journal.write(Eintrag(art, kind, pk, time.time(), stand.titel, stand.live, da, fehler))
        if kind == "leistung" and pk and not fehler:
            if da:
                self.staende[pk] = stand
            else:
                self.staende.pop(pk, None)

    def choose(self, *, live: bool | None) -> int | None:
        """Return one of our services in this state that nothing is planned for."""
        for _ in range(30):
            pk = self.random.choice(list(self.staende))
            if pk not in self.geplant and live in {None, self.staende[pk].live}:
                return pk
        return None

    def titel(self) -> str:
        """Return a title that was never used, with a word that finds it."""
        self.count += 1
        return f"Dienst k{self.number}x{self.count}q"


def main(folder: str, number: str, rate: str, seed: str) -> None:
    """Run one editor."""
    redaktion = Redaktion(Path(folder), int(number), int(seed))
    signal.signal(signal.SIGTERM, lambda *_: redaktion.stopped.set())
    redaktion.run(float(rate))


if __name__ == "__main__":
    main(*sys.argv[1:])
