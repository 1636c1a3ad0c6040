"""The timer: publishes what is due, twice a second, until SIGTERM. `python -m … FOLDER`."""

from __future__ import annotations

import signal
import sys
import threading
import time
from pathlib import Path

import django

django.setup()

from django.db import Error as DatabaseError  # noqa: E402
from django.db import connection  # noqa: E402
from django.utils import timezone  # noqa: E402

from editorial_workflows.faellig import publish_due  # noqa: E402
from tests.faults.journal import Eintrag, Journal  # noqa: E402


def main(folder: str) -> None:
    """Run until stopped; a run that the database interrupts is followed by the next."""
    journal = Journal(Path(folder) / "zeitplan.jsonl")
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    while not stopped.wait(0.5):
        try:
            bericht = publish_due(timezone.now())
        except DatabaseError:
            connection.close()
            continue
        if bericht.veroeffentlicht:
            journal.write(Eintrag("Fällige Fassungen veröffentlicht", "", 0, time.time()))
        if bericht.fehler:
            connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
