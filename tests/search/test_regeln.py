"""Synonym rules: when they meet a query, and what becomes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from search.analysis import analyse
from search.models import Suchregel
from search.plan import build_plan
from search.regeln import anwenden, regel
from search.suchregeln import load_regeln

HEUTE = date(2026, 10, 1)


def changed(links: str, rechts: str, query: str) -> str | None:
    (one,) = regel(links, rechts, 0.9)
    tokens = anwenden(one, analyse(query))
    return None if tokens is None else " ".join(token.genau for token in tokens)


def test_words_may_stand_between_and_in_any_order_and_form() -> None:
    assert changed("auto anmelden", "Kfz zulassen", "Auto heute anmelden") == "kfz zulassen heute"
    assert changed("auto anmelden", "Kfz zulassen", "anmeldung auto") == "kfz zulassen"
    assert changed("auto anmelden", "Kfz zulassen", "auto abmelden") is None


def test_rule_adds_a_reading_and_says_so() -> None:
    plan = build_plan("kneipe aufmachen", heute=HEUTE, regeln=regel("kneipe", "Gaststätte", 0.8))

    synonym = [one for one in plan.readings if one.grund == "synonym"]
    assert [[t.genau for t in one.terme] for one in synonym] == [["gaststatte", "aufmachen"]]
    assert (synonym[0].gewicht, plan.auch) == (0.8, ("Gaststätte",))


@pytest.mark.django_db
def test_saving_counts_at_once_and_expiry_and_switch_end_a_rule() -> None:
    assert load_regeln(HEUTE) == ()
    row = Suchregel.objects.create(links="kneipe", rechts="Gaststätte", beidseitig=True)
    assert len(load_regeln(HEUTE)) == 2

    row.ablauf = HEUTE
    row.save()
    assert len(load_regeln(HEUTE)) == 2
    assert load_regeln(HEUTE + timedelta(days=1)) == ()
    row.aktiv = False
    row.save()
    assert load_regeln(HEUTE) == ()


@pytest.mark.django_db
def test_deleted_rule_is_gone_at_once() -> None:
    row = Suchregel.objects.create(links="kneipe", rechts="Gaststätte")
    assert load_regeln(HEUTE)
    row.delete()
    assert load_regeln(HEUTE) == ()


@pytest.mark.parametrize(
    ("links", "rechts", "feld"),
    [("der", "Hund", "links"), ("Hund", "?", "rechts"), ("Anmeldung", "anmelden", "rechts")],
)
def test_rule_without_effect_is_refused(links: str, rechts: str, feld: str) -> None:
    with pytest.raises(ValidationError) as refused:
        Suchregel(links=links, rechts=rechts).clean()
    assert list(refused.value.message_dict) == [feld]
