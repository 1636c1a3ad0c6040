"""Signs of life: which workers run, and which web processes do without Elasticsearch."""

from __future__ import annotations

import logging
import os
import secrets
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from functools import lru_cache

from django.db import Error as DatabaseError
from django.db import connection, transaction

from search import zaehler
from search.models import SearchProzess

logger = logging.getLogger(__name__)

Rolle = SearchProzess.Rolle

# A worker reports every `SIGN_OF_LIFE_SECONDS`; after this it counts as gone.
ALIVE_SECONDS = 45
# An open breaker is probed every 15 s while people search; older news say nothing.
BREAKER_NEWS_SECONDS = 600
_KEEP = timedelta(days=1)

_REPORT = """
INSERT INTO search_prozess (name, rolle, weg_seit, grund)
VALUES (%(name)s, %(rolle)s, CASE WHEN %(weg)s THEN now() END, %(grund)s)
ON CONFLICT (name) DO UPDATE SET gesehen_at = now(), grund = excluded.grund,
  weg_seit = CASE WHEN %(weg)s THEN coalesce(search_prozess.weg_seit, now()) END
"""


def melde(name: str, rolle: str, *, grund: str = "") -> None:
    """The process was alive now; with a reason it does without Elasticsearch since the first one.

    Waits for nobody: a lost sign of life is followed by the next one.
    """
    params: dict[str, str | bool] = {
        "name": name,
        "rolle": rolle,
        "weg": bool(grund),
        "grund": grund[:500],
    }
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL lock_timeout = '50ms'")
        cursor.execute(_REPORT, params)
        cursor.execute("SET LOCAL lock_timeout TO DEFAULT")


def melde_unterbrecher(grund: str, *, neu: bool = False) -> None:
    """The breaker of this process is open for this reason, or closed (""); never an error.

    Part of the request that noticed: the statement waits for nobody.

    Args:
        grund: what Elasticsearch did not do.
        neu: it has just opened, which is counted.
    """
    try:
        with transaction.atomic():
            melde(_web_name(os.getpid()), Rolle.WEB, grund=grund)
            if neu:
                zaehler.add_here({zaehler.ERSATZ: 1})
    except DatabaseError as error:
        logger.warning("the state of the breaker could not be kept: %s", type(error).__name__)


def ende(name: str) -> None:
    """The process has ended in order."""
    SearchProzess.objects.filter(name=name).delete()


def workers(jetzt: datetime) -> list[SearchProzess]:
    """Return the workers that live."""
    seit = jetzt - timedelta(seconds=ALIVE_SECONDS)
    return list(SearchProzess.objects.filter(rolle=Rolle.WORKER, gesehen_at__gte=seit))


def offene_unterbrecher(jetzt: datetime) -> Sequence[SearchProzess]:
    """Return the web processes that answer from PostgreSQL now, the longest first."""
    seit = jetzt - timedelta(seconds=BREAKER_NEWS_SECONDS)
    return list(
        SearchProzess.objects.filter(
            rolle=Rolle.WEB, gesehen_at__gte=seit, weg_seit__isnull=False
        ).order_by("weg_seit")
    )


def forget(jetzt: datetime) -> None:
    """Processes not seen for a day are gone."""
    SearchProzess.objects.filter(gesehen_at__lt=jetzt - _KEEP).delete()


@lru_cache(maxsize=8)
def _web_name(pid: int) -> str:
    return f"{socket.gethostname()[:40]}:{pid}:{secrets.token_hex(4)}"
