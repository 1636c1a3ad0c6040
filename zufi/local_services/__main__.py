"""`python -m zufi.local_services up | down | status | chromium`, in plain German."""

from __future__ import annotations

import argparse
import json
import re
import sys
from typing import Any

from zufi.local_services import chromium, services
from zufi.local_services.messages import ServiceError, say
from zufi.local_services.state import ENVIRONMENT_KEYS


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 0 done, 1 failed with a sentence, 130 broken off."""
    options = _parser().parse_args(arguments)
    try:
        _COMMANDS[options.command](options.json)
    except ServiceError as error:
        say(f"Fehler: {error}")
        return 1
    except PermissionError as error:
        say(
            f"Fehler: kein Zugriff auf {error.filename}. Der Ordner gehört vermutlich einem "
            "anderen Benutzer; setzen Sie ZUFI_STATE oder ZUFI_CACHE auf einen eigenen."
        )
        return 1
    except KeyboardInterrupt:
        say("Abgebrochen.")
        return 130
    return 0


def describe(name: str, title: str, entry: dict[str, Any]) -> str:
    """Return one German sentence about a service; passwords are left out."""
    where = hide_password(entry["url"] or "")
    if not entry["managed"]:
        reached = "erreichbar" if entry["running"] else "nicht erreichbar"
        variable = ENVIRONMENT_KEYS[name]
        return f"{title}: eigener Dienst aus {variable}, {reached} ({where})"
    if entry["running"]:
        return f"{title} {entry['version']} läuft: {where} (Prozess {entry['pid']})"
    return f"{title} läuft nicht. Start: python -m zufi.local_services up"


def hide_password(url: str) -> str:
    """Return the address with every password replaced by asterisks."""
    return re.sub(r"(//[^:/@,]*):[^@,]*@", r"\1:***@", url)


def _up(as_json: bool) -> None:
    found = services.ensure_up()
    for service in services.SERVICES:
        if services.external_url(service.name):
            say(describe(service.name, service.title, services.status()[service.name]))
    if as_json:
        print(json.dumps(services.status(), indent=2))
        return
    for service in services.SERVICES:
        if not services.external_url(service.name):
            key = ENVIRONMENT_KEYS[service.name]
            print(f"{key}={found[key]}")


def _down(as_json: bool) -> None:
    stopped = services.stop_all()
    if as_json:
        print(json.dumps(services.status(), indent=2))
        return
    print(f"Beendet: {', '.join(stopped)}." if stopped else "Es lief kein lokaler Dienst.")


def _status(as_json: bool) -> None:
    report = services.status()
    if as_json:
        print(json.dumps(report, indent=2))
        return
    for service in services.SERVICES:
        print(describe(service.name, service.title, report[service.name]))
    print(f"Zustand und Daten: {report['state']}")


def _chromium(as_json: bool) -> None:
    path = chromium.find_chromium()
    print(json.dumps({"chromium": path}) if as_json else path)


_COMMANDS = {"up": _up, "down": _down, "status": _status, "chromium": _chromium}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m zufi.local_services",
        description="Lokales PostgreSQL und Elasticsearch für Demo, Tests und Entwicklung.",
    )
    parser.add_argument(
        "command",
        choices=sorted(_COMMANDS),
        help="up: starten, down: beenden, status: was läuft wo, chromium: Browser der Tests",
    )
    parser.add_argument("--json", action="store_true", help="Ausgabe als JSON")
    return parser


if __name__ == "__main__":
    sys.exit(main())
