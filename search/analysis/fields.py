"""From the texts of one object to its token fields, its `tsvector` and its content hash.

A token field is a list of values, each a string of tokens separated by blanks: Elasticsearch
takes it as it is (analyzer `whitespace`), PostgreSQL gets the literal made here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping, Sequence

from search.analysis.kennungen import normalise_kennung
from search.analysis.tokens import Token, analyse, analyse_english, part_words
from search.weights import TSV_MAX_STEMS, TSV_MAX_VORSCHLAG

TSV_FIELDS = (
    ("titel", "A", ""),
    ("begriffe", "B", ""),
    ("kurz", "C", ""),
    ("titel_en", "C", "en_"),
    ("stelle", "D", ""),
    ("teile", "D", "t_"),
    ("text", "D", ""),
    ("text_en", "D", "en_"),
)
"""Field, weight and prefix, in the order in which they may fill the limit of weight D.

The prefixes keep apart in one `tsvector` what Elasticsearch keeps in separate fields, so that
both engines find the same documents: no stem holds an underscore.
"""

VORSCHLAG_PREFIX = "v_"
TSV_GAP = 100
"""Positions between two values, as Elasticsearch counts them: no phrase spans two values."""

TSV_LAST_POSITION = 16_383
TSV_MAX_POSITIONS = 16
"""Positions kept per stem; ranking counts them, and PostgreSQL stores 255 at most."""


def _values(
    values: Iterable[str], form: Callable[[Token], str], analyser: Callable[[str], list[Token]]
) -> list[str]:
    rows = (" ".join(form(token) for token in analyser(value)) for value in values)
    return [row for row in rows if row]


def _stamm(token: Token) -> str:
    return token.stamm


def _teile(token: Token) -> str:
    return " ".join(token.teile or (token.stamm,))


def field_tokens(
    *,
    titel: Sequence[str],
    begriffe: Sequence[str],
    kurz: Sequence[str],
    text: Sequence[str],
    stelle: Sequence[str],
    titel_en: Sequence[str],
    text_en: Sequence[str],
    kennung: Sequence[str],
) -> dict[str, list[str]]:
    """Return every token field of a document (search design 3.2).

    Each value of an argument becomes one value of the field, a string of tokens separated by
    blanks; values without any token are left out, a field may be an empty list. `kennung` holds
    whole identifiers and `vorschlag` one string of distinct words.
    """
    found = [*titel, *begriffe]
    words = [token.genau for value in found for token in analyse(value)]
    words += [part for value in found for part in part_words(value)]
    vorschlag = " ".join(dict.fromkeys(words))
    return {
        "titel": _values(titel, _stamm, analyse),
        "titel_genau": _values(titel, lambda token: token.genau, analyse),
        "begriffe": _values(begriffe, _stamm, analyse),
        "kurz": _values(kurz, _stamm, analyse),
        "text": _values(text, _stamm, analyse),
        "teile": _values([*titel, *begriffe, *kurz], _teile, analyse),
        "stelle": _values(dict.fromkeys(stelle), _stamm, analyse),
        "titel_en": _values(titel_en, _stamm, analyse_english),
        "text_en": _values(text_en, _stamm, analyse_english),
        "kennung": list(dict.fromkeys(normalise_kennung(one) for one in kennung if one.strip())),
        "vorschlag": [vorschlag] if vorschlag else [],
    }


def quote_lexeme(lexeme: str) -> str:
    """Return `lexeme` as a quoted word of a `tsvector` or `tsquery` literal.

    Whatever the text holds, the parser of PostgreSQL reads it as this one word. NUL, which
    PostgreSQL cannot store, is dropped; a word without any other character gives `''`, which
    both parsers refuse, so callers leave empty words out.
    """
    plain = lexeme.replace("\0", "").replace("\\", "\\\\").replace("'", "''")
    return f"'{plain}'"


def tsvector_literal(tokens: Mapping[str, Sequence[str]]) -> str:
    """Return the `tsvector` of a document as a literal: `'hund':1A 'steu':2A`.

    Weights A to D as in search design 3.2. Compound parts carry the prefix `t_`, English stems
    `en_`, words for suggestions `v_`. Weight D holds at most `TSV_MAX_STEMS` distinct words
    (and `TSV_MAX_VORSCHLAG` suggestions): longer texts would make ranking slow.
    """
    positions: dict[str, list[str]] = {}
    rare: set[str] = set()
    position = 0
    for field, weight, prefix in TSV_FIELDS:
        for value in tokens.get(field, ()):
            for token in value.split():
                position = min(position + 1, TSV_LAST_POSITION)
                word = prefix + token.replace("\0", "")
                if word not in positions and weight == "D":
                    if len(rare) >= TSV_MAX_STEMS:
                        continue
                    rare.add(word)
                places = positions.setdefault(word, [])
                if len(places) < TSV_MAX_POSITIONS:
                    places.append(f"{position}{weight}")
            position += TSV_GAP
    words = [word for value in tokens.get("vorschlag", ()) for word in value.split()]
    for word in list(dict.fromkeys(words))[:TSV_MAX_VORSCHLAG]:
        positions.setdefault(VORSCHLAG_PREFIX + word, [])
    return " ".join(
        quote_lexeme(word) + (":" + ",".join(places) if places else "")
        for word, places in positions.items()
        if word
    )


def inhalt_hash(document: Mapping[str, object], tokens: Mapping[str, Sequence[str]]) -> str:
    """Return the SHA-256 (hex) of document and tokens as canonical JSON.

    Equal content gives equal hashes whatever the order of keys; days count in ISO form.
    """
    content = {"document": dict(document), "tokens": {key: list(tokens[key]) for key in tokens}}
    text = json.dumps(
        content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str
    )
    return hashlib.sha256(text.encode()).hexdigest()
