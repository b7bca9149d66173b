"""Expected share of a material's mass that touched the set: another figure than "any unit touched"."""

from __future__ import annotations

from bomrisk.supply.tracer import Solution, Tracer
from bomrisk.supply.world import Value


def mass_touched(tracer: Tracer, solution: Solution) -> Value:
    """Least, point and greatest expected share of the mass that passed through the set, 0 to 1.

    Each element's mass touches with the probability of its own way through the alloy and the magnet,
    weighted by its likely content. Elements that are left out, or of which nothing is known, count as 0
    in the least, as 1 in the greatest and not at all in the point.
    """
    ways = tracer.element_ways(solution)
    content = {part.element: part.likely for part in solution.chain.material.composition}
    total = sum(content.values())
    if total <= 0.0:
        return Value(0.0, None, 1.0)
    low = sum(content[element] * way.low for element, way in ways.items()) / total
    unseen = sum(likely for element, likely in content.items() if element not in ways)
    high = (sum(content[e] * way.high for e, way in ways.items()) + unseen) / total
    known = {e: way.point for e, way in ways.items() if way.point is not None and content[e] > 0.0}
    if not known:
        return Value(low, None, min(1.0, high))
    weight = sum(content[element] for element in known)
    point = sum(content[element] * p for element, p in known.items()) / weight
    return Value(low, min(max(point, low), high), min(1.0, high))
