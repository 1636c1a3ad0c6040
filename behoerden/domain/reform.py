"""A planned change of areas as typed values, read from rows of a CSV file, a form or JSON.

All three write the same rows: the columns of `SPALTEN`, one operation a row. A Neubildung takes one
row for each predecessor; rows with the same new key belong together. Areas are named by a key that
they have on the day before (ARS, AGS or Kreis), new areas by their new ARS.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

SPALTEN = (
    "art",  # one of ARTEN
    "gebiet",  # the area that changes or ends
    "ziel",  # the area that receives, or the new Verband or Kreis
    "neuer_name",
    "amtlicher_name",  # only if it differs: "Musterstadt, Stadt"
    "ars",  # the new key, twelve digits
    "verbandsart",  # gruendung_verband: vg or erfuellende_gemeinde
    "erfuellt_durch",  # gruendung_verband of an erfüllende Gemeinde: that town
    "sicherheit",  # hoch, mittel, offen
    "tag_belegt",  # ja, nein
    "beleg",
)
PFLICHTSPALTEN = ("art",)
SICHERHEITEN = ("hoch", "mittel", "offen")
VERBANDSARTEN = ("vg", "erfuellende_gemeinde")
ARS_ZIFFERN = 12


@dataclass(frozen=True, slots=True)
class Reformfehler:
    """What is wrong with a row; `zeile` counts from 1, 0 is the whole reform."""

    zeile: int
    text: str

    def __str__(self) -> str:
        return f"Zeile {self.zeile}: {self.text}" if self.zeile else self.text


class ReformUngueltig(ValueError):
    """The reform cannot be planned; `fehler` names every reason with its row."""

    def __init__(self, fehler: Iterable[Reformfehler]) -> None:
        self.fehler = tuple(sorted(set(fehler), key=lambda f: (f.zeile, f.text)))
        super().__init__(" ".join(map(str, self.fehler)))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Operation:
    beleg: str = ""
    zeile: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Eingliederung(_Operation):
    """`gebiet` ends and becomes a part of `ziel`; an empty `ziel` is not known yet."""

    gebiet: str
    ziel: str = ""
    sicherheit: str = "hoch"
    tag_belegt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Neubildung(_Operation):
    """`gebiete` end and form a new Gemeinde; without `ziel` its key tells Verband or Kreis."""

    gebiete: tuple[str, ...]
    neuer_name: str
    ars: str
    ziel: str = ""
    amtlicher_name: str = ""
    sicherheit: str = "hoch"
    tag_belegt: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Umgliederung(_Operation):
    """`gebiet` belongs to another Verband or Kreis, perhaps with a new key."""

    gebiet: str
    ziel: str
    ars: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Umbenennung(_Operation):
    """`gebiet` has another name."""

    gebiet: str
    neuer_name: str
    amtlicher_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Schluesselwechsel(_Operation):
    """`gebiet` has another ARS, and the AGS or Kreis key that follows from it."""

    gebiet: str
    ars: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AufloesungVerband(_Operation):
    """The Verband `gebiet` ends; `ziel` takes over its tasks, if one area does."""

    gebiet: str
    ziel: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GruendungVerband(_Operation):
    """A new Verband; its members come by Umgliederung, or a Neubildung names it."""

    neuer_name: str
    ars: str
    verbandsart: str
    ziel: str = ""
    erfuellt_durch: str = ""


Operation = (
    Eingliederung
    | Neubildung
    | Umgliederung
    | Umbenennung
    | Schluesselwechsel
    | AufloesungVerband
    | GruendungVerband
)


@dataclass(frozen=True, slots=True)
class _Form:
    """How rows of one kind look: what must, and what may be filled in."""

    klasse: type[Operation]
    titel: str
    pflicht: tuple[str, ...]
    frei: tuple[str, ...] = ()


_NACHFOLGE = ("sicherheit", "tag_belegt")
FORMEN: Mapping[str, _Form] = {
    "eingliederung": _Form(
        Eingliederung, "Eingliederung: Gebiet geht im Ziel auf", ("gebiet",), ("ziel", *_NACHFOLGE)
    ),
    "neubildung": _Form(
        Neubildung,
        "Neubildung: Gebiet geht in einer neuen Gemeinde auf",
        ("gebiet", "neuer_name", "ars"),
        ("ziel", "amtlicher_name", *_NACHFOLGE),
    ),
    "umgliederung": _Form(
        Umgliederung, "Umgliederung: anderer Verband oder Kreis", ("gebiet", "ziel"), ("ars",)
    ),
    "umbenennung": _Form(Umbenennung, "Umbenennung", ("gebiet", "neuer_name"), ("amtlicher_name",)),
    "schluesselwechsel": _Form(Schluesselwechsel, "nur anderer Schlüssel", ("gebiet", "ars")),
    "aufloesung_verband": _Form(
        AufloesungVerband, "Auflösung eines Verbands", ("gebiet",), ("ziel",)
    ),
    "gruendung_verband": _Form(
        GruendungVerband,
        "Gründung eines Verbands",
        ("neuer_name", "ars", "verbandsart"),
        ("ziel", "erfuellt_durch"),
    ),
}
ARTEN = tuple(FORMEN)
Zeile = Mapping[str, str]


def parse_zeilen(zeilen: Iterable[Zeile]) -> tuple[Operation, ...]:
    """Return the operations that the rows describe; empty rows are left out but counted.

    Raises:
        ReformUngueltig: a row lacks a value or has one too many; rows of a Neubildung differ.
    """
    fehler: list[Reformfehler] = []
    operationen: list[Operation] = []
    neubildungen: dict[str, int] = {}
    for nummer, zeile in enumerate(zeilen, start=1):
        werte = {spalte: str(zeile.get(spalte) or "").strip() for spalte in SPALTEN}
        if not any(werte.values()):
            continue
        maengel = [Reformfehler(nummer, text) for text in _maengel(werte, zeile)]
        if maengel:
            fehler += maengel
            continue
        operation = _operation(werte, nummer)
        if isinstance(operation, Neubildung) and operation.ars in neubildungen:
            stelle = neubildungen[operation.ars]
            erste = operationen[stelle]
            if not isinstance(erste, Neubildung) or _kern(erste) != _kern(operation):
                fehler.append(
                    Reformfehler(
                        nummer,
                        f"Zur neuen Gemeinde {operation.ars} sagt Zeile "
                        f"{erste.zeile} etwas anderes.",
                    )
                )
                continue
            operationen[stelle] = _join(erste, operation)
            continue
        if isinstance(operation, Neubildung):
            neubildungen[operation.ars] = len(operationen)
        operationen.append(operation)
    if not operationen and not fehler:
        fehler.append(Reformfehler(0, "Es ist noch keine Änderung angegeben."))
    if fehler:
        raise ReformUngueltig(fehler)
    return tuple(operationen)


def as_zeilen(operationen: Sequence[Operation]) -> list[dict[str, str]]:
    """Return the rows that `parse_zeilen` reads as these operations; only filled columns."""
    zeilen: list[dict[str, str]] = []
    arten = {form.klasse: art for art, form in FORMEN.items()}
    for operation in operationen:
        werte = {
            spalte: _text(getattr(operation, spalte))
            for spalte in SPALTEN
            if hasattr(operation, spalte)
        }
        werte["art"] = arten[type(operation)]
        gebiete = operation.gebiete if isinstance(operation, Neubildung) else (werte.get("gebiet"),)
        for gebiet in gebiete:
            zeile = {**werte, "gebiet": gebiet or ""}
            zeilen.append({spalte: zeile[spalte] for spalte in SPALTEN if zeile.get(spalte)})
    return zeilen


def _maengel(werte: Zeile, zeile: Zeile) -> Iterable[str]:
    form = FORMEN.get(werte["art"])
    if form is None:
        yield f"„art“ ist „{werte['art']}“, erlaubt ist {', '.join(ARTEN)}."
        return
    for spalte in form.pflicht:
        if not werte[spalte]:
            yield f"„{spalte}“ ist leer."
    erlaubt = {"art", "beleg", *form.pflicht, *form.frei}
    for spalte in SPALTEN:
        if werte[spalte] and spalte not in erlaubt:
            yield f"„{spalte}“ gehört nicht zu „{werte['art']}“."
    for spalte in zeile:
        if spalte not in SPALTEN:
            yield f"Die Spalte „{spalte}“ gibt es nicht."
    ars = werte["ars"]
    if ars and not (len(ars) == ARS_ZIFFERN and ars.isascii() and ars.isdigit()):
        yield f"„ars“ braucht 12 Ziffern und ist „{ars}“."
    yield from _wahl("verbandsart", werte, VERBANDSARTEN)
    yield from _wahl("sicherheit", werte, SICHERHEITEN)
    yield from _wahl("tag_belegt", werte, ("ja", "nein"))
    gruppe = werte["verbandsart"] == "erfuellende_gemeinde"
    if werte["art"] == "gruendung_verband" and gruppe != bool(werte["erfuellt_durch"]):
        yield "Genau die Gruppe einer erfüllenden Gemeinde braucht „erfuellt_durch“."


def _wahl(spalte: str, werte: Zeile, erlaubt: Sequence[str]) -> Iterable[str]:
    if werte[spalte] and werte[spalte] not in erlaubt:
        yield f"„{spalte}“ ist „{werte[spalte]}“, erlaubt ist {', '.join(erlaubt)}."


def _operation(werte: Zeile, nummer: int) -> Operation:
    form = FORMEN[werte["art"]]
    felder: dict[str, object] = {
        spalte: werte[spalte]
        for spalte in (*form.pflicht, *form.frei, "beleg")
        if werte[spalte] and spalte != "tag_belegt"
    }
    if "tag_belegt" in form.frei:
        felder["tag_belegt"] = werte["tag_belegt"] != "nein"
    if form.klasse is Neubildung:
        felder["gebiete"] = (felder.pop("gebiet"),)
    return form.klasse(zeile=nummer, **felder)  # type: ignore[arg-type]  # checked by _maengel


def _kern(operation: Neubildung) -> tuple[object, ...]:
    o = operation
    return (o.neuer_name, o.amtlicher_name, o.ziel, o.sicherheit, o.tag_belegt)


def _join(erste: Neubildung, weitere: Neubildung) -> Neubildung:
    return Neubildung(
        gebiete=erste.gebiete + weitere.gebiete,
        neuer_name=erste.neuer_name,
        ars=erste.ars,
        ziel=erste.ziel,
        amtlicher_name=erste.amtlicher_name,
        sicherheit=erste.sicherheit,
        tag_belegt=erste.tag_belegt,
        beleg=erste.beleg or weitere.beleg,
        zeile=erste.zeile,
    )


def _text(wert: object) -> str:
    if isinstance(wert, bool):
        return "" if wert else "nein"
    return str(wert)
