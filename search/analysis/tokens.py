"""The one analysis of text: index, query, suggestions and highlighting all call `analyse`.

    text → words with offsets → lower → stop words
         → genau = fold(word) · stamm = fold(snowball(word)) · teile = stems of its parts

Elasticsearch and PostgreSQL only ever see the result (search design 2.1).
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

import Stemmer

from search.analysis.compounds import split
from search.analysis.daten import data_hash, read_words
from search.analysis.folding import fold

ANALYSE_STAND = "1"
"""Raise it whenever a token changes: rows and indices of another state are rebuilt."""

MAX_LENGTH = 64
"""Longer words are cut; no German word of use is longer, but pasted rubbish is."""

_CHAR = "[^\\W_]|[\u0300-\u036f\u00ad\u200b]"
"""A letter or digit; combining marks, soft hyphens and zero-width blanks stay inside a word."""

_GENDER = r"(?P<gender>[*:_/]-?[Ii]n(?:nen)?(?![^\W_]))?"
"""Ending of "Bürger*innen", "Bürger:in", "Antragsteller/-in"; it is dropped."""

_TOKEN = re.compile(rf"[^\W_](?:{_CHAR})*(?:[-\u2010\u2011](?:{_CHAR})+)*{_GENDER}")
_HYPHEN = re.compile("[-\u2010\u2011]")
_INVISIBLE = re.compile("[\u00ad\u200b]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word of a text.

    `genau` is the folded word, `stamm` its folded stem, `teile` the stems of its compound parts
    (two or more, or none). `text[start:ende]` is the word as it was written; offsets count
    characters.
    """

    genau: str
    stamm: str
    teile: tuple[str, ...]
    start: int
    ende: int


@dataclass(frozen=True, slots=True)
class _Word:
    genau: str
    stamm: str
    teile: tuple[str, ...]
    teilworte: tuple[str, ...]


@cache
def _stopp(name: str) -> frozenset[str]:
    return frozenset(fold(word) for word in read_words(name))


@cache
def _stemmer(language: str) -> Stemmer.Stemmer:
    return Stemmer.Stemmer(language, 0)


@lru_cache(maxsize=65_536)
def _stem(word: str, language: str = "german") -> str:
    return fold(_stemmer(language).stemWord(word))


def stem_english(word: str) -> str:
    """Return the English stem of one folded word, as the English fields hold it."""
    return _stem(word.lower(), "english")


@lru_cache(maxsize=65_536)
def _analyse_word(raw: str) -> _Word | None:
    """Return the forms of one written word, None for a stop word."""
    word = unicodedata.normalize("NFC", _INVISIBLE.sub("", raw)).lower()[:MAX_LENGTH]
    pieces = [piece for piece in _HYPHEN.split(word) if piece]
    joined = "".join(pieces)
    genau = fold(joined)
    if not genau or genau in _stopp("stopp.txt"):
        return None
    teilworte: tuple[str, ...] = ()
    if len(pieces) == 1:
        teilworte = split(joined)
    elif all(len(piece) > 1 for piece in pieces):
        teilworte = tuple(part for piece in pieces for part in (split(piece) or (piece,)))
    teile = tuple(_stem(part) for part in teilworte)
    return _Word(genau, _stem(joined), teile, tuple(fold(part) for part in teilworte))


def analyse(text: str) -> list[Token]:
    """Return the German tokens of `text` in reading order, stop words left out.

    A word with hyphens is one token in its joined form; its pieces count as parts.
    """
    tokens = []
    for match in _TOKEN.finditer(text):
        end = match.start("gender") if match["gender"] else match.end()
        word = _analyse_word(text[match.start() : end])
        if word is not None:
            tokens.append(Token(word.genau, word.stamm, word.teile, match.start(), match.end()))
    return tokens


def analyse_english(text: str) -> list[Token]:
    """Return the English tokens of `text`: folded words and Snowball stems, never any parts."""
    tokens = []
    for match in _TOKEN.finditer(text):
        raw = _HYPHEN.sub("", _INVISIBLE.sub("", match.group()))[:MAX_LENGTH].lower()
        genau = fold(raw)
        if genau and genau not in _stopp("stopp_en.txt"):
            tokens.append(Token(genau, stem_english(genau), (), match.start(), match.end()))
    return tokens


def part_words(text: str) -> list[str]:
    """Return the folded, unstemmed parts of all compounds in `text` ("ausweis"), with repeats."""
    parts: list[str] = []
    for token in analyse(text):
        word = _analyse_word(text[token.start : token.ende])
        parts.extend(word.teilworte if word else ())
    return parts


@cache
def analyser_hash() -> str:
    """Return the SHA-256 (hex) of everything the tokens depend on.

    That is `ANALYSE_STAND`, the version of PyStemmer and the data files. An index may only take
    tokens of its own hash (search design 2.3).
    """
    state = "\n".join((ANALYSE_STAND, str(Stemmer.version()), data_hash()))
    return hashlib.sha256(state.encode()).hexdigest()
