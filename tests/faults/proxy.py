"""A proxy between clients and the real Elasticsearch that breaks things on demand; loopback only.

Each client speaks to a port of its own, so that a fault can hit one worker. Every request gets a
fresh connection to the server: a restart of it leaves nothing half-open here.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import threading
from collections import Counter
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.faults.nachricht import (
    LIMIT,
    Nachricht,
    add_unknown_field,
    answer,
    read_message,
    refuse_items,
)

HOST = "127.0.0.1"


class Art(StrEnum):
    """What happens to a request."""

    ABGELEHNT_429 = "429 für die ganze Anfrage"
    ABGELEHNT_503 = "503 für die ganze Anfrage"
    STUECKE_429 = "429 für jedes Dokument"
    NUR_LESEN = "Index nur lesbar (403 für jedes Dokument)"
    ABRISS_VORHER = "Abriss, bevor der Server etwas erhielt"
    ABRISS_NACHHER = "Abriss, nachdem der Server alles ausgeführt hat"
    DOPPELT = "jede Anfrage zweimal ausgeführt"
    VERSPAETET = "Abriss, ausgeführt erst Sekunden später"
    LANGSAM = "Antwort verzögert"
    STUMM = "keine Antwort"


_REFUSALS = {Art.ABGELEHNT_429: 429, Art.ABGELEHNT_503: 503}
_ITEM_REFUSALS = {
    Art.STUECKE_429: (429, "es_rejected_execution_exception", "Warteschlange voll"),
    Art.NUR_LESEN: (403, "cluster_block_exception", "index read-only"),
}
_TORN = {Art.ABRISS_VORHER, Art.ABRISS_NACHHER, Art.VERSPAETET, Art.STUMM}


@dataclass(frozen=True, slots=True)
class Stoerung:
    """A fault for a share of the requests.

    `sekunden`: delay of LANGSAM and VERSPAETET, and when a silent connection is closed.
    """

    art: Art
    anteil: float = 1.0
    nur_bulk: bool = False
    sekunden: float = 2.0


class Phase(StrEnum):
    """Where in a bulk call something shall happen."""

    VOR = "vor dem Senden"
    WAEHREND = "während des Sendens"
    NACH = "nach dem Senden"


class Proxy:
    """Runs in a thread of its own; faults are set from any thread and hold until cleared."""

    def __init__(self, upstream_port: int, seed: int = 0) -> None:
        self.upstream_port = upstream_port
        self.stoerung: Stoerung | None = None
        self.konflikte: frozenset[str] = frozenset()  # ids whose documents get an unknown field
        self.gezaehlt: Counter[str] = Counter()  # requests hit, by kind of fault
        self._random = random.Random(seed)
        self._haken: dict[str, tuple[Phase, Callable[[], object]]] = {}
        self._tasks: set[asyncio.Task[Any]] = set()
        self._servers: list[asyncio.Server] = []
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)
        self._thread.start()

    def listen(self, name: str) -> int:
        """Return a new port of this proxy; `name` tells whose requests come there."""

        async def start() -> int:
            async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
                self._keep(asyncio.current_task())
                await self._serve(name, reader, writer)

            server = await asyncio.start_server(serve, HOST, 0, limit=LIMIT)
            self._servers.append(server)
            return int(server.sockets[0].getsockname()[1])

        return int(self._run(start()))

    def at_next_bulk(self, name: str, phase: Phase, act: Callable[[], object]) -> None:
        """At this client's next bulk call do this once; the connection is torn afterwards."""
        self._haken[name] = (phase, act)

    def forget(self, name: str) -> bool:
        """Withdraw what waits for this client's next bulk; return whether it still waited."""
        return self._haken.pop(name, None) is not None

    def close(self) -> None:
        """Everything is closed; the thread has ended."""

        async def cancel() -> None:
            for server in self._servers:
                server.close()
            tasks = asyncio.all_tasks() - {asyncio.current_task()}
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await asyncio.sleep(0.01)  # transports close in the next round of the loop

        self._run(cancel())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def _run(self, work: Coroutine[Any, Any, Any]) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    async def _serve(
        self, name: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        with contextlib.suppress(OSError, EOFError, asyncio.CancelledError):
            while (request := await read_message(reader)) is not None:
                reply = await self._reply(name, request)
                if reply is None:
                    break
                writer.write(reply.encode())
                await writer.drain()
        writer.transport.abort()

    async def _reply(self, name: str, request: Nachricht) -> Nachricht | None:
        """Return the answer, None for a torn connection."""
        if request.is_bulk and self.konflikte:
            changed = add_unknown_field(request.inhalt, self.konflikte)
            if b'"konflikt"' in changed:
                self.gezaehlt["Dokument mit fremdem Feld"] += 1
            request = request.with_body(changed)
        if request.is_bulk and name in self._haken:
            await self._act_at(request, *self._haken.pop(name))
            return None
        fault = self.stoerung
        if (
            fault is None
            or (fault.nur_bulk and not request.is_bulk)
            or self._random.random() >= fault.anteil
        ):
            return await self._forward(request)
        self.gezaehlt[fault.art] += 1
        return await self._disturb(request, fault)

    async def _act_at(self, request: Nachricht, phase: Phase, act: Callable[[], object]) -> None:
        if phase is Phase.VOR:
            act()
            return
        sending = asyncio.ensure_future(self._forward(request))
        if phase is Phase.WAEHREND:
            await asyncio.sleep(0.002)
            act()
        await sending
        if phase is Phase.NACH:
            act()

    async def _disturb(self, request: Nachricht, fault: Stoerung) -> Nachricht | None:
        if fault.art in _REFUSALS:
            return answer(
                _REFUSALS[fault.art], {"error": {"type": "gestoert", "reason": fault.art}}
            )
        if fault.art in _ITEM_REFUSALS and request.is_bulk:
            return refuse_items(request.inhalt, *_ITEM_REFUSALS[fault.art])
        if fault.art is Art.VERSPAETET:
            self._later(request, fault.sekunden)
        elif fault.art in {Art.ABRISS_NACHHER, Art.DOPPELT}:
            await self._forward(request)
        elif fault.art in {Art.LANGSAM, Art.STUMM}:
            await asyncio.sleep(fault.sekunden)
        return None if fault.art in _TORN else await self._forward(request)

    def _later(self, request: Nachricht, seconds: float) -> None:
        async def deliver() -> None:
            await asyncio.sleep(seconds)
            with contextlib.suppress(OSError, EOFError):
                await self._forward(request)

        self._keep(asyncio.ensure_future(deliver()))

    def _keep(self, task: asyncio.Task[Any] | None) -> None:
        """The loop itself holds tasks weakly: one that waits could be collected."""
        if task is not None:
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _forward(self, request: Nachricht) -> Nachricht | None:
        reader, writer = await asyncio.open_connection(HOST, self.upstream_port, limit=LIMIT)
        try:
            writer.write(request.encode(close=True))
            await writer.drain()
            return await read_message(reader, bodyless=request.methode == "HEAD")
        finally:
            writer.close()
