"""From visible content to the stored document, its tokens and what Elasticsearch gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from search.analysis import analyser_hash
from search.analysis.fields import field_tokens, inhalt_hash, tsvector_literal
from search.haeufig import HAEUFIG_GESUCHT
from search.inhalte import Inhalt
from search.models import OPEN_END, OPEN_START


@dataclass(frozen=True, slots=True)
class Dokument:
    """What the row of one object holds after a build; a deleted one is a tombstone."""

    kind: str
    object_id: int
    deleted: bool
    analyser_hash: str
    document: dict[str, Any] = field(default_factory=dict)
    tokens: dict[str, list[str]] = field(default_factory=dict)
    tsv: str = ""
    inhalt_hash: str = ""
    gueltig_ab: date = OPEN_START
    gueltig_bis: date = OPEN_END
    naechste_aenderung: date | None = None
    naechster_moment: datetime | None = None
    quellen: tuple[str, ...] = ()


class Gespeichert(Protocol):
    """What `Dokument` and a row of `search_dokument` have in common."""

    @property
    def object_id(self) -> int:
        """Primary key of the object."""

    @property
    def document(self) -> Mapping[str, Any]:
        """What is shown, and filter values."""

    @property
    def tokens(self) -> Mapping[str, Sequence[str]]:
        """Token field → values."""

    @property
    def inhalt_hash(self) -> str:
        """Hash of document, validity and tokens."""

    @property
    def gueltig_ab(self) -> date:
        """First day."""

    @property
    def gueltig_bis(self) -> date:
        """Last day."""


def tombstone(kind: str, object_id: int) -> Dokument:
    """Return the document of an object nobody may see."""
    return Dokument(kind, object_id, deleted=True, analyser_hash=analyser_hash())


def to_document(kind: str, inhalt: Inhalt) -> Dokument:
    """Return the document of visible content, analysed; equal content gives an equal hash."""
    tokens = field_tokens(
        titel=inhalt.titel,
        begriffe=inhalt.begriffe,
        kurz=inhalt.kurz,
        text=inhalt.text,
        stelle=inhalt.stelle,
        titel_en=inhalt.titel_en,
        text_en=inhalt.text_en,
        kennung=inhalt.kennung,
    )
    gueltig_ab = inhalt.gueltig_ab or OPEN_START
    gueltig_bis = inhalt.gueltig_bis or OPEN_END
    document: dict[str, Any] = {
        "titel": inhalt.titel[0] if inhalt.titel else "",
        "kurz": inhalt.anzeige_kurz,
        "slug": inhalt.slug,
        "titel_en": inhalt.titel_en[0] if inhalt.titel_en else "",
        "zielgruppe": inhalt.zielgruppe,
        "lebenslage": inhalt.lebenslage,
        "gueltig_in": inhalt.gueltig_in,
        "online_in": inhalt.online_in,
        "beliebtheit": _beliebtheit(kind, inhalt),
    }
    return Dokument(
        kind=kind,
        object_id=inhalt.object_id,
        deleted=False,
        analyser_hash=analyser_hash(),
        document=document,
        tokens=tokens,
        tsv=tsvector_literal(tokens),
        inhalt_hash=inhalt_hash(
            {**document, "gueltig_ab": gueltig_ab, "gueltig_bis": gueltig_bis}, tokens
        ),
        gueltig_ab=gueltig_ab,
        gueltig_bis=gueltig_bis,
        naechste_aenderung=inhalt.naechste_aenderung,
        naechster_moment=inhalt.naechster_moment,
        quellen=tuple(sorted(f"{kind}:{pk}" for kind, pk in inhalt.quellen)),
    )


def _beliebtheit(kind: str, inhalt: Inhalt) -> float:
    """Return how much a document is asked for, 0 to 1: what the start page offers is, fully."""
    return 1.0 if kind == "leistung" and inhalt.slug in HAEUFIG_GESUCHT else 0.0


def to_source(stored: Gespeichert) -> dict[str, Any]:
    """Return the `_source` for `search.mapping`, of a fresh document or of a row."""
    document = stored.document
    source: dict[str, Any] = {name: values for name, values in stored.tokens.items() if values}
    source |= {
        name: document[name]
        for name in ("zielgruppe", "lebenslage", "gueltig_in", "online_in")
        if document[name]
    }
    return source | {
        "beliebtheit": document["beliebtheit"],
        "gueltig_ab": stored.gueltig_ab.isoformat(),
        "gueltig_bis": stored.gueltig_bis.isoformat(),
        "nr": stored.object_id,
        "inhalt_hash": stored.inhalt_hash,
        "anzeige": {name: document[name] for name in ("titel", "kurz", "slug", "titel_en")},
    }
