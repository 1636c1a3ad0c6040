"""What editors committed, one JSON line each: the truth the index is held against at the end."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

# In every draft and in nothing that is published. Longer than a suggestion's prefixes, no noun.
ENTWURF = "zz9entwurfsmarke"
ALIAS = "zufichaos"


@dataclass(frozen=True, slots=True)
class Eintrag:
    """One action, written after its commit. `id` 0: it concerns no single object."""

    art: str
    kind: str
    id: int
    zeit: float  # seconds since the epoch, right after the commit
    titel: str = ""
    live: bool = False
    da: bool = True  # False: deleted
    fehler: str = ""  # what must not happen


class Journal:
    """Appends entries to a file; complete lines survive the death of the process."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8", buffering=1)

    def write(self, eintrag: Eintrag) -> None:
        """The entry is in the file."""
        self._file.write(json.dumps(asdict(eintrag), ensure_ascii=False) + "\n")


class Leser:
    """Reads what was added to all journals of a folder since the last look."""

    def __init__(self, folder: Path, pattern: str = "redaktion-*.jsonl") -> None:
        self._folder = folder
        self._pattern = pattern
        self._positions: dict[Path, int] = {}

    def new(self) -> Iterator[Eintrag]:
        """Yield the new complete entries."""
        for path in sorted(self._folder.glob(self._pattern)):
            with path.open("rb") as file:
                file.seek(self._positions.get(path, 0))
                for line in file:
                    if not line.endswith(b"\n"):
                        break
                    self._positions[path] = self._positions.get(path, 0) + len(line)
                    yield Eintrag(**json.loads(line))


def last_states(folder: Path) -> dict[tuple[str, int], Eintrag]:
    """Return object → the last entry about its public state."""
    states: dict[tuple[str, int], Eintrag] = {}
    for eintrag in Leser(folder).new():
        if eintrag.id and eintrag.art != "Entwurf" and not eintrag.fehler:
            states[eintrag.kind, eintrag.id] = eintrag
    return states
