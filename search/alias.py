"""Readers follow the alias, workers the registry: when they disagree, the alias is right."""

from __future__ import annotations

import logging

from search import indices, targets
from search.models import SearchIndex

logger = logging.getLogger(__name__)


def follow_alias(kind: str) -> None:
    """The registry names the index that readers see: a swap whose commit was lost is caught up.

    What that index missed meanwhile is not sent here; the next comparison finds it.

    Raises:
        ElasticsearchAway: the alias could not be read.
    """
    for name in indices.alias_targets(kind):
        index = SearchIndex.objects.filter(name=name).first()
        if index is not None and index.state != SearchIndex.State.LIVE:
            logger.warning("the alias already points to %s; the registry follows", name)
            targets.promote(name)
