"""A new index beside the old one: nothing lost, nothing swapped that is not proved."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from elasticsearch import Elasticsearch

from leistungen.models import Leistung
from search import indices, targets
from search.client import ElasticsearchAway
from search.config import ADVISORY_LOCK
from search.models import SearchAufbau, SearchDokument, SearchIndex
from search.rebuild import RebuildError, _swap, rebuild, rollback, tidy
from tests.search.sync import objekte

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.es]


def quiet(text: str) -> None:
    """Nobody listens."""


def at(step: str, work: Callable[[], Any]) -> Callable[[str], None]:
    """Do this once, when a step whose text begins so is reported."""
    done: list[str] = []

    def melden(text: str) -> None:
        if text.startswith(step) and not done:
            done.append(text)
            work()

    return melden


def test_first_rebuild_serves_everything() -> None:
    services = [objekte.leistung(f"Leistung {number}") for number in range(3)]
    objekte.leistung("Entwurf", live=False)

    name = rebuild("leistung", quiet)

    assert indices.alias_targets("leistung") == [name]
    assert objekte.documents(name) == {service.pk: 1 for service in services}
    assert objekte.pending() == []
    assert SearchIndex.objects.get(name=name).state == "live"


def test_objects_never_announced_are_adopted() -> None:
    service = objekte.leistung()
    SearchDokument.objects.all().delete()

    name = rebuild("leistung", quiet)

    assert list(objekte.documents(name)) == [service.pk]


@pytest.mark.parametrize("step", ["0 Objekte", "Index", "2 Dokumente", "Abgleich"])
def test_changes_during_a_rebuild_reach_both_indices(index: str, step: str) -> None:
    stays, goes = objekte.leistung("Bleibt"), objekte.leistung("Geht")
    objekte.sync()
    new: list[Leistung] = []

    def change() -> None:
        objekte.rename(stays, "Umbenannt")
        goes.unpublish()
        new.append(objekte.leistung("Neu"))

    name = rebuild("leistung", at(step, change))
    objekte.sync()

    wanted = {stays.pk: 2, new[0].pk: 1}
    assert objekte.documents(name) == wanted
    assert objekte.documents(index) == wanted
    assert objekte.found(name, "titel_genau", "umbenannt") == [stays.pk]


def test_withdrawn_during_the_backfill_does_not_come_back(index: str) -> None:
    service = objekte.leistung()
    objekte.sync()

    def withdraw() -> None:
        service.unpublish()
        objekte.sync()

    name = rebuild("leistung", at("Index", withdraw))

    assert objekte.documents(name) == {}


def test_failed_gate_leaves_the_alias_alone(
    index: str, capsys: pytest.CaptureFixture[str], es: Elasticsearch
) -> None:
    service = objekte.leistung()
    objekte.sync()

    def lose() -> None:
        building = SearchIndex.objects.get(state="building")
        es.delete(index=building.name, id=str(service.pk), refresh=True)

    with pytest.raises(RebuildError, match="0 Dokumente"):
        rebuild("leistung", at("Abgleich: 0 fehlen", lose))

    assert indices.alias_targets("leistung") == [index]
    assert SearchIndex.objects.filter(kind="leistung", state="failed").count() == 1

    rebuild("leistung", at("Abgleich: 0 fehlen", lose), force=True)
    assert indices.alias_targets("leistung") != [index]
    assert not SearchIndex.objects.filter(state="failed").exists()


def test_command_exits_1_and_0(index: str, settings: Any) -> None:
    objekte.leistung()
    url, settings.ELASTICSEARCH_URL = settings.ELASTICSEARCH_URL, "http://127.0.0.1:1"
    with pytest.raises(SystemExit) as ended:
        call_command("rebuild_index")
    assert ended.value.code == 1
    settings.ELASTICSEARCH_URL = url

    call_command("rebuild_index", "--kind", "leistung")
    assert indices.alias_targets("leistung") != [index]


def test_rollback_serves_the_predecessor_up_to_date(index: str) -> None:
    service = objekte.leistung("Alt")
    objekte.sync()
    name = rebuild("leistung", quiet)
    objekte.rename(service, "Neu")
    objekte.sync()

    assert rollback("leistung", quiet) == index

    assert indices.alias_targets("leistung") == [index]
    assert objekte.documents(index) == {service.pk: 2}
    assert SearchIndex.objects.get(name=name).state == "standby"


def test_no_rollback_after_a_day(index: str) -> None:
    rebuild("leistung", quiet)
    SearchIndex.objects.filter(state="standby").update(
        state_at=timezone.now() - timedelta(hours=25)
    )

    with pytest.raises(RebuildError, match="keinen Vorgänger"):
        rollback("leistung", quiet)


def test_only_one_predecessor_is_kept(index: str) -> None:
    second = rebuild("leistung", quiet)
    third = rebuild("leistung", quiet)

    assert set(indices.existing("leistung")) == {second, third}


def test_leftovers_are_swept_after_a_day(index: str, es: Elasticsearch, index_prefix: str) -> None:
    unknown, foreign = f"{index_prefix}-leistung-unbekannt", f"{index_prefix}x-leistung-fremd"
    es.indices.create(index=unknown)
    es.indices.create(index=foreign)
    try:
        tidy("leistung", quiet, timezone.now())
        assert unknown in indices.existing("leistung")

        tidy("leistung", quiet, timezone.now() + timedelta(hours=25))
        assert set(indices.existing("leistung")) == {index}
        assert es.indices.exists(index=foreign)
    finally:
        indices.delete(foreign)


def test_swap_whose_commit_was_lost_is_caught_up(index: str) -> None:
    service = objekte.leistung()
    name = rebuild("leistung", quiet)
    SearchIndex.objects.filter(name=name).update(state="failed")
    SearchIndex.objects.filter(name=index).update(state="live")

    tidy("leistung", quiet, timezone.now())

    assert SearchIndex.objects.get(name=name).state == "live"
    assert objekte.documents(name) == {service.pk: 1}


def test_lost_index_is_rebuilt_from_the_table_alone(index: str) -> None:
    service = objekte.leistung()
    objekte.sync()
    indices.delete(index)

    name = rebuild("leistung", quiet)

    assert objekte.documents(name) == {service.pk: 1}


def test_documents_of_another_analysis_are_built_again(index: str) -> None:
    service = objekte.leistung()
    objekte.sync()
    SearchDokument.objects.update(analyser_hash="andere", tokens={})
    SearchIndex.objects.update(analyser_hash="andere")

    name = rebuild("leistung", quiet)

    assert objekte.found(name, "titel_genau", "hund") == [service.pk]
    assert objekte.row(service).version == 1  # nothing changed for anybody else


def test_only_one_rebuild_at_a_time(index: str) -> None:
    params = connection.get_connection_params()
    params.pop("cursor_factory", None)
    with psycopg.connect(**params, autocommit=True) as other:
        other.execute("SELECT pg_advisory_lock(%s)", [ADVISORY_LOCK])
        with pytest.raises(SystemExit) as ended:
            call_command("rebuild_index")
    assert ended.value.code == 1


def test_registry_is_unchanged_when_the_alias_call_fails(index: str) -> None:
    name = f"{index}-fehlt"
    targets.register_building("leistung", name)
    with pytest.raises(ElasticsearchAway, match="404"):
        _swap("leistung", name, quiet)

    assert SearchIndex.objects.get(name=index).state == "live"
    assert indices.alias_targets("leistung") == [index]


def test_killed_rebuild_is_resumed_behind_its_mark(index: str) -> None:
    services = [objekte.leistung(f"Leistung {number}") for number in range(4)]
    objekte.sync()

    def die() -> None:
        raise KeyboardInterrupt  # like a signal: nothing of ours catches it

    with pytest.raises(KeyboardInterrupt):
        rebuild("leistung", at("4 Dokumente", die))
    building = SearchIndex.objects.get(state="building")
    assert building.marke == services[-1].pk
    objekte.rename(services[0], "Umbenannt")
    new = objekte.leistung("Neu")
    objekte.sync()
    said: list[str] = []

    assert rebuild("leistung", said.append) == building.name

    assert any("wird weiter gefüllt" in text for text in said)
    assert "1 Dokumente übertragen." in said  # only the new one lay behind the mark
    assert objekte.documents(building.name) == {
        services[0].pk: 2, **{service.pk: 1 for service in services[1:]}, new.pk: 1
    }  # fmt: skip
    assert indices.alias_targets("leistung") == [building.name]


def test_rebuild_goes_on_after_elasticsearch_was_lost(index: str, settings: Any) -> None:
    service = objekte.leistung()
    objekte.sync()
    url = settings.ELASTICSEARCH_URL

    def lose() -> None:
        settings.ELASTICSEARCH_URL = "http://127.0.0.1:1"

    with pytest.raises(ElasticsearchAway):
        rebuild("leistung", at("Index", lose))
    settings.ELASTICSEARCH_URL = url
    building = SearchIndex.objects.get(state="building")
    assert "weiter" in SearchAufbau.objects.get(kind="leistung").fehler

    assert rebuild("leistung", quiet) == building.name
    assert objekte.documents(building.name) == {service.pk: 1}
    aufbau = SearchAufbau.objects.get(kind="leistung")
    assert aufbau.beendet_at is not None
    assert aufbau.fehler == ""


def test_index_of_another_analysis_is_not_resumed(index: str) -> None:
    with pytest.raises(KeyboardInterrupt):
        rebuild("leistung", at("Index", _die))
    SearchIndex.objects.filter(state="building").update(analyser_hash="andere")
    old = SearchIndex.objects.get(state="building").name

    assert rebuild("leistung", quiet) != old
    assert old not in indices.existing("leistung")


def _die() -> None:
    raise KeyboardInterrupt


def test_broken_mapping_is_refused_and_the_old_index_stays(
    index: str, es: Elasticsearch, index_prefix: str
) -> None:
    service = objekte.leistung()
    objekte.sync()
    # A template of the operator makes our own definition impossible.
    name = f"{index_prefix}-stoert"
    es.indices.put_index_template(
        name=name,
        index_patterns=[f"{index_prefix}-leistung-*"],
        priority=900,
        template={"settings": {"index.mapping.total_fields.limit": 1}},
    )
    try:
        with pytest.raises(RebuildError, match="lehnt den Aufbau des Index ab"):
            rebuild("leistung", quiet)
    finally:
        es.indices.delete_index_template(name=name)

    assert indices.alias_targets("leistung") == [index]
    assert objekte.documents(index) == {service.pk: 1}
    assert not SearchIndex.objects.filter(state="building").exists()


def test_worse_relevance_is_refused(
    index: str, settings: Any, tmp_path: Path, es: Elasticsearch
) -> None:
    services = [
        objekte.leistung("Hund anmelden", kurztext_de="Hund und Katze melden"),
        objekte.leistung("Katze melden", kurztext_de="Hund"),
    ]
    objekte.sync()
    judged = tmp_path / "urteile.tsv"
    judged.write_text(
        "query\tplace\texpected\tclass\n"
        f"hund\t\t{services[0].slug_de}\tnomen\nkatze\t\t{services[1].slug_de}\tnomen\n"
    )
    settings.SEARCH_GATE_FILE = str(judged)

    def spoil() -> None:
        """The words of both services are exchanged, with everything else equal."""
        name = SearchIndex.objects.get(state="building").name
        indices.refresh(name)
        sources = [es.get(index=name, id=str(s.pk)) for s in services]
        for own, other in zip(sources, reversed(sources), strict=True):
            words = {f: v for f, v in other["_source"].items() if f.startswith("titel")}
            es.index(
                index=name,
                id=own["_id"],
                document=own["_source"] | words,
                version=own["_version"],
                version_type="external_gte",
            )

    with pytest.raises(RebuildError, match="antwortet schlechter"):
        rebuild("leistung", at("Abgleich: 0 fehlen", spoil))
    assert indices.alias_targets("leistung") == [index]

    name = rebuild("leistung", at("Abgleich: 0 fehlen", spoil), force=True)
    assert indices.alias_targets("leistung") == [name]


def test_reanalyse_builds_documents_that_seem_right(index: str) -> None:
    service = objekte.leistung()
    objekte.sync()
    SearchDokument.objects.update(tokens={}, inhalt_hash="falsch")

    assert objekte.found(rebuild("leistung", quiet), "titel_genau", "hund") == []
    name = rebuild("leistung", quiet, reanalyse=True)
    assert objekte.found(name, "titel_genau", "hund") == [service.pk]
    assert objekte.row(service).inhalt_hash != "falsch"


def test_accidental_index_under_our_name_is_strict(
    index: str, es: Elasticsearch, index_prefix: str
) -> None:
    name = f"{index_prefix}-leistung-versehen"
    es.indices.create(index=name)

    mapping = es.indices.get_mapping(index=name)[name]["mappings"]
    assert mapping["dynamic"] == "strict"
    assert mapping["properties"]["titel"]["analyzer"] == "whitespace"
