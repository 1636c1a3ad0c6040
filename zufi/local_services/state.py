"""Where the local services keep what they know: paths, the state file, locks."""

from __future__ import annotations

import contextlib
import fcntl
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from zufi.local_services.messages import ServiceError, say

CHECKOUT = Path(__file__).resolve().parents[2]
STATE_FILE = "services.json"
ENVIRONMENT_KEYS = {"postgres": "DATABASE_URL", "elasticsearch": "ELASTICSEARCH_URL"}


@dataclass(frozen=True)
class Record:
    """One service as last started: `pid` is 0 after `down`; port and url stay for the next start.

    `started` is the start mark of the process (`process.start_mark`), so that a recycled pid is
    never taken for ours.
    """

    pid: int
    started: str
    port: int
    url: str
    data: str
    version: str


def state_dir() -> Path:
    """Return `$ZUFI_STATE`, or `var/` in the checkout. The folder may not exist yet."""
    configured = os.environ.get("ZUFI_STATE", "").strip()
    return Path(configured).expanduser().absolute() if configured else CHECKOUT / "var"


def cache_dir() -> Path:
    """Return the folder of downloads, shared by all checkouts of this user, and create it.

    `$ZUFI_CACHE` wins. Root uses a folder that the unprivileged account can read, all others
    their own cache folder.
    """
    configured = os.environ.get("ZUFI_CACHE", "").strip()
    if configured:
        cache = Path(configured).expanduser().absolute()
    elif os.geteuid() == 0:
        cache = Path("/var/cache/zufi")
    else:
        home = os.environ.get("XDG_CACHE_HOME", "").strip() or "~/.cache"
        cache = Path(home).expanduser() / "zufi"
    cache.mkdir(parents=True, exist_ok=True)
    if os.geteuid() == 0:
        cache.chmod(0o755)
    return cache


@contextlib.contextmanager
def locked(directory: Path, reason: str) -> Iterator[None]:
    """Hold the lock of `directory`; a second process waits and says why.

    The kernel frees the lock when the process ends, however it ends.
    """
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / "lock").open("a") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            say(f"Ein anderer Vorgang ist noch dabei ({reason}); ich warte auf ihn …")
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def read_records(directory: Path | None = None) -> dict[str, Record]:
    """Return the services that the state file knows; an absent or damaged file knows none."""
    path = (directory or state_dir()) / STATE_FILE
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        return {name: Record(**stored[name]) for name in ENVIRONMENT_KEYS if name in stored}
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except PermissionError as error:
        raise ServiceError(
            f"{path} ist für diesen Benutzer nicht lesbar. Verwenden Sie denselben Benutzer wie "
            "beim Start der Dienste, oder setzen Sie ZUFI_STATE auf ein eigenes Verzeichnis."
        ) from error
    except (ValueError, TypeError, AttributeError):
        return {}


def write_record(name: str, record: Record, directory: Path | None = None) -> None:
    """Store one service in the state file, which is replaced in one step and private (0600)."""
    folder = directory or state_dir()
    folder.mkdir(parents=True, exist_ok=True)
    stored = {key: asdict(value) for key, value in read_records(folder).items()}
    stored[name] = asdict(record)
    handle, temporary = tempfile.mkstemp(dir=folder, prefix=f".{STATE_FILE}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(stored, file, indent=2)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(folder / STATE_FILE)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def addresses() -> dict[str, str]:
    """Return `DATABASE_URL` and `ELASTICSEARCH_URL` of the local services; starts nothing.

    The last known address is given even while a service is down, because it comes back on the
    same port whenever that is free. Empty before the first `up`.
    """
    return {ENVIRONMENT_KEYS[name]: record.url for name, record in read_records().items()}
