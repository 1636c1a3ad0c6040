"""Rules without a database: breaker, classes of bulk results, comparing, texts."""

from __future__ import annotations

from typing import Any

import pytest

from search.breaker import Breaker
from search.client import _arguments
from search.drift import Zeile, compare
from search.inhalte import one_line
from search.outcomes import Outcome, classify
from search.worker import Pause


def test_breaker_opens_after_five_failures_in_ten_seconds_and_probes_once() -> None:
    breaker = Breaker()
    for second in range(5):
        assert breaker.allows(second)
        breaker.failed(second)

    assert not breaker.allows(18.9)
    assert breaker.allows(19.0)
    assert not breaker.allows(19.1)  # the others wait for the probe
    breaker.succeeded()
    assert breaker.allows(19.2)


def test_slow_failures_do_not_open_the_breaker() -> None:
    breaker = Breaker()
    for number in range(20):
        breaker.failed(number * 3.0)

    assert breaker.allows(60.0)


def test_failed_probe_keeps_the_breaker_open() -> None:
    breaker = Breaker()
    for second in range(5):
        breaker.failed(second)
    assert breaker.allows(19.0)
    breaker.failed(20.0)

    assert not breaker.allows(34.9)
    assert breaker.allows(35.0)


def error(kind: str, status: int) -> dict[str, Any]:
    return {"status": status, "error": {"type": kind, "reason": "Grund"}}


@pytest.mark.parametrize(
    ("operation", "item", "outcome"),
    [
        ("index", {"status": 201}, Outcome.DONE),
        ("index", error("version_conflict_engine_exception", 409), Outcome.DONE),
        ("delete", {"status": 404, "result": "not_found"}, Outcome.DONE),
        ("delete", error("index_not_found_exception", 404), Outcome.INDEX_GONE),
        ("index", error("document_parsing_exception", 400), Outcome.OWN_FAULT),
        ("index", error("es_rejected_execution_exception", 429), Outcome.LATER),
        ("index", error("unavailable_shards_exception", 503), Outcome.LATER),
        ("index", {"status": 429, "error": "x", "exception": object()}, Outcome.LATER),
        ("index", {"status": 503, "error": "x", "exception": object()}, Outcome.AWAY),
        ("index", {"status": 401, "error": "x", "exception": object()}, Outcome.AWAY),
        ("index", error("security_exception", 403), Outcome.AWAY),
    ],
)
def test_bulk_results(operation: str, item: dict[str, Any], outcome: Outcome) -> None:
    assert classify(operation, item).outcome is outcome


def test_compare_names_each_difference() -> None:
    rows = {
        1: Zeile(3, visible=True, inhalt_hash="a", settled=True),
        2: Zeile(3, visible=True, inhalt_hash="a", settled=True),
        3: Zeile(3, visible=True, inhalt_hash="a", settled=True),
        4: Zeile(3, visible=False, inhalt_hash="", settled=True),
        5: Zeile(3, visible=True, inhalt_hash="a", settled=True),
        6: Zeile(3, visible=True, inhalt_hash="a", settled=True),
        7: Zeile(3, visible=True, inhalt_hash="a", settled=False),
    }
    documents = [
        (2, 2, "a"),
        (3, 3, "b"),
        (4, 3, ""),
        (5, 4, "a"),
        (6, 3, "a"),
        (7, 1, "z"),
        (9, 1, "a"),
    ]

    found = compare(rows, documents)

    assert found.missing == (1,)
    assert found.stale == (2, 3)
    assert found.surplus == (4, 9)
    assert found.ahead == (5,)


def test_several_hosts_with_password_and_ca_file() -> None:
    arguments = _arguments(
        "https://u:p%40ss@es1.example:9243/x/, https://es2.example", "", "/ca.pem"
    )

    assert arguments["hosts"] == ["https://es1.example:9243/x", "https://es2.example:443"]
    assert arguments["basic_auth"] == ("u", "p@ss")
    assert arguments["ca_certs"] == "/ca.pem"


def test_api_key_wins_over_password() -> None:
    arguments = _arguments("https://u:p@es.example", "schluessel", "")

    assert arguments["api_key"] == "schluessel"
    assert "basic_auth" not in arguments


def test_one_line_keeps_words_of_different_elements_apart() -> None:
    assert one_line("<ul><li>Ausweis</li><li>Foto &amp; Bild</li></ul>") == "Ausweis Foto & Bild"
    assert one_line(None) == ""


def test_pauses_double_up_to_thirty_seconds() -> None:
    pause = Pause()
    lengths = []
    for _ in range(8):
        pause.extend(0.0)
        lengths.append(pause._seconds)

    assert lengths == [1, 2, 4, 8, 16, 30, 30, 30]
    assert pause.active
    assert not pause.is_over(0.5)
    assert pause.is_over(31.0)
