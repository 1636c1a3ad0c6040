"""The server core of Elasticsearch: fetched as a Maven artifact, verified, unpacked once."""

from __future__ import annotations

import hashlib
import importlib
import json
import os
import shutil
import sys
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from zufi.local_services.messages import ServiceError, say
from zufi.local_services.state import cache_dir, locked
from zufi.local_services.unprivileged import open_to_all

ELASTICSEARCH_VERSION = "8.19.4"
COORDINATE = (
    f"org.elasticsearch.distribution.integ-test-zip:elasticsearch:zip:{ELASTICSEARCH_VERSION}"
)
# Computed from the downloaded file and equal to the checksum published beside it.
SHA512 = (
    "51d6666aff2064bd50ec02a6aaf2f14d09366a8ec27adb474b3f555dbc99f8d7"
    "1361c81ae09de5216b64aefe9c8cfc687dd5d7768490905f39f53cc6e28c79d7"
)
MANIFEST = ".vollstaendig.json"
_CHUNK = 1 << 20
_MEGABYTE = 1_000_000
_ATTEMPTS = 3

Fetch = Callable[[Path], None]


class ChecksumMismatch(ServiceError):
    """The file is not the one we pinned; it has been removed."""

    def __init__(self, name: str, found: str) -> None:
        """Keep the sentence for the operator; `found` is the SHA-512 of the file."""
        super().__init__(
            f"Die Prüfsumme von {name} stimmt nicht (gefunden: {found[:16]}…). Die Datei wurde "
            "verworfen. Prüfen Sie, ob ein Proxy Downloads verändert, und versuchen Sie es erneut."
        )


def elasticsearch_home() -> Path:
    """Return the unpacked server in the cache; it is complete and matches the pinned checksum.

    Raises:
        ServiceError: the file cannot be fetched; says what to do.
    """
    cache = cache_dir()
    home = cache / f"elasticsearch-{ELASTICSEARCH_VERSION}"
    with locked(cache, "Herunterladen von Elasticsearch"):
        if not is_complete(home, SHA512):
            archive = cache / f"elasticsearch-{ELASTICSEARCH_VERSION}.zip"
            obtain(archive, SHA512, fetch_artifact)
            unpack(archive, home, SHA512)
    return home


def obtain(archive: Path, sha512: str, fetch: Fetch) -> None:
    """Have `archive` with the given checksum on disk; a file that is there and right is kept.

    Args:
        archive: where the file is wanted.
        sha512: its checksum in lower-case hexadecimal digits.
        fetch: writes the file to the path it is given.

    Raises:
        ChecksumMismatch: what was fetched is another file.
        ServiceError: nothing could be fetched in three attempts.
    """
    if archive.exists() and _digest(archive) == sha512:
        return
    archive.unlink(missing_ok=True)
    for leftover in archive.parent.glob(f".{archive.name}-*"):
        leftover.unlink()
    partial = archive.with_name(f".{archive.name}-{os.getpid()}")
    try:
        _fetch_patiently(partial, fetch)
        found = _digest(partial)
        if found != sha512:
            raise ChecksumMismatch(archive.name, found)
        partial.replace(archive)
    finally:
        partial.unlink(missing_ok=True)


def unpack(archive: Path, home: Path, sha512: str) -> None:
    """Unpack the one folder of the zip as `home`, in one visible step, readable by everybody."""
    say(f"Elasticsearch {ELASTICSEARCH_VERSION} wird entpackt …")
    temporary = home.with_name(f".{home.name}.neu")
    shutil.rmtree(temporary, ignore_errors=True)
    with zipfile.ZipFile(archive) as source:
        for entry in source.infolist():
            target = Path(source.extract(entry, temporary))
            mode = entry.external_attr >> 16 & 0o777
            if mode and not entry.is_dir():
                target.chmod(mode)
    inner = temporary / home.name
    (inner / "plugins").mkdir(exist_ok=True)  # the server insists on this empty folder
    sizes = {
        str(path.relative_to(inner)): path.stat().st_size
        for path in sorted(inner.rglob("*"))
        if path.is_file()
    }
    manifest = json.dumps({"sha512": sha512, "sizes": sizes})
    (inner / MANIFEST).write_text(manifest, encoding="utf-8")
    open_to_all(temporary)
    shutil.rmtree(home, ignore_errors=True)
    inner.rename(home)
    shutil.rmtree(temporary, ignore_errors=True)


def is_complete(home: Path, sha512: str) -> bool:
    """Return whether every file of the archive lies in `home` with its size."""
    try:
        manifest = json.loads((home / MANIFEST).read_text(encoding="utf-8"))
        return manifest["sha512"] == sha512 and all(
            (home / name).stat().st_size == size for name, size in manifest["sizes"].items()
        )
    except (OSError, ValueError, KeyError):
        return False


def fetch_artifact(target: Path) -> None:
    """Download the artifact to `target` with progress on standard error."""
    maven = _maven()
    artifact = maven.Artifact.parse(COORDINATE)
    resolver = maven.Downloader().resolver
    say(f"Elasticsearch {ELASTICSEARCH_VERSION} wird heruntergeladen (rund 97 MB, nur einmal) …")
    address = resolver.uri_for_artifact(artifact)
    response = resolver.requestor.request(address, None, stream=True, timeout=60)
    total = int(response.headers.get("content-length") or 0)
    progress = Progress(total)
    with response, target.open("wb") as file:
        for chunk in response.iter_content(_CHUNK):
            file.write(chunk)
            progress.add(len(chunk))
    if total and target.stat().st_size != total:
        raise OSError(f"nach {target.stat().st_size} von {total} Bytes abgebrochen")


class Progress:
    """Shows a growing download: in place on a terminal, else one line per quarter."""

    def __init__(self, total: int) -> None:
        """Start at nothing; `total` is in bytes, 0 when unknown."""
        self.total = total
        self.done = 0
        self._shown = -1

    def add(self, count: int) -> None:
        """Note `count` more bytes."""
        self.done += count
        percent = 100 * self.done // self.total if self.total else 0
        terminal = sys.stderr.isatty()
        step = percent if terminal else percent // 25
        if step == self._shown:
            return
        self._shown = step
        text = f"  {self.done // _MEGABYTE} von {self.total // _MEGABYTE} MB ({percent} %)"
        last = self.done >= self.total
        sys.stderr.write(f"\r{text}" + ("\n" if last else "") if terminal else f"{text}\n")
        sys.stderr.flush()


def _fetch_patiently(partial: Path, fetch: Fetch) -> None:
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            fetch(partial)
        except ServiceError:
            raise
        except Exception as error:  # the client raises whatever its HTTP library does
            if attempt == _ATTEMPTS:
                raise ServiceError(
                    f"Elasticsearch ließ sich nicht herunterladen ({_short(error)}). Prüfen Sie "
                    "die Verbindung zum Maven-Verzeichnis (HTTPS_PROXY, REQUESTS_CA_BUNDLE) und "
                    "versuchen Sie es erneut. Oder nehmen Sie einen eigenen Server: "
                    "ELASTICSEARCH_URL=http://… (siehe docs/betrieb.md)."
                ) from error
            say(f"  Abgebrochen ({_short(error)}); neuer Versuch …")
            time.sleep(2 * attempt)
        else:
            return


def _maven() -> Any:
    try:
        return importlib.import_module("maven_artifact")
    except ImportError as error:
        raise ServiceError(
            "Das Paket maven-artifact fehlt. Installieren Sie »pip install -r "
            "requirements-local.txt«, oder setzen Sie ELASTICSEARCH_URL."
        ) from error


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha512").hexdigest()


def _short(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:160]
