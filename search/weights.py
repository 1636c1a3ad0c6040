"""Every boost, threshold and limit of search in one place, each with its reason.

A value changes only together with its evaluation in the same commit (search design, decision 11).
The starting values come from search design 3.2, 6.1 and 6.4.
"""

from __future__ import annotations

from typing import Final

FELD_GEWICHT: Final[dict[str, float]] = {
    "titel_genau": 4.5,  # the very word of the title beats an inflected one
    "titel": 4.0,  # what the service is called
    "begriffe": 3.0,  # what editors know citizens call it
    "kurz": 1.5,
    "text": 1.0,  # mentioned somewhere: weakest evidence of meaning
    "stelle": 0.8,  # "standesamt" should list its services, below a title with the word
}
FELD_GEWICHT_EN: Final[dict[str, float]] = {"titel_en": 2.0, "text_en": 0.5}
TEILE_GEWICHT: Final = 0.6
"""A part of a compound says less than the word: "schein" for Fischereischein."""

KENNUNG_GEWICHT: Final = 2.0
PHRASE_GEWICHT: Final = 2.0
PHRASE_SLOP: Final = 1
"""One word may stand between: "Hund zur *Hundesteuer* anmelden"."""

TIE: Final = 0.1
"""Share of the weaker fields in a score: enough to order ties, too little to add up noise."""

BELIEBTHEIT_GEWICHT: Final = 0.12
"""Popularity moves a score by 12 % at most."""

KOMMUNAL_GEWICHT: Final = 0.15
"""A service of the own Gemeinde or Kreis before an equal one of Land or Bund."""

GEWICHT_ORIGINAL: Final = 1.0
GEWICHT_ZUSAMMEN: Final = 0.9
"""Neighbours read as one word ("kinder geld"): nearly as good as typed that way."""

MAX_ZEICHEN: Final = 200
MAX_TERME: Final = 12
MAX_READINGS: Final = 8

FACETTEN_WERTE: Final = 50
"""Values per facet asked for; there are about 20 Lebenslagen and 3 Zielgruppen."""

VORSCHLAG_MIN: Final = 2
VORSCHLAG_MAX: Final = 12
"""Longest prefix in the index; longer input is cut to it."""

TSV_MAX_STEMS: Final = 150
"""Distinct words of weight D: 9 ms per query in 10,000 rows, with 430 stems it was 130 ms."""

TSV_MAX_VORSCHLAG: Final = 60
TSV_RANG: Final = "{0.25,0.38,0.75,1.0}"
"""`ts_rank` weights D, C, B, A: the field weights 1, 1.5, 3 and 4 divided by 4."""

TSV_PHRASE: Final = 0.5
"""Share a phrase in the title adds to a score of PostgreSQL."""

KORREKTUR_AB: Final = 5
KORREKTUR_WEIT_AB: Final = 9
KORREKTUR_WEIT: Final = 2
"""Wrong letters allowed from 9 letters on; one from 5, none below: short words have neighbours."""

KORREKTUR_VORSPRUNG: Final = 2
"""A word this many times as frequent as an equally near one is what was meant."""

GEWICHT_KORREKTUR: Final = 0.9
"""The misspelt word is in no document, so its correction competes with nothing."""

GEWICHT_KERN: Final = 0.7
"""The query without its Verrichtung: below a document that has that word as well."""

GEWICHT_NACHFASSEN: Final = 0.3
"""Second pass on fewer words: behind everything that the whole query finds."""

NACHFASSEN_UNTER: Final = 3
"""Fewer hits than this are read again with fewer words."""

VOKABULAR_SEKUNDEN: Final = 60.0
MAX_MEINTEN: Final = 3
