"""A small Land, published and indexed, for the command."""

from __future__ import annotations

from tests.welt_fixture import welt

__all__ = ["welt"]
