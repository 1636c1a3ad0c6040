"""The demo data, loaded once per module and rolled back after it."""

from __future__ import annotations

from tests.editorial_workflows.conftest import demo

__all__ = ["demo"]
