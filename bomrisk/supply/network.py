"""The supply network as a graph: who does each step, what flows between, and where it hangs on one point.

A node is (commodity, stage, country), an edge a possible flow with the mass of the point estimate. The
chains of the elements join in the alloy or magnet, whose last step leads to the material. Steps without
shares have one node of an unknown country.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

from bomrisk.knowledge.model import OTHER
from bomrisk.supply.chain import Chain, Step
from bomrisk.supply.words import percent

if TYPE_CHECKING:
    import networkx as nx

    from bomrisk.supply.tracer import Tracer

    Graph = nx.DiGraph[Any]

UNKNOWN = "?"
"""Country of a step of which nobody published the shares."""
DOMINANT = 0.65
"""Share from which one country is a single point of failure: the EU's benchmark for third countries."""


@dataclass(frozen=True, slots=True)
class SinglePoint:
    """A place on which all of one element's supply hangs, or most of it.

    `kind` is dominator (every path runs through the node), country (without the country no path is
    left) or share (one country has at least 65 % of a step). `share` is the recommended one, 0 to 1.
    """

    kind: str
    commodity: str
    stage: str | None
    country: str
    share: float | None

    @property
    def words(self) -> str:
        """The point in a sentence."""
        if self.kind == "country":
            return f"without {self.country} no path of {self.commodity} is left"
        if self.kind == "dominator":
            return f"every path of {self.commodity} runs through {self.stage} in {self.country}"
        return f"{self.country} has {percent(self.share or 0.0)} of {self.commodity} {self.stage}"


def network_of(tracer: Tracer, material_ids: Iterable[str]) -> Graph:
    """The graph of one or many materials on the tracer's day; shared steps appear once.

    Nodes carry commodity, stage, country, share (0 to 1), year, evidence and source_ids; edges carry
    `flow` (0 to 1 of the commodity, point estimate) where both ends have shares.
    """
    import networkx as nx

    graph: Graph = nx.DiGraph()
    for material_id in material_ids:
        chain = tracer.chain(material_id)
        sink = f"material {material_id}"
        graph.add_node(sink, kind="material", name=chain.material.name)
        ends = [_add_chain(graph, tracer, branch.steps) for branch in chain.branches]
        last = _add_chain(graph, tracer, chain.trunk)
        if chain.trunk:
            first = chain.trunk[0]
            for branch in chain.branches:
                if branch.steps:
                    _connect(graph, tracer, branch.steps[-1], first)
            ends = [last]
        for nodes in ends:
            graph.add_edges_from((node, sink) for node in nodes)
    return graph


def _add_chain(graph: Graph, tracer: Tracer, steps: tuple[Step, ...]) -> list[str]:
    """Add the steps and the flows between them; the nodes of the last step."""
    nodes: list[str] = []
    for at, step in enumerate(steps):
        nodes = _add_step(graph, step)
        if at:
            _connect(graph, tracer, steps[at - 1], step)
    return nodes


def _add_step(graph: Graph, step: Step) -> list[str]:
    found = []
    rows = {row.country: row for row in step.shares.shares} if step.shares else {}
    for country, share in _countries(step):
        name = _name(step, country)
        row = rows.get(country)
        graph.add_node(
            name,
            kind="step",
            commodity=step.commodity,
            stage=step.stage,
            country=country,
            **({} if share is None else {"share": share}),
            **({} if row is None else _figures(row.year, str(row.evidence), row.source_ids)),
        )
        found.append(name)
    return found


def _figures(year: str, evidence: str, source_ids: tuple[str, ...]) -> dict[str, str]:
    return {"year": year, "evidence": evidence, "source_ids": ";".join(source_ids)}


def _countries(step: Step) -> list[tuple[str, float | None]]:
    if step.marginal is None:
        return [(UNKNOWN, None)]
    rows = zip(step.marginal.countries, step.marginal.point, strict=True)
    return [(country, share) for country, share in rows if share > 0.0]


