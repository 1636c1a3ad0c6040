"""The one service whose document is refused at times: changed by an editor, looked at by us."""

from __future__ import annotations

from django.db import connection

from leistungen.models import Leistung
from search.models import SearchDokument


def change(pk: int, titel: str) -> None:
    """An editor publishes the service with this title."""
    connection.close()  # the database may have been restarted since the last time
    obj = Leistung.objects.get(pk=pk)
    obj.bezeichnung_de = titel
    obj.save_revision().publish()


def refusal(pk: int) -> str:
    """Return the engine's reason as editors see it, "" while the document counts as sent."""
    row = SearchDokument.objects.get(kind="leistung", object_id=pk)
    return row.last_error if row.indexed_version < row.version else ""
