"""Texts of generated services: readable German of realistic length, said to be test data."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from random import Random

from leistungen.skalierung import woerter

KENNZEICHEN = "Testdaten"
HINWEIS = f"<p>{KENNZEICHEN}: Diese Seite wurde erzeugt, um die Geschwindigkeit zu messen.</p>"


@dataclass(frozen=True, slots=True)
class Titel:
    """What a service is about; `voll` is unique within one run."""

    objekt: str
    verb: str
    voll: str


def plan_titel(count: int, rng: Random) -> list[Titel]:
    """Return so many different titles; beyond the combinations of the lists they are numbered."""
    paare = list(product(woerter.OBJEKTE, woerter.VERBEN, woerter.ZUSAETZE))
    rng.shuffle(paare)
    titel = []
    for number in range(count):
        runde, stelle = divmod(number, len(paare))
        objekt, verb, zusatz = paare[stelle]
        worte = [objekt, zusatz, verb, f"(Fall {runde + 1})" if runde else ""]
        titel.append(Titel(objekt, verb, " ".join(wort for wort in worte if wort)))
    return titel


def leistungstexte(titel: Titel, rng: Random) -> dict[str, str]:
    """Return the German text fields of one service, 3,000 to 6,000 characters in all."""
    return {
        "teaser_de": _satz(titel, rng)[:350],
        "kurztext_de": _absatz(titel, rng, 3),
        "volltext_de": _html(_absatz(titel, rng, rng.randint(5, 8)) for _ in range(4)),
        "voraussetzungen_de": _liste(_satz(titel, rng) for _ in range(rng.randint(2, 4))),
        "unterlagen_text_de": _liste(rng.sample(woerter.UNTERLAGEN, rng.randint(3, 6))),
        "verfahrensablauf_de": _liste(
            (_fill(schritt, titel, rng) for schritt in woerter.SCHRITTE), "ol"
        ),
        "kosten_text_de": f"<p>Die Gebühr beträgt {rng.randint(5, 250)} Euro.</p>",
        "frist_text_de": f"<p>Frist: {rng.randint(1, 12)} Wochen vor dem Beginn.</p>",
        "dauer_text_de": f"<p>In der Regel {rng.randint(1, 8)} Wochen.</p>",
        "handlungsgrundlagen_de": _liste(
            _fill(gesetz, titel, rng) for gesetz in rng.sample(woerter.GESETZE, 2)
        ),
        "rechtsbehelf_de": "<p>Gegen den Bescheid können Sie Widerspruch erheben.</p>",
        "hinweise_de": HINWEIS + _html([_absatz(titel, rng, 2)]),
        "urheber_de": KENNZEICHEN,
    }


def _fill(vorlage: str, titel: Titel, rng: Random) -> str:
    return vorlage.format(
        objekt=titel.objekt,
        verb=titel.verb,
        tage=rng.randint(3, 28),
        jahre=rng.randint(1, 10),
        para=rng.randint(1, 120),
        unterlage=rng.choice(woerter.UNTERLAGEN),
    )


def _satz(titel: Titel, rng: Random) -> str:
    return _fill(rng.choice(woerter.SAETZE), titel, rng)


def _absatz(titel: Titel, rng: Random, saetze: int) -> str:
    return " ".join(_fill(satz, titel, rng) for satz in rng.sample(woerter.SAETZE, saetze))


def _html(absaetze: Iterable[str]) -> str:
    return "".join(f"<p>{absatz}</p>" for absatz in absaetze)


def _liste(punkte: Iterable[str], tag: str = "ul") -> str:
    return f"<{tag}>" + "".join(f"<li>{punkt}</li>" for punkt in punkte) + f"</{tag}>"
