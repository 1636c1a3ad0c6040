"""What goes wrong, by name; each function returns when the cause is gone again."""

from __future__ import annotations

import random
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from elasticsearch import ApiError, Elasticsearch

from tests.faults.arbeiter import SLOTS, Arbeiter
from tests.faults.dienste import EigeneDienste, python
from tests.faults.journal import ALIAS
from tests.faults.proxy import Art, Phase, Proxy, Stoerung

REBUILD_PATIENCE_SECONDS = 240
CONFLICT_PATIENCE_SECONDS = 60  # the lease of a worker killed before may have to end


@dataclass
class Buehne:
    """Everything a fault may touch. `tempo` below 1 shortens how long faults last."""

    dienste: EigeneDienste
    proxy: Proxy
    arbeiter: Arbeiter
    folder: Path
    env: dict[str, str]
    random: random.Random
    konflikt: int  # the service whose document is refused at times
    tempo: float = 1.0
    ergebnisse: Counter[str] = field(default_factory=Counter)
    verletzungen: list[str] = field(default_factory=list)
    direct: Elasticsearch | None = None


def arbeiter_vor(b: Buehne) -> None:
    """Killed with the request on the wire, which never reaches the server."""
    _note_kill(b, b.arbeiter.kill_at_bulk(Phase.VOR, 8))


def arbeiter_waehrend(b: Buehne) -> None:
    """Killed while the server works on the request."""
    _note_kill(b, b.arbeiter.kill_at_bulk(Phase.WAEHREND, 8))


def arbeiter_nach(b: Buehne) -> None:
    """Killed when the server is done and the worker does not know it yet."""
    _note_kill(b, b.arbeiter.kill_at_bulk(Phase.NACH, 8))


def arbeiter_irgendwo(b: Buehne) -> None:
    """Killed anywhere."""
    time.sleep(b.random.random())
    b.arbeiter.kill_one()
    b.ergebnisse["Arbeiter getötet: irgendwo"] += 1


def arbeiter_zahl(b: Buehne) -> None:
    """Another number of workers."""
    b.arbeiter.wanted = b.random.choice([n for n in range(2, SLOTS + 1) if n != b.arbeiter.wanted])


def elasticsearch_getoetet(b: Buehne) -> None:
    """SIGKILL, a moment of nothing, start."""
    b.dienste.kill("elasticsearch", signal.SIGKILL)
    time.sleep(b.random.uniform(0, 3) * b.tempo)
    b.dienste.revive()


def elasticsearch_angehalten(b: Buehne) -> None:
    """SIGSTOP for 20 s: connections open, no answer."""
    b.dienste.freeze()
    time.sleep(20 * b.tempo)
    b.dienste.thaw()


def postgres_neustart(b: Buehne) -> None:
    """The usual restart: running transactions are cut off."""
    b.dienste.kill("postgres", signal.SIGINT)
    b.dienste.revive()


def postgres_getoetet(b: Buehne) -> None:
    """SIGKILL of the postmaster: recovery from the write-ahead log."""
    b.dienste.kill("postgres", signal.SIGKILL)
    b.dienste.revive()


def netz(art: Art, seconds: float = 4.0, **facts: float | bool) -> Callable[[Buehne], None]:
    """Return a fault of the proxy that lasts some seconds."""

    def stoere(b: Buehne) -> None:
        fault = Stoerung(art, **facts)  # type: ignore[arg-type]
        before = b.proxy.gezaehlt[art]
        b.proxy.stoerung = fault
        end = time.monotonic() + seconds * b.tempo
        # Something must have been hit: a fault that nobody met proves nothing.
        while time.monotonic() < end or (
            b.proxy.gezaehlt[art] == before and time.monotonic() < end + 15
        ):
            time.sleep(0.05)
        b.proxy.stoerung = None

    return stoere


def index_schreibgeschuetzt(b: Buehne) -> None:
    """The real block that a full disk or an operator sets."""
    direct = b.direct or Elasticsearch(b.dienste.elasticsearch_url, request_timeout=10)
    b.direct = direct
    try:
        _block(direct, "true")
        time.sleep(4 * b.tempo)
    finally:
        _block(direct, None)


def konflikt(b: Buehne) -> None:
    """One document has a field that no mapping knows: refused, with the engine's reason."""
    from tests.faults import konflikt as service  # needs Django, which is set up by now

    b.proxy.konflikte = frozenset({str(b.konflikt)})
    service.change(b.konflikt, "Dienst mit Konflikt")
    end = time.monotonic() + CONFLICT_PATIENCE_SECONDS
    while "400" not in (reason := service.refusal(b.konflikt)) and time.monotonic() < end:
        time.sleep(0.1)
    if "400" not in reason:
        b.verletzungen.append(f"ein abgelehntes Dokument ist nicht als solches zu sehen: {reason}")
    b.proxy.konflikte = frozenset()
    service.change(b.konflikt, "Dienst ohne Konflikt")


