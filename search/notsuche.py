"""The search on PostgreSQL while Elasticsearch is away: bounded in time, never an error page."""

from __future__ import annotations

import logging
from typing import Any

from django.conf import settings
from django.db import OperationalError, connection, transaction
from psycopg import errors

from search.compile_pg import PgQuery

logger = logging.getLogger(__name__)


def find(query: PgQuery) -> list[tuple[Any, ...]]:
    """Return the rows of a compiled query; none if it takes longer than the settings allow."""
    limit = int(settings.FALLBACK_TIMEOUT_SECONDS * 1000)
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET LOCAL statement_timeout = {limit}")
            cursor.execute(query.sql, query.params)
            rows = list(cursor.fetchall())
            # SET LOCAL outlives the savepoint: the rest of the request must not inherit it.
            cursor.execute("SET LOCAL statement_timeout TO DEFAULT")
    except OperationalError as error:
        if not isinstance(error.__cause__, errors.QueryCanceled):
            raise
        logger.error("the search on PostgreSQL took more than %d ms", limit)
        return []
    return rows
