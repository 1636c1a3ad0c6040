"""How far two spellings lie apart, for "Meinten Sie …?"."""

from __future__ import annotations

KURZ = 5  # letters; a short name with two errors is another name


def abstand(a: str, b: str) -> int:
    """Return how many letters are wrong, missing, too many, or swapped with their neighbour.

    Optimal string alignment: symmetric, 0 exactly for equal texts.
    """
    davor: list[int] = []
    zeile = list(range(len(b) + 1))
    for i, links in enumerate(a, start=1):
        neu = [i]
        for j, rechts in enumerate(b, start=1):
            kosten = min(zeile[j] + 1, neu[j - 1] + 1, zeile[j - 1] + (links != rechts))
            if i > 1 and j > 1 and links == b[j - 2] and a[i - 2] == rechts:
                kosten = min(kosten, davor[j - 2] + 1)
            neu.append(kosten)
        davor, zeile = zeile, neu
    return zeile[-1]


def is_tippfehler(getippt: str, gemeint: str) -> bool:
    """Return whether one may have been typed for the other: one error, two in longer names."""
    erlaubt = 1 if min(len(getippt), len(gemeint)) <= KURZ else 2
    return abs(len(getippt) - len(gemeint)) <= erlaubt and abstand(getippt, gemeint) <= erlaubt
