"""German text analysis in plain Python: the only place where text becomes tokens."""

from __future__ import annotations

from search.analysis.folding import fold
from search.analysis.tokens import (
    ANALYSE_STAND,
    Token,
    analyse,
    analyse_english,
    analyser_hash,
)

__all__ = ["ANALYSE_STAND", "Token", "analyse", "analyse_english", "analyser_hash", "fold"]
