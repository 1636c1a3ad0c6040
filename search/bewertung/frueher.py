"""An earlier report: from a file, or from a commit of this repository."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path
from typing import Any

from django.conf import settings

from search.bewertung.vergleich import VergleichFehler

ORDNER = "docs/suchguete"
"""Where a release keeps its reports: `evaluate_search dev.tsv --json > docs/suchguete/dev.json`."""

_REF = re.compile(r"[\w./~^@{}][\w./~^@{}-]*")  # never an option of git


def load_bericht(angabe: str, tsv: Path) -> dict[str, Any]:
    """Return the report of a file, or the one committed at a git ref.

    An existing file wins. Anything else is a ref (branch, tag, commit), and the report is that of
    the judged file `tsv` at that commit: `docs/suchguete/<its name>.json`.

    Raises:
        VergleichFehler: neither, or not JSON; says in German what to do.
    """
    path = Path(angabe)
    text = path.read_text(encoding="utf-8") if path.is_file() else _show(angabe, tsv)
    try:
        report = json.loads(text)
    except json.JSONDecodeError as error:
        raise VergleichFehler(f"„{angabe}“ ist kein JSON: {error}") from error
    if not isinstance(report, dict):
        raise VergleichFehler("Das ist kein Bericht von „evaluate_search --json“.")
    return report


def _show(ref: str, tsv: Path) -> str:
    stored = f"{ORDNER}/{tsv.stem}.json"
    missing = VergleichFehler(
        f"„{ref}“ ist keine Datei und kein Stand dieses Repositorys, der {stored} enthält."
    )
    if not _REF.fullmatch(ref):
        raise missing
    try:
        answer = subprocess.run(  # noqa: S603 - the ref is checked above
            ["git", "show", f"{ref}:{stored}"],  # noqa: S607 - whichever git is installed
            cwd=settings.BASE_DIR,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as error:  # no git on this machine
        raise missing from error
    if answer.returncode != 0:
        raise missing
    return answer.stdout
