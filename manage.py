#!/usr/bin/env python
"""Django's command line; settings are for development unless told otherwise."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run one administrative command."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zufi.settings.dev")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - needs the setting above

    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
