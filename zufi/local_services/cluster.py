"""Several Elasticsearch nodes on this machine that form one real cluster; for tests of replicas.

The first node votes alone, so any other may die. That an elected master may die as well takes
three voting nodes: see docs/betrieb.md for production.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from zufi.local_services import process
from zufi.local_services.elasticsearch import STOP_SIGNALS, Member, Node, start_node
from zufi.local_services.messages import ServiceError
from zufi.local_services.state import Record
from zufi.local_services.unprivileged import Account, own_folder


@dataclass
class Cluster:
    """Nodes and, of those that were started, where they listen."""

    nodes: list[Node]
    transports: list[int]
    records: list[Record]

    @property
    def urls(self) -> str:
        """The addresses of all nodes, as `ELASTICSEARCH_URL` takes them."""
        return ",".join(record.url for record in self.records)

    def restart(self, number: int) -> None:
        """The node with this number runs again, on the same ports and data."""
        port = self.records[number].port
        self.records[number] = start_node(self.nodes[number], port, self.transports[number])

    def stop(self) -> None:
        """No node runs any more; the voting one ends last."""
        for record in reversed(self.records):
            process.stop(record.pid, record.started, STOP_SIGNALS)


def start_cluster(account: Account, room: Path, count: int) -> Cluster:
    """Return a running cluster of so many nodes, with folders of their own below `room`.

    Raises:
        ServiceError: a node does not start; those that did are stopped.
    """
    transports: list[int] = []
    for _ in range(count):
        transports.append(process.find_port(taken=frozenset(transports)))
    seeds = (f"127.0.0.1:{transports[0]}",)
    nodes = [
        Node(
            own_folder(account, room / f"elasticsearch-{number}"),
            account,
            Member(f"zufi-{number}", is_master=number == 0, seeds=seeds),
        )
        for number in range(count)
    ]
    cluster = Cluster(nodes, transports, [])
    try:
        for node, transport in zip(nodes, transports, strict=True):
            cluster.records.append(start_node(node, transport=transport))
    except ServiceError:
        cluster.stop()
        raise
    return cluster
