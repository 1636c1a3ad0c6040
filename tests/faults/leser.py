"""Citizens: ask all along, and must never see a draft, a withdrawn service or an empty index.

`python -m tests.faults.leser FOLDER DIRECT_URL`, until SIGTERM; ELASTICSEARCH_URL is the proxy.
"""

from __future__ import annotations

import contextlib
import signal
import sys
import threading
import time
from pathlib import Path
from typing import Any

import django

django.setup()

from django.db import Error as DatabaseError  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.utils import timezone  # noqa: E402
from elastic_transport import TransportError  # noqa: E402
from elasticsearch import ApiError, Elasticsearch  # noqa: E402

from behoerden.ortsangabe import lies_ortsangabe  # noqa: E402
from leistungen.models import Leistung  # noqa: E402
from search.analysis import analyse  # noqa: E402
from search.models import SearchDokument  # noqa: E402
from search.selectors import run_search  # noqa: E402
from tests.faults.journal import ALIAS, ENTWURF, Eintrag, Journal  # noqa: E402

FIELDS = ("titel", "titel_genau", "kurz", "text", "teile", "vorschlag")
FULL_SHARE = 0.5  # an index with fewer documents than this share of the live ones is a broken one


class Leser:
    """Asks the way pages do, and looks into the indices directly."""

    def __init__(self, folder: Path, direct: str) -> None:
        self.journal = Journal(folder / "leser.jsonl")
        self.direct = Elasticsearch(direct, request_timeout=2, max_retries=0)
        self.browser = Client(headers={"host": "127.0.0.1"}, raise_request_exception=False)
        forms = {form for token in analyse(ENTWURF) for form in (token.genau, token.stamm)}
        self.draft = {"bool": {"should": [{"terms": {field: sorted(forms)}} for field in FIELDS]}}
        self.rounds = 0

    def ask(self) -> None:
        """One round of all questions."""
        self.rounds += 1
        try:
            self.search()
            self.look_at_rows()
            if self.rounds % 4 == 0:
                self.open_page()
        except DatabaseError:
            connection.close()
        with contextlib.suppress(TransportError, ApiError):  # away: nothing is shown
            self.look_at_indices()
        self.journal.write(Eintrag("Leserunde", "", 0, time.time()))

    def search(self) -> None:
        """Hits are live, and none carries a draft."""
        before = self.withdrawn()
        heute = timezone.localdate()
        result = run_search("Dienst", ort=lies_ortsangabe("", "", heute), heute=heute, limit=30)
        after = self.withdrawn()
        hidden = {pk for pk, version in before.items() if after.get(pk) == version}
        for hit in result.treffer:
            if ENTWURF in f"{hit.titel} {hit.kurztext}":
                self.report(f"Entwurf von {hit.object_id} in den Treffern ({result.engine})")
            if hit.object_id in hidden:
                self.report(f"zurückgezogene Leistung {hit.object_id} in den Treffern")
        self.journal.write(Eintrag(f"Suche über {result.engine}", "", 0, time.time()))
        draft = run_search(ENTWURF, ort=lies_ortsangabe("", "", heute), heute=heute)
        if draft.treffer:
            self.report(f"Suche nach dem Entwurf findet etwas ({draft.engine})")

    @staticmethod
    def withdrawn() -> dict[int, int]:
        """Return the services that nobody may see, with their versions."""
        pks = list(Leistung.objects.filter(live=False).values_list("pk", flat=True))
        rows = SearchDokument.objects.filter(kind="leistung", object_id__in=pks).order_by()
        return dict(rows.values_list("object_id", "version"))

    def look_at_rows(self) -> None:
        """What the search on PostgreSQL would show."""
        rows = SearchDokument.objects.filter(document__titel__contains=ENTWURF)
        for row in rows.only("kind", "object_id"):
            self.report(f"Entwurf in der Zeile {row}")

    def open_page(self) -> None:
        """The page answers with 200 unless the database itself is away."""
        began = time.monotonic()
        answer = self.browser.get("/suche/", {"q": "Dienst"})
        self.journal.write(
            Eintrag("Seite", "", 0, time.time(), titel=f"{time.monotonic() - began:.3f}")
        )
        if answer.status_code != 200:
            connection.close()
            Leistung.objects.exists()  # raises when the database is away: then it may fail
            if self.browser.get("/suche/", {"q": "Dienst"}).status_code != 200:
                self.report(f"die Suchseite antwortet mit {answer.status_code}")
        elif ENTWURF in answer.content.decode():
            self.report("Entwurf auf der Suchseite")

    def look_at_indices(self) -> None:
        """No index holds a draft, and what the alias shows is never empty or half."""
        body: dict[str, Any] = {"query": self.draft, "size": 1, "docvalue_fields": ["nr"]}
        found = self.direct.search(
            index=f"{ALIAS}-leistung-*", body=body, allow_partial_search_results=True
        )
        for hit in found["hits"]["hits"]:
            self.report(f"Entwurf in {hit['_index']}, Dokument {hit['_id']}")
        live = Leistung.objects.filter(live=True).count()
        answer = self.direct.search(
            index=f"{ALIAS}-leistung",
            body={"size": 0, "track_total_hits": True},
            allow_partial_search_results=False,
        )
        if answer["hits"]["total"]["value"] < FULL_SHARE * live:
            self.report(f"der Alias zeigt {answer['hits']['total']['value']} von {live} Leistungen")

    def report(self, text: str) -> None:
        """Note what must not happen."""
        self.journal.write(Eintrag("Leser", "", 0, time.time(), fehler=text))


def main(folder: str, direct: str) -> None:
    """Read until stopped."""
    leser = Leser(Path(folder), direct)
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    while not stopped.wait(0.4):
        try:
            leser.ask()
        except DatabaseError:
            connection.close()


if __name__ == "__main__":
    main(*sys.argv[1:])