def _connect(graph: Graph, tracer: Tracer, start: Step, end: Step) -> None:
    """Add the possible flows between two steps, with the fitted masses where both have shares."""
    known = start.marginal is not None and end.marginal is not None
    coupling = tracer.coupling(start, end) if known else None
    for c, _ in _countries(start):
        for d, _ in _countries(end):
            if coupling is None:
                graph.add_edge(_name(start, c), _name(end, d))
                continue
            flow = coupling.fit.flow[coupling.row[c]][coupling.column[d]]
            if flow > 0.0:
                graph.add_edge(_name(start, c), _name(end, d), flow=flow)


def _name(step: Step, country: str) -> str:
    return f"{step.commodity} {step.stage} {country}"


def single_points(tracer: Tracer, material_id: str) -> tuple[SinglePoint, ...]:
    """Where the supply of a material hangs on one point, element by element, the worst first.

    The remainder of unknown countries is a way around like any other, but never a point itself.
    """
    chain = tracer.chain(material_id)
    found: list[SinglePoint] = []
    for at, branch in enumerate(chain.branches):
        if branch.certain and branch.steps:
            found += _points_of(tracer, chain, at)
    found += [point for step in chain.trunk for point in _dominant(step)]
    order = {"country": 0, "dominator": 1, "share": 2}
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda p: (order[p.kind], -(p.share or 0.0), p.words)))


def _points_of(tracer: Tracer, chain: Chain, at: int) -> list[SinglePoint]:
    """Dominators, indispensable countries and dominant shares of one element's chain."""
    import networkx as nx

    branch = chain.branches[at]
    steps = (*branch.steps, *chain.trunk)
    graph: Graph = nx.DiGraph()
    _add_chain(graph, tracer, steps)
    source, sink = "source", "sink"
    graph.add_edges_from((source, _name(steps[0], c)) for c, _ in _countries(steps[0]))
    graph.add_edges_from((_name(steps[-1], c), sink) for c, _ in _countries(steps[-1]))
    above = nx.immediate_dominators(graph, source)
    found: list[SinglePoint] = []
    node = above.get(sink, source)
    while node != source:
        data = graph.nodes[node]
        if data["country"] not in (UNKNOWN, OTHER):
            found.append(
                SinglePoint(
                    "dominator", branch.element, data["stage"], data["country"], data["share"]
                )
            )
        node = above[node]
    countries = {data.get("country") for _, data in graph.nodes(data=True)} - {None, UNKNOWN, OTHER}
    for country in sorted(map(str, countries)):
        left = graph.subgraph(n for n, d in graph.nodes(data=True) if d.get("country") != country)
        if not nx.has_path(left, source, sink):
            found.append(SinglePoint("country", branch.element, None, country, None))
    return found + [point for step in branch.steps for point in _dominant(step)]


def _dominant(step: Step) -> list[SinglePoint]:
    return [
        SinglePoint("share", step.commodity, step.stage, country, share)
        for country, share in _countries(step)
        if share is not None and share >= DOMINANT and country != OTHER
    ]


def graphml(graph: Graph) -> bytes:
    """The graph as GraphML, for other graph tools; nodes and edges in a fixed order."""
    import networkx as nx

    out = BytesIO()
    nx.write_graphml_xml(_ordered(graph), out)
    return out.getvalue()


def node_link_json(graph: Graph) -> str:
    """The graph as node-link JSON (nodes, links), in a fixed order."""
    import networkx as nx

    data = nx.node_link_data(_ordered(graph), edges="links")
    return json.dumps(data, indent=1, ensure_ascii=False, sort_keys=True)


def _ordered(graph: Graph) -> Graph:
    import networkx as nx

    ordered: Graph = nx.DiGraph()
    ordered.add_nodes_from(sorted(graph.nodes(data=True)))
    ordered.add_edges_from(sorted(graph.edges(data=True), key=lambda edge: edge[:2]))
    return ordered
