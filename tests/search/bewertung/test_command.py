"""`evaluate_search` on the real search: JSON form, errors with their line, exit codes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from tests.welt import Welt

pytestmark = [pytest.mark.es, pytest.mark.django_db(transaction=True)]

HEAD = "query\tplace\texpected\tclass\n"
GOOD = (
    f"{HEAD}hund anmelden\t160510000000\thundesteuer-anmelden\tverb\n"
    "hundesteuer\t\thundesteuer-anmelden:2\tnomen\npizza bestellen\t\t\tnichts\n"
)


@pytest.fixture
def tsv(tmp_path: Path) -> Path:
    path = tmp_path / "kurz.tsv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def report(capsys: pytest.CaptureFixture[str], *args: str) -> dict[str, Any]:
    call_command("evaluate_search", *args, "--json")
    answer: dict[str, Any] = json.loads(capsys.readouterr().out)
    return answer


def test_json_has_the_promised_keys(
    welt: Welt, tsv: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    answer = report(capsys, str(tsv))

    assert (answer["engine"], answer["semantics"], answer["misses"]) == ("elasticsearch", False, [])
    assert set(answer["classes"]) == {"verb", "nomen", "nichts"}
    overall = answer["overall"]
    assert overall["queries"] == 3
    assert [overall[key] for key in ("ndcg@10", "mrr@10", "success@1", "success@3")] == [1.0] * 4
    assert [overall[key] for key in ("zero_rate", "zero_result", "nothing_ok")] == [0.0, 0.0, 1.0]
    assert set(answer["overall_without_semantics"]) == set(overall)


def test_an_earlier_report_is_compared(
    welt: Welt, tsv: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = tmp_path / "vorher.json"
    before.write_text(json.dumps(report(capsys, str(tsv), "--summary")), encoding="utf-8")

    comparison = report(capsys, str(tsv), "--compare", str(before))["comparison"]

    assert (comparison["queries"], comparison["difference"]) == (2, 0.0)
    assert (comparison["better"], comparison["worse"], comparison["significant"]) == (0, 0, False)


def test_the_table_is_for_people(welt: Welt, tsv: Path, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("evaluate_search", str(tsv), "--without-semantics")

    text = capsys.readouterr().out
    assert text.startswith("3 Anfragen, beantwortet von: elasticsearch")
    assert "Nicht unter den ersten 3: 0" in text


def test_the_fallback_is_named(
    welt: Welt, tsv: Path, settings: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"

    answer = report(capsys, str(tsv))

    assert answer["engine"] == "postgresql"
    assert answer["overall"]["success@1"] == 1.0


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("hund\t\tgibt-es-nicht\tverb", "„gibt-es-nicht“ ist keine sichtbare Leistung"),
        ("hund\t169999999999\thundesteuer-anmelden\tverb", "Den Ort 169999999999 gibt es nicht"),
        ("hund\t\thundesteuer-anmelden", "3 statt 4 Spalten"),
        ("hund\t\thundesteuer-anmelden:7\tverb", "keine Antwort mit Note"),
    ],
)
def test_a_wrong_line_ends_with_2_and_its_number(
    welt: Welt, tmp_path: Path, line: str, problem: str
) -> None:
    path = tmp_path / "falsch.tsv"
    path.write_text(f"{HEAD}\n# Kommentar\n{line}\n", encoding="utf-8")

    with pytest.raises(CommandError, match=f"Zeile 4: .*{problem}") as caught:
        call_command("evaluate_search", str(path))
    assert caught.value.returncode == 2


@pytest.mark.parametrize("text", [None, "", HEAD])
def test_a_missing_or_empty_file_ends_with_2(db: None, tmp_path: Path, text: str | None) -> None:
    path = tmp_path / "leer.tsv"
    if text is not None:
        path.write_text(text, encoding="utf-8")

    with pytest.raises(CommandError) as caught:
        call_command("evaluate_search", str(path))
    assert caught.value.returncode == 2


def test_an_earlier_report_that_is_none_ends_with_2(welt: Welt, tsv: Path) -> None:
    with pytest.raises(CommandError, match="keine Datei und kein Stand") as caught:
        call_command("evaluate_search", str(tsv), "--compare", "gibt-es-nicht")
    assert caught.value.returncode == 2
