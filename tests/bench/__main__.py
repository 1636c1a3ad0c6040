"""Run all benchmarks and print one table; `make bench` calls it.

Every part runs in a process of its own: its peak of memory is its own, and its database too. What
is about size runs in a scratch database of generated data beside the configured one; the search
runs on the configured database, because the index belongs to it.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from urllib.parse import urlsplit, urlunsplit

from zufi.settings import env


@dataclass(frozen=True)
class Bestand:
    """A scratch database beside the configured one: suffix of its name, and what it holds."""

    suffix: str
    seed: tuple[str, ...] = ()


GROSS = Bestand("scale")
ABGLEICH = Bestand(
    "abgleich",
    ("--leistungen", "17000", "--behoerden", "3000", "--zustaendigkeiten", "60000"),
)

# Part → title of its lines, and the scratch database it uses, if any.
TEILE: dict[str, tuple[str, Bestand | None]] = {
    "zustaendigkeit": ("Auskunft aus der Datenbank", GROSS),
    "gebiete": ("Gebiete", GROSS),
    "abdeckung": ("Abdeckung", GROSS),
    "redaktion": ("Seiten der Redaktion", GROSS),
    "listen": ("Listen und Startseite der Redaktion", GROSS),
    "abgleich": ("Abgleich mit der Suche", ABGLEICH),
    "suche": ("Öffentliche Suche (Demodaten)", None),
}


def main(names: list[str]) -> int:
    """Measure the parts named, all by default; return 1 if a target was missed, 2 on errors."""
    unknown = set(names) - set(TEILE)
    if unknown:
        print(f"Unbekannt: {', '.join(sorted(unknown))}. Es gibt: {', '.join(TEILE)}.")
        return 2
    address = env.service_url("DATABASE_URL")
    if not address:
        print("PostgreSQL läuft nicht. Starten Sie die Dienste mit »make services-up«.")
        return 2
    wanted = {name: TEILE[name] for name in names or TEILE}
    bestaende = dict.fromkeys(bestand for _title, bestand in wanted.values() if bestand)
    if any(_seed(address, bestand) for bestand in bestaende):
        return 2
    last, kerne = os.getloadavg()[0], os.cpu_count() or 1
    if last > kerne:
        print(f"Die Maschine ist beschäftigt (Last {last:.1f} auf {kerne} Kernen): Zeiten zu lang.")
    verdict = 0
    for name, (title, bestand) in wanted.items():
        print(f"\n{title}")
        verdict = max(verdict, _measure(name, _scratch(address, bestand)))
    return verdict


def _name(address: str) -> str:
    return urlsplit(address).path.lstrip("/")


def _with_name(address: str, name: str) -> str:
    return urlunsplit(urlsplit(address)._replace(path=f"/{name}"))


def _scratch(address: str, bestand: Bestand | None) -> str:
    return _with_name(address, f"{_name(address)}_{bestand.suffix}") if bestand else address


def _seed(address: str, bestand: Bestand) -> int:
    """The scratch database holds the generated data; kept for the next run."""
    name = _name(_scratch(address, bestand))
    print(f"Datenbank {name} mit Testdaten:", flush=True)
    command = [sys.executable, "manage.py", "seed_scale", "--database-name", name, *bestand.seed]
    environment = {**os.environ, "DATABASE_URL": address}
    if subprocess.run(command, env=environment, check=False).returncode == 0:
        return 0
    print("Sie wird neu angelegt.", flush=True)  # refused if it holds anything but test data
    return subprocess.run([*command, "--neu"], env=environment, check=False).returncode


def _measure(name: str, address: str) -> int:
    environment = {**os.environ, "DATABASE_URL": address}
    command = [sys.executable, "-m", "tests.bench.teil", name]
    verdict = 0
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for line in process.stdout:
            zeile = json.loads(line)
            print(zeile["text"], flush=True)
            verdict = max(verdict, int(zeile["verfehlt"]))
    if process.returncode:
        print(f"Der Teil »{name}« ist abgebrochen.")
        return 2
    return verdict


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
