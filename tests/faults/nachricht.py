"""HTTP/1.1 messages as far as a proxy needs them: heads kept as they are, bodies whole."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

LIMIT = 1 << 20  # bytes of a head or of the size line of a chunk


@dataclass(frozen=True, slots=True)
class Nachricht:
    """A request or an answer: first line, headers in their order, body without chunking."""

    zeile: str
    kopf: tuple[tuple[str, str], ...]
    inhalt: bytes = b""

    @property
    def methode(self) -> str:
        """The method of a request, such as POST."""
        return self.zeile.split(" ", 1)[0]

    @property
    def pfad(self) -> str:
        """The path of a request without its query."""
        return self.zeile.split(" ")[1].partition("?")[0]

    @property
    def is_bulk(self) -> bool:
        """Whether documents are written with it."""
        return self.methode in {"POST", "PUT"} and self.pfad.endswith("/_bulk")

    def header(self, name: str) -> str:
        """Return the value of this header, or an empty text."""
        return next((wert for key, wert in self.kopf if key.lower() == name), "")

    def with_body(self, inhalt: bytes) -> Nachricht:
        """Return the same message with another body."""
        return Nachricht(self.zeile, self.kopf, inhalt)

    def encode(self, *, close: bool = False) -> bytes:
        """Return the bytes on the wire; the length is that of the body, unless there is none."""
        left_out = {"connection", "transfer-encoding"}
        if self.inhalt:
            left_out.add("content-length")
        lines = [self.zeile]
        lines += [f"{name}: {wert}" for name, wert in self.kopf if name.lower() not in left_out]
        if self.inhalt:
            lines.append(f"content-length: {len(self.inhalt)}")
        if close:
            lines.append("connection: close")
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.inhalt


async def read_message(stream: asyncio.StreamReader, *, bodyless: bool = False) -> Nachricht | None:
    """Return the next message, or None at the end of the connection.

    Args:
        stream: opened with a limit of at least `LIMIT`.
        bodyless: it answers a HEAD: its length is that of a body that does not follow.
    """
    try:
        head = await stream.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError as error:
        if error.partial:
            raise
        return None
    zeile, *rest = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in rest if line)
    kopf = tuple((name.strip(), wert.strip()) for name, _, wert in pairs)
    nachricht = Nachricht(zeile, kopf)
    if bodyless:
        return nachricht
    if nachricht.header("transfer-encoding").lower() == "chunked":
        return nachricht.with_body(await _read_chunks(stream))
    length = int(nachricht.header("content-length") or 0)
    return nachricht.with_body(await stream.readexactly(length)) if length else nachricht


async def _read_chunks(stream: asyncio.StreamReader) -> bytes:
    parts = []
    while size := int((await stream.readuntil(b"\r\n")).split(b";")[0], 16):
        parts.append(await stream.readexactly(size))
        await stream.readexactly(2)
    await stream.readuntil(b"\r\n")
    return b"".join(parts)


def answer(status: int, content: dict[str, Any]) -> Nachricht:
    """Return an answer that the client takes for one of Elasticsearch."""
    return Nachricht(
        f"HTTP/1.1 {status} -",
        (
            ("X-elastic-product", "Elasticsearch"),
            ("content-type", "application/vnd.elasticsearch+json;compatible-with=8"),
        ),
        json.dumps(content).encode(),
    )


def bulk_lines(inhalt: bytes) -> Iterator[tuple[str, dict[str, Any], bytes | None]]:
    """Yield operation, its facts and the source line of each item of a bulk body."""
    lines = iter(line for line in inhalt.split(b"\n") if line.strip())
    for line in lines:
        ((operation, facts),) = json.loads(line).items()
        yield operation, facts, None if operation == "delete" else next(lines)


def refuse_items(inhalt: bytes, status: int, kind: str, reason: str) -> Nachricht:
    """Return a 200 in which every single item is refused."""
    error = {"type": kind, "reason": reason}
    items = [
        {operation: {"_index": f["_index"], "_id": f["_id"], "status": status, "error": error}}
        for operation, f, _ in bulk_lines(inhalt)
    ]
    return answer(200, {"took": 1, "errors": True, "items": items})


def add_unknown_field(inhalt: bytes, ids: frozenset[str]) -> bytes:
    """Return the bulk body in which these documents have a field that no mapping knows."""
    lines: list[bytes] = []
    for operation, facts, source in bulk_lines(inhalt):
        lines.append(json.dumps({operation: facts}).encode())
        if source is not None and facts["_id"] in ids:
            lines.append(json.dumps(json.loads(source) | {"konflikt": {"a": 1}}).encode())
        elif source is not None:
            lines.append(source)
    return b"\n".join([*lines, b""])
