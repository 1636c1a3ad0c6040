"""`python -m search.lebenszeichen URL`: exit code 0 if the address answers 200. For containers.

Django is not loaded: the container asks every few seconds.
"""

from __future__ import annotations

import os
import sys
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlsplit

SECONDS = 4.0


def is_alive(url: str) -> bool:
    """Return whether the address answers 200 in time, as a proxy would ask for it with https."""
    parts = urlsplit(url)
    connection = HTTPConnection(parts.hostname or "", parts.port, timeout=SECONDS)
    try:
        # Otherwise production answers with a redirect to https, or refuses the name.
        headers = {"X-Forwarded-Proto": "https", "Host": _public_name(parts.netloc)}
        connection.request("GET", parts.path, headers=headers)
        return connection.getresponse().status == 200  # noqa: PLR2004 - OK
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()


def _public_name(default: str) -> str:
    """Return the first name the site answers to; "*" and ".example.de" allow any."""
    first = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".")
    return first if first not in {"", "*"} else default


if __name__ == "__main__":
    sys.exit(0 if is_alive(sys.argv[1]) else 1)
