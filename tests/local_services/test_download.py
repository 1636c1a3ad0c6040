"""Half files are repaired, wrong ones refused, and a failure says what to do."""

from __future__ import annotations

import hashlib
import zipfile
from pathlib import Path

import pytest

from zufi.local_services import download
from zufi.local_services.messages import ServiceError

CONTENT = b"ein Server"
SHA512 = hashlib.sha512(CONTENT).hexdigest()


def write_content(target: Path) -> None:
    target.write_bytes(CONTENT)


def test_the_pin_is_a_sha512_of_the_named_version() -> None:
    assert len(bytes.fromhex(download.SHA512)) == hashlib.sha512().digest_size
    assert download.COORDINATE.endswith(f":{download.ELASTICSEARCH_VERSION}")


def test_a_half_file_is_fetched_again(tmp_path: Path) -> None:
    archive = tmp_path / "server.zip"
    archive.write_bytes(CONTENT[:3])
    (tmp_path / ".server.zip-99").write_bytes(b"liegengeblieben")

    download.obtain(archive, SHA512, write_content)

    assert [path.name for path in tmp_path.iterdir()] == ["server.zip"]
    assert archive.read_bytes() == CONTENT


def test_a_right_file_is_not_fetched_again(tmp_path: Path) -> None:
    archive = tmp_path / "server.zip"
    archive.write_bytes(CONTENT)

    download.obtain(archive, SHA512, lambda target: pytest.fail("nicht nötig"))


def test_another_file_is_refused_and_removed(tmp_path: Path) -> None:
    archive = tmp_path / "server.zip"

    with pytest.raises(download.ChecksumMismatch, match="Prüfsumme"):
        download.obtain(archive, hashlib.sha512(b"anderer").hexdigest(), write_content)

    assert list(tmp_path.iterdir()) == []


def test_a_failed_download_names_the_ways_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(download, "_ATTEMPTS", 1)

    def fail(target: Path) -> None:
        target.write_bytes(CONTENT[:2])
        raise OSError("Verbindung getrennt")

    with pytest.raises(ServiceError, match=r"Verbindung getrennt.*ELASTICSEARCH_URL"):
        download.obtain(tmp_path / "server.zip", SHA512, fail)
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_folder_is_noticed_and_unpacked_anew(tmp_path: Path) -> None:
    archive, home = tmp_path / "server.zip", tmp_path / "server-1"
    with zipfile.ZipFile(archive, "w") as packed:
        entry = zipfile.ZipInfo("server-1/bin/start")
        entry.external_attr = 0o755 << 16
        packed.writestr(entry, "#!/bin/sh\n")
        packed.writestr("server-1/lib/kern.jar", CONTENT)
    download.unpack(archive, home, SHA512)
    assert download.is_complete(home, SHA512)
    assert (home / "bin" / "start").stat().st_mode & 0o111

    (home / "lib" / "kern.jar").write_bytes(b"")
    assert not download.is_complete(home, SHA512)

    download.unpack(archive, home, SHA512)
    assert download.is_complete(home, SHA512)
    assert not download.is_complete(home, "eine andere Prüfsumme")
