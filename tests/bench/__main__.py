"""Run all benchmarks and print one table; `make bench` calls it."""

from __future__ import annotations

import os
import sys

import django


def main() -> int:
    """Return 0 when everything was measured, 2 when the demo data are missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zufi.settings.dev")
    os.environ.setdefault("DEBUG", "0")
    django.setup()
    from leistungen.models import Leistung
    from tests.bench import suche, zustaendigkeit

    if not Leistung.objects.filter(live=True).exists():
        print("Es sind keine Demodaten geladen. Laden Sie sie mit »make demo SERVE=0«.")
        return 2
    for modul in (zustaendigkeit, suche):
        for zeile in modul.measure():
            print(f"{zeile.name:<58} {zeile.wert:>10} {zeile.ziel}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
