"""The area an authority serves, as a sentence: "Für Udestedt, Kleinmölsen und 5 weitere …"."""

from __future__ import annotations

from collections.abc import Sequence

NAMENTLICH = 2  # so many names stand before "und … weitere"


def gebiet_satz(wofuer: str, gemeinden: Sequence[str] = ()) -> str:
    """Return for whom an authority works, without a full stop.

    Args:
        wofuer: the area itself as a phrase after "für", taken if there are no members.
        gemeinden: names of the members in the order in which they are named.
    """
    if not gemeinden:
        return f"Für {wofuer}" if wofuer else ""
    rest = len(gemeinden) - NAMENTLICH
    if rest <= 1:
        *vorn, letzter = gemeinden
        return f"Für {', '.join(vorn)} und {letzter}" if vorn else f"Für {letzter}"
    return f"Für {', '.join(gemeinden[:NAMENTLICH])} und {rest} weitere Gemeinden"
