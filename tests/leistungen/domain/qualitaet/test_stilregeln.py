"""The style guide explains every rule, under the address a finding links to."""

from __future__ import annotations

import re
from pathlib import Path

from leistungen.domain.qualitaet import REGELN

SEITE = Path(__file__).resolve().parents[4] / "docs" / "redaktion" / "schreiben.md"


def test_every_rule_has_its_anchor_and_no_anchor_is_left_over() -> None:
    text = SEITE.read_text(encoding="utf-8")

    anker = re.findall(r'<a id="(q-[\w-]+)"></a>\n### (Q-[\w-]+):', text)

    assert {kennung for kennung, _titel in anker} == {regel.id.lower() for regel in REGELN}
    assert all(kennung == titel.lower() for kennung, titel in anker)
