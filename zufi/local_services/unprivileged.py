"""The account that the servers run under: oneself, or for root an unprivileged one.

PostgreSQL and Elasticsearch both refuse to run as root. Root's checkout, virtual environment or
Python may lie where no other account may look (0700 folders), so what the account needs is tried
for real and copied to the cache when it cannot be reached.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import pwd
import shutil
import stat
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from zufi.local_services.messages import ServiceError
from zufi.local_services.state import cache_dir

ACCOUNT_NAME = "zufi-lokal"
HIDDEN_STATE_HOME = Path("/var/lib/zufi")


@dataclass(frozen=True)
class Account:
    """Who runs the servers; `switch` says whether we, being root, change to this account."""

    name: str
    uid: int
    gid: int
    switch: bool

    def arguments(self) -> dict[str, Any]:
        """Return the arguments of `subprocess` that start a program under this account."""
        if not self.switch:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


def service_account() -> Account:
    """Return the account of the servers; as root it is created when missing.

    Raises:
        ServiceError: we are root and there is neither our account nor `nobody`.
    """
    if os.geteuid() != 0:
        entry = pwd.getpwuid(os.geteuid())
        return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switch=False)
    with contextlib.suppress(KeyError):
        return _named(ACCOUNT_NAME)
    with contextlib.suppress(OSError):
        subprocess.run(
            [
                "useradd",
                "--system",
                "--user-group",
                "--no-create-home",
                "--home-dir=/nonexistent",
                "--shell=/usr/sbin/nologin",
                ACCOUNT_NAME,
            ],
            capture_output=True,
            check=False,
        )
    for name in (ACCOUNT_NAME, "nobody"):
        with contextlib.suppress(KeyError):
            return _named(name)
    raise ServiceError(
        "PostgreSQL und Elasticsearch laufen nicht als root, und das Konto "
        f"{ACCOUNT_NAME} ließ sich nicht anlegen. Legen Sie es mit »useradd --system "
        f"{ACCOUNT_NAME}« an, oder starten Sie als gewöhnlicher Benutzer."
    )


def run(
    account: Account,
    command: Sequence[str | Path],
    *,
    env: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: str | None = None,
    timeout: float = 60,
) -> subprocess.CompletedProcess[str]:
    """Run a short program under the account and return its output; never raises for its failure.

    A program that cannot be started or takes longer than `timeout` seconds counts as failed.
    """
    try:
        return subprocess.run(
            [str(part) for part in command],
            env=dict(env) if env is not None else clean_environment(),
            cwd=cwd or "/",
            input=stdin,
            stdin=subprocess.DEVNULL if stdin is None else None,
            capture_output=True,
            text=True,
            timeout=timeout,
            check=False,
            # What it leaves running must outlive the caller's terminal and process group.
            start_new_session=True,
            **account.arguments(),
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        return subprocess.CompletedProcess(list(map(str, command)), 127, "", str(error))


def clean_environment(**extra: str) -> dict[str, str]:
    """Return the small environment of a server: nothing of the caller's but the search path."""
    path = os.environ.get("PATH", "/usr/local/bin:/usr/bin:/bin")
    return {"PATH": path, "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", **extra}


def workroom(account: Account, state: Path) -> Path:
    """Return the folder for the servers' data: the state folder, or for root a reachable one.

    The second case is a state folder below one that the account may not enter, such as /root.
    """
    state.mkdir(parents=True, exist_ok=True)
    if not account.switch or run(account, ["test", "-x", state]).returncode == 0:
        return state
    key = hashlib.sha256(str(state).encode()).hexdigest()[:12]
    room = HIDDEN_STATE_HOME / key
    room.mkdir(parents=True, exist_ok=True)
    for folder in (HIDDEN_STATE_HOME, room):
        folder.chmod(0o755)
    (room / "QUELLE.txt").write_text(f"Daten der lokalen Dienste von {state}\n", encoding="utf-8")
    return room


def own_folder(account: Account, folder: Path) -> Path:
    """Create `folder` with mode 0700 as property of the account, with all that is in it."""
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    if account.switch and folder.stat().st_uid != account.uid:
        give(account, folder)
        for path in folder.rglob("*"):
            give(account, path)
    return folder


def give(account: Account, path: Path) -> None:
    """Make `path` the account's own; for an ordinary user it already is."""
    if account.switch:
        os.chown(path, account.uid, account.gid, follow_symlinks=False)


def reachable(account: Account, base: Path, parts: Sequence[str], probe: str, copy: str) -> Path:
    """Return a folder with the same `parts` as `base`, in which the account can run `probe`.

    That is `base` itself whenever it works, else the copy named `copy` in the cache.

    Args:
        account: who will run the programs.
        base: folder with the installed package, for instance site-packages.
        parts: what the programs need, relative to `base`; parts that do not exist are left out.
        probe: program relative to `base` that answers `-version` or `--version`.
        copy: name of the copy; must contain the version of the package.

    Raises:
        ServiceError: not even the copy runs.
    """
    if _works(account, base / probe):
        return base
    target = cache_dir() / copy
    if not _works(account, target / probe):
        temporary = target.with_name(f".{copy}-{os.getpid()}")
        shutil.rmtree(temporary, ignore_errors=True)
        for part in parts:
            if (base / part).exists():
                shutil.copytree(base / part, temporary / part, symlinks=True)
        open_to_all(temporary)
        shutil.rmtree(target, ignore_errors=True)
        temporary.rename(target)
    if not _works(account, target / probe):
        answer = run(account, [target / probe, "--version"])
        raise ServiceError(
            f"{target / probe} lässt sich als Benutzer {account.name} nicht ausführen: "
            f"{(answer.stderr or answer.stdout).strip()[-400:]}"
        )
    return target


def open_to_all(root: Path) -> None:
    """Let every account read and enter what lies below `root` (like chmod -R a+rX)."""
    for path in (root, *root.rglob("*")):
        if path.is_symlink():
            continue
        mode = path.stat().st_mode
        executable = path.is_dir() or mode & stat.S_IXUSR
        path.chmod(stat.S_IMODE(mode) | (0o555 if executable else 0o444))


def _named(name: str) -> Account:
    entry = pwd.getpwnam(name)
    return Account(entry.pw_name, entry.pw_uid, entry.pw_gid, switch=True)


def _works(account: Account, program: Path) -> bool:
    return run(account, [program, "--version"]).returncode == 0
