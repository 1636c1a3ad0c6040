"""Texts of the Bund: stored beside ours, never in their place."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from leistungen.domain.komposition import Modus
from leistungen.models import Ergaenzung, ErgaenzungGebuehr, Leistung, Stammtext
from leistungen.models.leistung import TEXTMODULE
from leistungen.seite.schichten import Schichten
from leistungen.stammtexte import (
    AndererInhalt,
    adopt_alle,
    adopt_stammtext,
    neue_stammtexte,
    store_stammtext,
    unterschiede,
)
from tests.welt import Welt, publish

WER: dict[str, Any] = {"agency": "B100019", "xzufi_id": "1"}


def bloecke(leistung: Leistung, feld: str) -> list[str]:
    return [block.inhalt.get("de", "") for block in Schichten(leistung, {}).text(feld)]


def test_storing_twice_is_one_version_and_another_text_is_refused(welt: Welt) -> None:
    module = {"06": {"de": "<p>Bund</p>"}}
    erster = store_stammtext(welt.hund, **WER, version="1", module=module)

    assert store_stammtext(welt.hund, **WER, version="1", module=module) == erster
    with pytest.raises(AndererInhalt):
        store_stammtext(welt.hund, **WER, version="1", module={"06": {"de": "<p>Anders</p>"}})


def test_hostile_html_of_a_foreign_agency_is_cleaned(welt: Welt) -> None:
    module = {"06": {"de": "<p>Text<script>alert(1)</script></p>"}}

    assert store_stammtext(welt.hund, **WER, version="1", module=module).module == {
        "06": {"de": "<p>Text</p>"}
    }


def test_taking_over_hides_none_of_our_texts(welt: Welt) -> None:
    module = {"06": {"de": "<p>Bund</p>"}, "11": {"de": "<p>So geht es.</p>"}}
    vorher = bloecke(welt.hund, "volltext")
    stammtext = store_stammtext(welt.hund, **WER, version="1", module=module)

    adopt_stammtext(welt.hund, stammtext).publish()

    nachher = Leistung.objects.get(pk=welt.hund.pk)
    assert bloecke(nachher, "volltext") == vorher
    assert bloecke(nachher, "verfahrensablauf") == ["<p>So geht es.</p>"]
    assert nachher.modulmodi["06"] == Modus.ERSETZEN


def test_taking_over_is_a_draft(welt: Welt) -> None:
    stammtext = store_stammtext(welt.hund, **WER, version="1", module={"11": {"de": "<p>A</p>"}})
    adopt_stammtext(welt.hund, stammtext)

    welt.hund.refresh_from_db()
    assert welt.hund.stammtext_id is None
    assert welt.hund.get_latest_revision_as_object().stammtext_id == stammtext.pk


def test_differences_name_basis_new_and_ours(welt: Welt) -> None:
    alt = store_stammtext(welt.hund, **WER, version="1", module={"06": {"de": "<p>Alt</p>"}})
    adopt_stammtext(welt.hund, alt).publish()
    neu = store_stammtext(welt.hund, **WER, version="2", module={"06": {"de": "<p>Neu</p>"}})

    (modul,) = unterschiede(Leistung.objects.get(pk=welt.hund.pk), neu)
    assert (modul.basis, modul.neu, modul.modus) == (("Alt",), ("Neu",), Modus.ERSETZEN)
    assert modul.unser == ("Melden Sie den Hund an.", "Das geht per Post.")
    assert modul.aenderungen


def test_only_what_needs_no_decision_is_taken_over_in_bulk(welt: Welt) -> None:
    einfach = Leistung(bezeichnung_de="Einfach", slug_de="einfach")
    einfach.save()
    publish(einfach)
    store_stammtext(welt.hund, **WER, version="1", module={"06": {"de": "<p>Bund</p>"}})
    store_stammtext(
        einfach, agency="B", xzufi_id="2", version="1", module={"06": {"de": "<p>Bund</p>"}}
    )
    neue = neue_stammtexte()
    assert len(neue) == 2

    assert adopt_alle(neue) == 1
    einfach.refresh_from_db()
    assert einfach.has_unpublished_changes
    assert not Leistung.objects.get(pk=welt.hund.pk).has_unpublished_changes


LOKAL = (Leistung, Ergaenzung, ErgaenzungGebuehr)
TEXTE = st.dictionaries(
    st.sampled_from(["de", "en", "de_simple", "fr"]),
    st.text(alphabet="<>/pa ·&;xyzäß\n", max_size=30),
    max_size=3,
)
MODULE = st.dictionaries(st.sampled_from([*TEXTMODULE, "99", "kosten"]), TEXTE, max_size=6)


def lokales() -> str:
    """Every row that holds a local text, byte for byte."""
    return json.dumps(
        [list(model.objects.order_by("pk").values()) for model in LOKAL],  # type: ignore[attr-defined]
        default=str,
    )


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(module=MODULE, version=st.text(alphabet="0123456789.", min_size=1, max_size=5))
def test_storing_any_stammtext_leaves_number_and_bytes_of_local_texts(
    welt: Welt, text: Ergaenzung, kosten: Ergaenzung, module: Any, version: str
) -> None:
    vorher = lokales()
    try:
        with transaction.atomic():
            store_stammtext(welt.hund, **WER, version=version, module=module)
    except AndererInhalt:  # the same version came before
        pass

    assert lokales() == vorher
    assert Stammtext.objects.count() >= 1
