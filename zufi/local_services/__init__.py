"""Real PostgreSQL and Elasticsearch on this machine, for demo, tests and development.

Production sets `DATABASE_URL` and `ELASTICSEARCH_URL` instead and needs nothing of this package.
No Django in here: the settings ask this package for addresses.
"""

from __future__ import annotations

from zufi.local_services.messages import ServiceError
from zufi.local_services.services import ensure_up
from zufi.local_services.state import addresses

__all__ = ["ServiceError", "addresses", "ensure_up"]
