"""Measures from the commit of a publication until the search finds it; asks the alias directly.

`python -m tests.faults.uhr FOLDER DIRECT_URL`, until SIGTERM. A publication that was overtaken by
the next one of the same service counts from its own commit until the next one is found: what a
change had to wait is never made to look shorter by a later change.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
import time
from collections import defaultdict
from pathlib import Path

from elastic_transport import TransportError
from elasticsearch import ApiError, Elasticsearch

from tests.faults.journal import ALIAS, Eintrag, Leser

PAGE = 300
# Not a republication: its text may still be in the index from before the withdrawal.
GEMESSEN = {"Veröffentlichung", "Neuanlage"}


class Uhr:
    """Commits that are not found yet, by service, in their order."""

    def __init__(self, folder: Path, direct: str) -> None:
        self.client = Elasticsearch(direct, request_timeout=2, max_retries=0)
        self.leser = Leser(folder)
        self.target = (folder / "latenzen.jsonl").open("a", buffering=1)
        self.waiting: dict[int, list[Eintrag]] = defaultdict(list)

    def look(self) -> None:
        """Take in new commits; note those that are found now."""
        for eintrag in self.leser.new():
            if eintrag.kind != "leistung" or not eintrag.id or eintrag.fehler:
                continue
            if eintrag.art in GEMESSEN:
                self.waiting[eintrag.id].append(eintrag)
            elif eintrag.art not in {"Entwurf", "Zeitplan"}:
                self.waiting.pop(eintrag.id, None)  # withdrawn, deleted or overtaken by the plan
        ids = [pk for pk, waiting in self.waiting.items() if waiting]
        for start in range(0, len(ids), PAGE):
            page = [str(pk) for pk in ids[start : start + PAGE]]
            answer = self.client.search(
                index=f"{ALIAS}-leistung",
                body={"query": {"ids": {"values": page}}, "size": PAGE, "_source": ["anzeige"]},
            )
            now = time.time()
            for hit in answer["hits"]["hits"]:
                self.settle(int(hit["_id"]), hit["_source"]["anzeige"]["titel"], now)

    def settle(self, pk: int, titel: str, now: float) -> None:
        """The service is found with this title: so are all commits up to the one that gave it."""
        waiting = self.waiting[pk]
        titles = [eintrag.titel for eintrag in waiting]
        if titel not in titles:
            return
        position = titles.index(titel) + 1
        for eintrag in waiting[:position]:
            latency = max(0.0, now - eintrag.zeit)
            self.target.write(json.dumps([eintrag.zeit, round(latency, 3)]) + "\n")
        del waiting[:position]


def main(folder: str, direct: str) -> None:
    """Measure until stopped."""
    uhr = Uhr(Path(folder), direct)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    while not stopped.wait(0.15):
        try:
            uhr.look()
        except (TransportError, ApiError):
            continue


if __name__ == "__main__":
    main(*sys.argv[1:])
