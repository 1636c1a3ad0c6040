"""What a technical reason means to editors, in one German sentence (pure)."""

from __future__ import annotations

AWAY = "Elasticsearch ist nicht erreichbar; die Übertragung wird von selbst nachgeholt."
OVERLOADED = "Elasticsearch ist überlastet; die Übertragung wird von selbst wiederholt."
NO_TARGET = "Es gibt noch keinen passenden Index; „rebuild_index“ legt ihn an."
READ_ONLY = (
    "Elasticsearch nimmt zurzeit nichts an, es lässt nur lesen. Meist ist die Festplatte voll; "
    "danach wird die Übertragung von selbst nachgeholt."
)
NOT_ALLOWED = (
    "Elasticsearch verweigert der Anwendung das Schreiben. Bitte Schlüssel oder Rechte prüfen; "
    "danach wird die Übertragung von selbst nachgeholt."
)
INDEX_LOST = "Der benutzte Index fehlt in Elasticsearch; „rebuild_index“ legt ihn neu an."

_OF_PARTS = (
    ("blocked by", READ_ONLY),
    ("read-only", READ_ONLY),
    ("security_exception", NOT_ALLOWED),
    ("no such index", INDEX_LOST),
    ("index_not_found", INDEX_LOST),
)
_OF_DOCUMENTS = (
    (
        "strict_dynamic",
        "Der Suchindex kennt ein Feld dieses Textes nicht; „rebuild_index“ hilft.",
    ),
    ("mapping set to strict", "Der Suchindex kennt ein Feld dieses Textes nicht; "
     "„rebuild_index“ hilft."),
    ("immense term", "Der Text enthält ein Wort, das für die Suche viel zu lang ist."),
    ("failed to parse", "Der Suchindex kann eine Angabe dieses Textes nicht lesen."),
    ("ohne Fehlermeldung", "Die Übertragung ist wiederholt mitten in der Arbeit abgebrochen."),
)  # fmt: skip


def refused_all(error: str) -> str:
    """Return why nothing can be sent at all, from the answer to one item ("" without any)."""
    if not error:
        return AWAY
    lowered = error.lower()
    known = next((text for part, text in _OF_PARTS if part in lowered), "")
    if known:
        return known
    return NOT_ALLOWED if error.startswith(("401", "403")) else AWAY


def erklaere(last_error: str) -> str:
    """Return what a row's `last_error` means; sentences of ours stay as they are."""
    known = next((text for part, text in _OF_DOCUMENTS if part in last_error), "")
    if known:
        return known
    if not last_error or last_error.endswith("."):
        return last_error
    if last_error[:3].isdigit():
        return "Elasticsearch nimmt diesen Text nicht an."
    return "Aus diesem Text lässt sich kein Eintrag für die Suche bilden."
