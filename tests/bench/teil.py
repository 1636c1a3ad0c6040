"""One part of the benchmarks in a process of its own; prints one JSON object per line."""

from __future__ import annotations

import importlib
import json
import logging
import os
import sys

import django


def main(name: str) -> None:
    """Measure one part in the database of the environment."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zufi.settings.dev")
    os.environ["DEBUG"] = "0"
    django.setup()
    logging.disable(logging.WARNING)
    for zeile in importlib.import_module(f"tests.bench.{name}").measure():
        print(json.dumps({"text": str(zeile), "verfehlt": zeile.verfehlt}), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