def neuaufbau(b: Buehne) -> None:
    """A rebuild under load, to its end."""
    _rebuild(b, None)


def neuaufbau_abgebrochen(b: Buehne) -> None:
    """A rebuild killed at a random moment, and started again at once."""
    _rebuild(b, b.random.uniform(2.5, 6.0))  # the first two seconds are imports
    _rebuild(b, None)


def neuaufbau_zurueck(b: Buehne) -> None:
    """Back to the predecessor, under load."""
    _rebuild(b, None, "--rollback")


def _rebuild(b: Buehne, kill_after: float | None, *options: str) -> None:
    kind = b.random.choice(["leistung", "leistung", "behoerde"])
    name = "Rückkehr" if options else "Neuaufbau"
    process = python(
        *("manage.py", "rebuild_index", "--kind", kind, *options),
        env=b.env,
        log=b.folder / "neuaufbau.log",
    )
    try:
        code = process.wait(kill_after if kill_after else REBUILD_PATIENCE_SECONDS)
        b.ergebnisse[f"{name}: {'umgeschaltet' if code == 0 else 'alter Index bleibt'}"] += 1
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        b.ergebnisse[f"{name}: {'getötet' if kill_after else 'hängt'}"] += 1


def _block(direct: Elasticsearch, value: str | None) -> None:
    for kind in ("leistung", "behoerde"):
        for _ in range(20):
            try:
                direct.indices.put_settings(
                    index=f"{ALIAS}-{kind}*", settings={"index.blocks.write": value}
                )
                break
            except ApiError:
                time.sleep(0.5)


def _note_kill(b: Buehne, where: str) -> None:
    b.ergebnisse[f"Arbeiter getötet: {where}"] += 1


STOERUNGEN: dict[str, Callable[[Buehne], None]] = {
    "Arbeiter getötet vor dem Senden": arbeiter_vor,
    "Arbeiter getötet während des Sendens": arbeiter_waehrend,
    "Arbeiter getötet nach dem Senden": arbeiter_nach,
    "Arbeiter getötet irgendwo": arbeiter_irgendwo,
    "Zahl der Arbeiter geändert": arbeiter_zahl,
    "Elasticsearch kill -9": elasticsearch_getoetet,
    "Elasticsearch SIGSTOP": elasticsearch_angehalten,
    "Elasticsearch 429": netz(Art.ABGELEHNT_429),
    "Elasticsearch 429 je Dokument": netz(Art.STUECKE_429, nur_bulk=True),
    "Elasticsearch 503": netz(Art.ABGELEHNT_503),
    "Verbindung reißt vorher": netz(Art.ABRISS_VORHER, anteil=0.6),
    "Verbindung reißt nachher": netz(Art.ABRISS_NACHHER, anteil=0.6),
    "Doppelt ausgeführt": netz(Art.DOPPELT, nur_bulk=True),
    "Verspätet ausgeführt": netz(Art.VERSPAETET, nur_bulk=True, anteil=0.7, sekunden=6.0),
    "Antworten langsam": netz(Art.LANGSAM, seconds=8, sekunden=1.5),
    "Antworten bleiben aus": netz(Art.STUMM, seconds=8, sekunden=8.0),
    "Index nur lesbar (Antwort)": netz(Art.NUR_LESEN, nur_bulk=True),
    "Index nur lesbar (Einstellung)": index_schreibgeschuetzt,
    "PostgreSQL Neustart": postgres_neustart,
    "PostgreSQL kill -9": postgres_getoetet,
    "Ein Dokument passt nicht zum Schema": konflikt,
    "Neuaufbau unter Last": neuaufbau,
    "Neuaufbau getötet und wiederholt": neuaufbau_abgebrochen,
    "Rückkehr zum Vorgänger": neuaufbau_zurueck,
}

# In this order within half a minute: one of each family, killed workers first, because their
# rows wait for the end of the lease.
KURZ = (
    "Ein Dokument passt nicht zum Schema",
    "Arbeiter getötet vor dem Senden",
    "Arbeiter getötet während des Sendens",
    "Arbeiter getötet nach dem Senden",
    "Verbindung reißt nachher",
    "PostgreSQL kill -9",
    "Elasticsearch 503",
    "Neuaufbau getötet und wiederholt",
    "Elasticsearch SIGSTOP",
    "Doppelt ausgeführt",
    "Elasticsearch 429 je Dokument",
    "Elasticsearch kill -9",
)
