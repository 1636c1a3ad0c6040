"""What machines ask: health and figures."""

from __future__ import annotations

from django.conf import settings
from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST

from search import client, metrics, prozesse

_SCHEME = "Bearer "


@require_safe
@never_cache
@transaction.non_atomic_requests
def healthz(request: HttpRequest) -> JsonResponse:
    """Whether this process can serve citizens: 503 only without the database.

    Without Elasticsearch or a worker the site serves all pages, with a restricted search. It says
    "degraded" and stays 200, or a load balancer would take the whole site away.
    """
    database = _database_answers()
    states = {
        "database": database,
        "elasticsearch": client.is_healthy(),
        "worker": database and bool(prozesse.workers(timezone.now())),
    }
    status = "ok" if all(states.values()) else "degraded" if database else "down"
    return JsonResponse(
        {
            "status": status,
            **{name: "ok" if answers else "down" for name, answers in states.items()},
            "breaker": "open" if client.is_breaker_open() else "closed",
        },
        status=200 if database else 503,
    )


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


@require_safe
@never_cache
def kennzahlen(request: HttpRequest) -> HttpResponse:
    """Figures for Prometheus, with `Authorization: Bearer <METRICS_TOKEN>` only."""
    if not settings.METRICS_TOKEN:
        raise Http404
    sent = request.headers.get("Authorization", "")
    if not sent.startswith(_SCHEME) or not constant_time_compare(
        sent.removeprefix(_SCHEME), settings.METRICS_TOKEN
    ):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    return HttpResponse(metrics.render(timezone.now()), content_type=CONTENT_TYPE_LATEST)
