"""Names of places: written-out abbreviations, short forms and the two folded forms of a search."""

from __future__ import annotations

import re
from typing import NamedTuple

from zufi.common.text import fold_grundbuchstaben, fold_umlaute

# Written out before folding, so that both spellings of a name meet (domain design, section 4).
ABKUERZUNGEN = tuple(
    (re.compile(muster, re.IGNORECASE), wort)
    for muster, wort in (
        (r"\bSt(?:\.\s*|\s+)", "Sankt "),
        (r"\bv\.\s*d\.\s*", "vor der "),
        (r"\ba\.\s*d\.\s*", "an der "),
        (r"\bo\.\s*d\.\s*", "ob der "),
        (r"\bi\.\s*d\.\s*", "in der "),
        (r"\ba\.\s*", "am "),
        (r"\bb\.\s*", "bei "),
        (r"\bThür\.\s*", "Thüringen "),
        (r"\bThuer\.\s*", "Thueringen "),
    )
)
# Endings that tell places of one name apart; people leave them out.
_ZUSATZ = re.compile(
    r"\s*(?:/.*|\(.*\)|,\s*\S.*"
    r"|\s(?:(?:an der|am|an|bei|ob der|vor der|in der|im|in|unter|unterm)\s"
    r"|(?:b\.|[aiv]\.\s*d\.|a\.))\s*\S.*)$",
    re.IGNORECASE,
)
_VORWORT = re.compile(
    r"^(?:landeshauptstadt|kreisstadt|stadt|gemeinde|landgemeinde|ortsteil|ot|markt)\s+",
    re.IGNORECASE,
)


class Formen(NamedTuple):
    """The two folded forms of a name: ä→ae, and ä→a."""

    ae: str
    a: str


def fold(name: str) -> Formen:
    """Return both folded forms of a name, abbreviations written out."""
    for muster, wort in ABKUERZUNGEN:
        name = muster.sub(wort, name)
    return Formen(fold_umlaute(name), fold_grundbuchstaben(name))


def namen(amtlich: str) -> tuple[str, ...]:
    """Return the forms under which people look for an official name, the full one first.

    "Mühlhausen/Thüringen, Stadt" gives "Mühlhausen/Thüringen" and "Mühlhausen". A part before a
    slash that stands for a second place (Dietzenrode/Vatterode) is found by either name.
    """
    voll = re.sub(r",\s*(?:Stadt|Landeshauptstadt|Markt|Flecken)$", "", amtlich).strip()
    kurz = _ZUSATZ.sub("", voll).strip()
    teile = [voll, kurz]
    if "/" in voll:
        hinten = voll.split("/", 1)[1].strip()
        if hinten and not is_landschaft(hinten):
            teile.append(hinten)
    return tuple(dict.fromkeys(teil for teil in teile if teil))


def is_landschaft(zusatz: str) -> bool:
    """Return whether the part behind a slash only says where the place lies."""
    return fold_umlaute(zusatz) in _LANDSCHAFTEN or "." in zusatz


_LANDSCHAFTEN = frozenset(
    fold_umlaute(name)
    for name in (
        "Eichsfeld",
        "Elster",
        "Helme",
        "Harz",
        "Hainich",
        "Kyffhäuser",
        "Orla",
        "Rhön",
        "Saale",
        "Thüringen",
        "Thüringer Wald",
        "Unstrut",
        "Werra",
        "Südharz",
        "Gera",
        "Ilm",
        "Pleiße",
        "Vogtland",
        "Weida",
        "Hainleite",
        "Rennsteig",
    )
)


def without_vorwort(eingabe: str) -> str:
    """Return the input without a leading "Stadt", "Gemeinde", "Ortsteil"."""
    return _VORWORT.sub("", eingabe.strip())
