"""A small Land, published and indexed, for every test of the whole path."""

from __future__ import annotations

from tests.welt_fixture import welt

__all__ = ["welt"]
