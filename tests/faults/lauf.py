"""One run: own services, storm, faults, calm, proof."""

from __future__ import annotations

import contextlib
import logging
import os
import random
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

from tests.faults.arbeiter import Arbeiter
from tests.faults.bericht import Ergebnis
from tests.faults.dienste import EigeneDienste, python
from tests.faults.erholung import Erholung, Vorfall
from tests.faults.journal import ALIAS, Leser
from tests.faults.proxy import Proxy
from tests.faults.stoerungen import KURZ, STOERUNGEN, Buehne

REDAKTIONEN = 3
SERVICES = 1000
RATE = 26.0  # actions per second asked for
MIN_RATE = 20.0  # what a run on two free cores has to reach; said if it does not
RATE_SHORT = 12.0  # the machine is busy with restarts most of that half minute
START_SECONDS = 120.0
BACKOFF_SECONDS = 400.0  # the longest pause of a row is 300 s, with jitter 375 s


@dataclass(frozen=True)
class Auftrag:
    """What to do: `kurz` runs each fault of the short list once, else at random for `minuten`."""

    seed: int
    minuten: float
    kurz: bool = False
    keep: bool = False


class Lauf:
    """Holds the processes of a run."""

    def __init__(self, auftrag: Auftrag) -> None:
        self.auftrag = auftrag
        self.random = random.Random(auftrag.seed)
        self.ergebnis = Ergebnis(auftrag.seed, auftrag.minuten)
        self.dienste = EigeneDienste()
        self.folder = Path(tempfile.mkdtemp(prefix="zufichaos-"))
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def run(self) -> Ergebnis:
        """Everything from the first server to the proof; nothing runs afterwards."""
        try:
            _say("eigene Dienste starten …")
            self.dienste.start()
            self._storm()
        finally:
            for process in self.processes.values():
                process.kill()
                process.wait()
            with contextlib.suppress(Exception):
                self.arbeiter.stop()
            self.dienste.stop(keep=self.auftrag.keep)
        return self.ergebnis

    # --- the storm ------------------------------------------------------------------------------

    def _storm(self) -> None:
        self.env = {
            "DJANGO_SETTINGS_MODULE": "zufi.settings.dev",
            "DEBUG": "0",
            "DATABASE_URL": self.dienste.database_url,
            "SEARCH_INDEX_PREFIX": ALIAS,
            "PYTHONWARNINGS": "ignore",
        }
        self.proxy = Proxy(self.dienste.elasticsearch_port, self.auftrag.seed)
        proxied = self.env | {
            "ELASTICSEARCH_URL": f"http://127.0.0.1:{self.proxy.listen('andere')}"
        }
        os.environ.update(self.env | {"ELASTICSEARCH_URL": self.dienste.elasticsearch_url})
        django.setup()
        logging.getLogger().setLevel(logging.ERROR)
        self.arbeiter = Arbeiter(self.proxy, self.env, self.folder, self.auftrag.seed)
        self.arbeiter.start()
        bestand = self._build()
        buehne = Buehne(
            self.dienste,
            self.proxy,
            self.arbeiter,
            self.folder,
            proxied,
            self.random,
            konflikt=bestand.konflikt,
            tempo=0.3 if self.auftrag.kurz else 1.0,
        )
        erholung = Erholung(self.dienste.database_url, bestand.konflikt)
        self._start_people(proxied)
        self._wait_for_editors()
        began = time.monotonic()
        _say("Sturm …")
        try:
            self._disturb(buehne, erholung)
        finally:
            self.proxy.stoerung = None
            self.dienste.thaw()
            self.dienste.revive()
        self._stop_editors()
        self.ergebnis.sekunden = time.monotonic() - began
        self._calm()
        erholung.wait()
        self.ergebnis.getroffen = self.proxy.gezaehlt
        self.ergebnis.ergebnisse = buehne.ergebnisse
        self.ergebnis.verletzungen += buehne.verletzungen
        self.proxy.close()

    def _build(self) -> Any:
        from search.config import DOKUMENT_KINDS
        from search.rebuild import rebuild
        from tests.faults.bestand import build

        bestand = build(redaktionen=REDAKTIONEN, services=SERVICES)
        bestand.save(self.folder / "bestand.json")
        for kind in DOKUMENT_KINDS:
            rebuild(kind, lambda _: None)
        return bestand

    def _start_people(self, proxied: dict[str, str]) -> None:
        folder, direct = str(self.folder), self.dienste.elasticsearch_url
        rate = (RATE_SHORT if self.auftrag.kurz else RATE) / REDAKTIONEN
        people = {
            f"redaktion-{n}": (folder, str(n), str(rate), str(self.auftrag.seed))
            for n in range(REDAKTIONEN)
        }
        people |= {"zeitplan": (folder,), "leser": (folder, direct), "uhr": (folder, direct)}
        for name, arguments in people.items():
            module = f"tests.faults.{name.partition('-')[0]}"
            self.processes[name] = python(
                "-m", module, *arguments, env=proxied, log=self.folder / f"{name}.log"
            )

    def _wait_for_editors(self) -> None:
        """Each has done something: they are at work before anything breaks."""
        journals = [self.folder / f"redaktion-{n}.jsonl" for n in range(REDAKTIONEN)]
        end = time.monotonic() + START_SECONDS
        while not all(path.exists() and path.stat().st_size for path in journals):
            self._watch_people()
            if time.monotonic() > end:
                raise RuntimeError("the editors did not start")
            time.sleep(0.1)

    def _disturb(self, buehne: Buehne, erholung: Erholung) -> None:
        end = time.monotonic() + self.auftrag.minuten * 60
        names = list(KURZ) if self.auftrag.kurz else []
        while names or (not self.auftrag.kurz and time.monotonic() < end):
            if not self.auftrag.kurz:
                if not names:  # every kind comes round before one is repeated
                    names = self.random.sample(sorted(STOERUNGEN), len(STOERUNGEN))
                time.sleep(self.random.uniform(1, 8))
            vorfall = Vorfall(names.pop(0), time.time())
            self.ergebnis.vorfaelle.append(vorfall)
            STOERUNGEN[vorfall.name](buehne)
            vorfall.ende = time.time()
            erholung.watch(vorfall)
            _say(f"  {vorfall.name}: {vorfall.ende - vorfall.beginn:.1f} s")
            self._watch_people()

    # --- the end --------------------------------------------------------------------------------

    def _watch_people(self) -> None:
        for name, process in self.processes.items():
            if process.poll() is not None:
                tail = (self.folder / f"{name}.log").read_text()[-1500:]
                raise RuntimeError(f"{name} endete mit {process.returncode}:\n{tail}")

    def _stop_editors(self) -> None:
        _say("Ruhe …")
        editors = [name for name in self.processes if name.startswith("redaktion")]
        for name in editors:
            self.processes[name].send_signal(signal.SIGTERM)
        for name in editors:
            self._expect_end(name, 90)
        self._end("zeitplan")

    def _calm(self) -> None:
        from django.db import connection

        from tests.faults import pruefung

        connection.close()  # it may be one to a server that was killed since
        limit = 60.0 if self.auftrag.kurz else BACKOFF_SECONDS
        self.ergebnis.abschluss = pruefung.wait_until_settled(limit)
        if self.ergebnis.abschluss is None:
            self._violation("es ist noch etwas offen")
        time.sleep(1.5)  # the last refresh, for the clock
        for name in ("leser", "uhr"):
            self._end(name)
        self.arbeiter.stop()
        for fehler in self.arbeiter.fehler:
            self._violation(fehler)
        self.ergebnis.drift = pruefung.drift()
        for name, number in self.ergebnis.drift.items():
            if number and name != "checked":
                self._violation(f"check_index --deep: {name} = {number}")
        for words in pruefung.differences(self.folder, self.dienste.elasticsearch_url):
            self._violation(words)
        self._judge_people()

    def _judge_people(self) -> None:
        actions = 0
        for pattern in ("redaktion-*.jsonl", "leser.jsonl", "zeitplan.jsonl"):
            for eintrag in Leser(self.folder, pattern).new():
                actions += pattern.startswith("redaktion") and not eintrag.fehler
                if eintrag.fehler:
                    self._violation(f"{eintrag.art} {eintrag.kind} {eintrag.id}: {eintrag.fehler}")
        if not self.auftrag.kurz and actions < MIN_RATE * self.ergebnis.sekunden:
            _say(f"  nur {actions / self.ergebnis.sekunden:.1f} Handlungen je Sekunde")

    def _end(self, name: str) -> None:
        self.processes[name].send_signal(signal.SIGTERM)
        self._expect_end(name, 20)

    def _expect_end(self, name: str, patience: float) -> None:
        try:
            code = self.processes[name].wait(patience)
        except subprocess.TimeoutExpired:
            code = -1
        if code:
            tail = (self.folder / f"{name}.log").read_text()[-1500:]
            self._violation(f"{name} endete mit {code}: {tail}")

    def _violation(self, words: str) -> None:
        self.ergebnis.verletzungen.append(words)


def _say(words: str) -> None:
    print(f"{time.strftime('%H:%M:%S')} {words}", flush=True)  # noqa: T201 - this is a program
