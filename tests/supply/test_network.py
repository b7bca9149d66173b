"""The graph of a supply: nodes, flows, single points of failure, exports that other tools read."""

from __future__ import annotations

import json
from io import BytesIO

import networkx as nx
import pytest

from bomrisk.knowledge import Knowledge
from bomrisk.supply.network import graphml, network_of, node_link_json, single_points
from bomrisk.supply.tracer import Tracer
from tests.supply.small import DAY, SmallKnowledge, material, shares

CHN = frozenset({"CHN"})


@pytest.fixture
def tracer() -> Tracer:
    """Sm is mined in two countries, separated in one only, melted in two."""
    knowledge = SmallKnowledge(
        [
            shares("Sm", "mined", {"CHN": 0.7, "AUS": 0.3}),
            shares("Sm", "separated", {"MYS": 1.0}),
            shares("SmCo", "melted", {"CHN": 0.5, "DEU": 0.5}),
        ],
        [material("magnet", "permanent_magnet_smco", {"Sm": 35.0})],
        chains={"Sm": ("mined", "separated")},
        products={"permanent_magnet_smco": "SmCo"},
    )
    return Tracer(knowledge, as_of=DAY, to=CHN)


def test_flows_into_a_step_add_up_to_its_shares(tracer: Tracer) -> None:
    graph = network_of(tracer, ["magnet"])
    into: list[tuple[str, str, float]] = list(graph.in_edges("SmCo melted DEU", data="flow"))
    assert sum(flow for _, _, flow in into) == pytest.approx(0.5)
    assert graph.nodes["Sm mined CHN"]["share"] == pytest.approx(0.7)
    assert graph.nodes["Sm mined CHN"]["source_ids"] == "S1"
    assert graph.nodes["SmCo magnetized ?"]["country"] == "?"
    assert nx.has_path(graph, "Sm mined AUS", "material magnet")


def test_the_only_separator_is_a_dominator_and_its_country_indispensable(tracer: Tracer) -> None:
    points = single_points(tracer, "magnet")
    found = {(p.kind, p.commodity, p.stage, p.country) for p in points}
    assert ("dominator", "Sm", "separated", "MYS") in found
    assert ("country", "Sm", None, "MYS") in found
    assert ("share", "Sm", "mined", "CHN") in found
    assert not any(p.kind == "dominator" and p.stage == "mined" for p in points)
    assert not any(p.country == "DEU" for p in points)
    assert points[0].words == "without MYS no path of Sm is left"


def test_the_exports_are_read_back_by_other_tools(tracer: Tracer) -> None:
    graph = network_of(tracer, ["magnet"])
    back = nx.read_graphml(BytesIO(graphml(graph)))
    assert set(back.nodes) == set(graph.nodes)
    assert back.edges["Sm mined CHN", "Sm separated MYS"]["flow"] == pytest.approx(0.7)
    data = json.loads(node_link_json(graph))
    assert len(data["links"]) == graph.number_of_edges()
    assert graphml(graph) == graphml(network_of(tracer, ["magnet"]))


def test_the_whole_shipped_knowledge_is_one_graph() -> None:
    knowledge = Knowledge()
    tracer = Tracer(knowledge, as_of=knowledge.edition, to=CHN)
    graph = network_of(tracer, knowledge.materials)
    assert graph.number_of_nodes() > 1000
    assert nx.is_directed_acyclic_graph(graph)
    points = single_points(tracer, "smco_2_17")
    assert any(
        (p.kind, p.commodity, p.stage, p.country) == ("share", "Sm", "separated", "CHN")
        for p in points
    )
