"""Numbers of synchronisation and connection, each with its reason."""

from __future__ import annotations

# --- kinds ------------------------------------------------------------------------------------
DOKUMENT_KINDS = ("leistung", "behoerde")  # have a document and an index of their own
QUELLEN_KINDS = ("onlinedienst", "kategorie", "behoerdenart", "gebiet")  # appear inside documents
CHANNEL = "search_dokument"  # of NOTIFY and LISTEN

# --- claiming ---------------------------------------------------------------------------------
BATCH_SIZE = 200  # built in well under a second, so a lease never runs out on a healthy machine
LEASE_SECONDS = 30  # a killed worker's rows are free again after this
ALONE_FROM_ATTEMPT = 3  # from here on a row no longer drags others with it
DEAD_AFTER_ATTEMPTS = 8  # about four minutes of trying; a change revives the row
LOCK_TIMEOUT_MS = 500  # below PostgreSQL's deadlock_timeout (1 s): the worker gives way
STATEMENT_TRIES = 6  # a statement that gave way to an editor is repeated so often

# --- waiting ----------------------------------------------------------------------------------
POLL_SECONDS = 2.0  # net below NOTIFY
BACKOFF_MAX_SECONDS = 300  # of one row
OUTAGE_MAX_SECONDS = 30  # of the worker while Elasticsearch is away

SIGN_OF_LIFE_SECONDS = 10.0  # of a worker
DUE_SECONDS = 20.0  # how late the begin or end of a period may be noticed
CHECK_LOOK_SECONDS = 5.0  # how often a worker asks whether a comparison is due

OLDEST_ALARM_SECONDS = 60  # a change that waits longer is an alarm (search.md 4.6)

# --- comparing index and database -------------------------------------------------------------
CHECK_AGAIN_SECONDS = 60  # after a difference was repaired, or Elasticsearch did not answer
CHECK_ABANDONED_SECONDS = 600  # a comparison takes seconds; after this its process is gone
CHECKS_KEPT = 200

# --- talking to Elasticsearch -----------------------------------------------------------------
BULK_DOCUMENTS = 300
BULK_BYTES = 5 * 1024 * 1024
BULK_TIMEOUT_SECONDS = 5.0
ADMIN_TIMEOUT_SECONDS = 30.0  # creating an index, swapping an alias
HEALTH_TIMEOUT_SECONDS = 1.0
CONNECTIONS_PER_HOST = 25  # more threads than a web process has
SCAN_PAGE = 1000
BREAKER_FAILURES = 5  # within BREAKER_WINDOW_SECONDS open the breaker
BREAKER_WINDOW_SECONDS = 10.0
BREAKER_OPEN_SECONDS = 15.0

# --- rebuild ----------------------------------------------------------------------------------
BACKFILL_PAGE = 500
GATE_SHARE = 0.98  # documents of visible rows (pypi/warehouse#3746)
GATE_NDCG = 0.02  # how much worse judged queries may be answered (search.md 5.1)
STANDBY_HOURS = 24  # how long a swap can be taken back
SWEEP_AFTER_HOURS = 24  # a younger unregistered index may belong to somebody at work
LOOK_EVERY_BATCHES = 10  # how often a rebuild looks whether its backlog has arrived
SETTLE_ROUNDS = 5  # of reconcile before a rebuild gives up
ADVISORY_LOCK = 7_261_993  # arbitrary, the same in every process
ADVISORY_LOCK_CHECK = 7_261_994
PROGRESS_SECONDS = 0.5  # how often a rebuild says how far it is
