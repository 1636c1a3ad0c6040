"""Structured rows of the demo texts: the file's tables as rows of the models."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

from editorial_workflows.demo.texte import Angaben, Leistungstext
from leistungen.models import Bearbeitungsdauer, Frist, Gebuehr, Rechtsgrundlage, Unterlage
from leistungen.models.zeilen import DauerZeile, FristZeile, GebuehrZeile, UnterlageZeile
from zufi.common.sprachfest import LANGS

_BETRAEGE = frozenset({"betrag", "von", "bis"})
# Translated fields; a language other than German is written as `name_en`.
_TEXTE = frozenset({"beschreibung", "regel", "grund", "typ_text", "bezeichnung"})
_NAMEN = {"bis": "stichtag_bis", "von": "stichtag_von"}


def zeilen_der_leistung(text: Leistungstext) -> Mapping[str, list[Any]]:
    """Return the rows of a service by the name of their list."""
    return {
        "gebuehren": [gebuehr(Gebuehr, angaben) for angaben in text.gebuehren],
        "fristen": [frist(Frist, angaben) for angaben in text.fristen],
        "bearbeitungsdauern": [dauer(Bearbeitungsdauer, angaben) for angaben in text.dauern],
        "unterlagen": list(
            unterlagen(
                Unterlage,
                text.unterlagen,
                {lang: getattr(text, lang).get("unterlagen") for lang in LANGS if lang != "de"},
            )
        ),
        "rechtsgrundlagen": [Rechtsgrundlage(**angaben) for angaben in text.rechtsgrundlagen],
    }


def gebuehr(model: type[GebuehrZeile], angaben: Angaben) -> Any:
    """Return a cost; amounts are text with a point in the file."""
    return model(
        **{
            name: Decimal(wert) if name in _BETRAEGE else wert
            for name, wert in _deutsch(angaben).items()
        }
    )


def frist(model: type[FristZeile], angaben: Angaben) -> Any:
    """Return a deadline; `von` and `bis` are days in the file."""
    return model(**{_NAMEN.get(name, name): wert for name, wert in _deutsch(angaben).items()})


def dauer(model: type[DauerZeile], angaben: Angaben) -> Any:
    """Return a usual duration."""
    return model(**_deutsch(angaben))


def unterlagen(
    model: type[UnterlageZeile],
    zeilen: Iterable[Angaben],
    uebersetzt: Mapping[str, Sequence[Any] | None] = MappingProxyType({}),
) -> Iterable[Any]:
    """Yield the documents; what is not always needed says `pflicht = false`."""
    for nummer, angaben in enumerate(zeilen):
        felder = _deutsch(angaben)
        immer = felder.pop("pflicht", True)
        felder["pflicht"] = (model.Pflicht.IMMER if immer else model.Pflicht.JE_NACH_FALL).value
        for sprache, namen in uebersetzt.items():
            if namen:
                felder |= _in_sprache(namen[nummer], sprache)
        yield model(**felder)


def _in_sprache(zeile: Any, sprache: str) -> dict[str, Any]:
    texte = zeile if isinstance(zeile, dict) else {"bezeichnung": zeile}
    return {f"{name}_{sprache}": text for name, text in texte.items() if name in _TEXTE}


def _deutsch(angaben: Angaben) -> dict[str, Any]:
    return {f"{name}_de" if name in _TEXTE else name: wert for name, wert in angaben.items()}
