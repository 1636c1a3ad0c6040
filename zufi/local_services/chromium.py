"""A Chromium for the browser tests: the one that is there, else Debian's, through apt."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from zufi.local_services.messages import ServiceError, say
from zufi.local_services.state import cache_dir, locked

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-liberation")
DPKG_STATUS = Path("/var/lib/dpkg/status")
_LIBRARY = re.compile(r"\.so(\.\d+)*$")
_ADVICE = (
    "Installieren Sie Chromium mit der Paketverwaltung Ihres Systems, oder nennen Sie den Pfad "
    "eines vorhandenen in der Umgebungsvariablen CHROMIUM."
)


def find_chromium() -> str:
    """Return the path of a Chromium that starts, and install one if there is none.

    In this order: `$CHROMIUM`, the search path, an earlier installation in the cache, apt as root,
    apt's own client into the cache as an ordinary user.

    Raises:
        ServiceError: none starts and none can be installed; says what to do.
    """
    configured = os.environ.get("CHROMIUM", "").strip()
    if configured:
        return _checked(configured, f"CHROMIUM={configured}")
    present = _on_path()
    if present:
        return present
    wrapper = cache_dir() / "chromium" / "chromium"
    if starts(wrapper):
        return str(wrapper)
    if shutil.which("apt-get") is None:
        raise ServiceError(f"Es gibt hier weder Chromium noch apt-get. {_ADVICE}")
    if os.geteuid() == 0:
        _install()
        return _checked(_on_path() or "", "das eben installierte Chromium")
    with locked(cache_dir(), "Herunterladen von Chromium"):
        if not starts(wrapper):
            unpack_debian(wrapper.parent, DPKG_STATUS)
    return _checked(str(wrapper), "das eben entpackte Chromium")


def starts(program: Path | str) -> bool:
    """Return whether the program answers `--version`."""
    try:
        answer = subprocess.run(
            [program, "--version"], capture_output=True, timeout=60, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return answer.returncode == 0


def unpack_debian(folder: Path, dpkg_status: Path) -> None:
    """Unpack Debian's Chromium, with what `dpkg_status` lacks of its libraries, below `folder`.

    Needs no root: apt gets its own folders for lists and archives, and the packages are unpacked,
    not installed. The result is started through the script `folder/chromium`.
    """
    apt = folder / "apt"
    (apt / "state" / "lists" / "partial").mkdir(parents=True, exist_ok=True)
    (apt / "cache" / "archives" / "partial").mkdir(parents=True, exist_ok=True)
    options = _apt_options(apt, dpkg_status)
    say("Chromium wird heruntergeladen (rund 100 MB, nur einmal) …")
    _apt([*options, "update"])
    _apt([*options, "install", "--download-only", "--no-install-recommends", "-y", *PACKAGES])
    root = folder / "root"
    shutil.rmtree(root, ignore_errors=True)
    for archive in sorted((apt / "cache" / "archives").glob("*.deb")):
        _call(["dpkg-deb", "-x", str(archive), str(root)])
    _write_wrapper(folder, root)
    shutil.rmtree(apt)


def _apt_options(apt: Path, dpkg_status: Path) -> list[str]:
    settings = {
        "Dir::State": apt / "state",
        "Dir::State::status": dpkg_status,
        "Dir::Cache": apt / "cache",
        "Dir::Log": apt,
        "Debug::NoLocking": "1",
        "APT::Sandbox::User": "",
    }
    options = ["-q"]
    for key, value in settings.items():
        options += ["-o", f"{key}={value}"]
    return options


def _install() -> None:
    say("Chromium wird mit apt-get installiert …")
    _apt(["-q", "update"])
    _apt(["-q", "install", "-y", "--no-install-recommends", *PACKAGES])


def _apt(arguments: Sequence[str]) -> None:
    _call(["apt-get", *arguments])


def _call(command: Sequence[str]) -> None:
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive", "LC_ALL": "C.UTF-8"}
    answer = subprocess.run(
        command,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if answer.returncode != 0:
        printed = (answer.stderr or answer.stdout).strip()[-800:]
        raise ServiceError(f"{command[0]} ist gescheitert: {printed}\n{_ADVICE}")


def _write_wrapper(folder: Path, root: Path) -> None:
    """Write the start script: own libraries first, own fonts beside those of the system."""
    program = root / "usr" / "lib" / "chromium" / "chromium"
    libraries = sorted(
        {str(path.parent) for path in root.rglob("*.so*") if _LIBRARY.search(path.name)}
        - {str(program.parent)}
    )
    fonts = folder / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>\n'
        f"  <dir>/usr/share/fonts</dir>\n  <dir>{root}/usr/share/fonts</dir>\n"
        f"  <cachedir>{folder}/fontcache</cachedir>\n"
        "  <alias><family>sans-serif</family><prefer><family>Liberation Sans</family></prefer>"
        '</alias>\n  <include ignore_missing="yes">/etc/fonts/conf.d</include>\n</fontconfig>\n',
        encoding="utf-8",
    )
    wrapper = folder / "chromium"
    wrapper.write_text(
        "#!/bin/sh\n"
        f"LD_LIBRARY_PATH='{':'.join(libraries)}'${{LD_LIBRARY_PATH:+:$LD_LIBRARY_PATH}}\n"
        f"FONTCONFIG_FILE='{fonts}'\n"
        "export LD_LIBRARY_PATH FONTCONFIG_FILE\n"
        f"exec '{program}' \"$@\"\n",
        encoding="utf-8",
    )
    wrapper.chmod(0o755)


def _on_path() -> str:
    for name in NAMES:
        found = shutil.which(name)
        if found and starts(found):
            return found
    return ""


def _checked(path: str, source: str) -> str:
    if not path or not starts(path):
        raise ServiceError(f"Chromium startet nicht ({source}). {_ADVICE}")
    return path
