"""Data files of the German analysis; see `QUELLEN.md` for origin and licences."""

from __future__ import annotations
