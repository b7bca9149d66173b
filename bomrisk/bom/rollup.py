"""Quantities multiplied down the tree: how many of each line one end item holds."""

from __future__ import annotations

from collections.abc import Sequence

from bomrisk.bom.hierarchy import ROOT, Tree


def roll_up(
    quantities: Sequence[float | None], tree: Tree, times: float = 1.0
) -> list[float | None]:
    """Quantity per end item of each line; None as soon as one quantity on the way is unknown.

    A sub-tree that is written once and used in several places counts for all of them.
    """
    parents = tree.parents
    if not tree.uses and all(parent < place for place, parent in enumerate(parents)):
        return _downward(quantities, tree, times)
    return _any_order(quantities, tree, times)


def _downward(quantities: Sequence[float | None], tree: Tree, times: float) -> list[float | None]:
    rolled: list[float | None] = []
    broken = tree.broken
    for place, (own, parent) in enumerate(zip(quantities, tree.parents, strict=True)):
        if own is None or place in broken:
            rolled.append(None)
        elif parent == ROOT:
            rolled.append(own * times)
        else:
            above = rolled[parent]
            rolled.append(None if above is None else own * above)
    return rolled


def _any_order(quantities: Sequence[float | None], tree: Tree, times: float) -> list[float | None]:
    """The same for parents that stand below their parts or are used several times; circles stay unknown."""
    count = len(tree.parents)
    sources = [
        tree.uses.get(place) or ([] if parent == ROOT else [parent])
        for place, parent in enumerate(tree.parents)
    ]
    waiting = [len(set(found)) for found in sources]
    below: list[list[int]] = [[] for _ in range(count)]
    for place, found in enumerate(sources):
        for parent in set(found):
            below[parent].append(place)
    rolled: list[float | None] = [None] * count
    ready = [place for place in range(count) if not waiting[place]]
    while ready:
        place = ready.pop()
        rolled[place] = _one(
            quantities[place], [rolled[parent] for parent in sources[place]], times, place, tree
        )
        for child in below[place]:
            waiting[child] -= 1
            if not waiting[child]:
                ready.append(child)
    return rolled


def _one(
    own: float | None, above: Sequence[float | None], times: float, place: int, tree: Tree
) -> float | None:
    if own is None or place in tree.broken:
        return None
    if not above:
        return own * times
    known = [value for value in above if value is not None]
    return own * sum(known) if len(known) == len(above) else None


def levels(tree: Tree) -> list[int]:
    """Depth of each line, 0 for a root."""
    found = [-1] * len(tree.parents)
    for start in range(len(found)):
        path: list[int] = []
        at = start
        while at != ROOT and found[at] < 0:
            path.append(at)
            at = tree.parents[at]
        depth = -1 if at == ROOT else found[at]
        for place in reversed(path):
            depth += 1
            found[place] = depth
    return found


def paths(tree: Tree, names: Sequence[str | None]) -> list[str | None]:
    """Names from the root down to the parent, ' / ' between; None for a root under no group."""
    known: dict[int, str] = {}
    result: list[str | None] = []
    for place, parent in enumerate(tree.parents):
        if parent == ROOT:
            result.append(tree.groups.get(place))
            continue
        if parent not in known:
            _name(tree, names, parent, known)
        result.append(known[parent])
    return result


def _name(tree: Tree, names: Sequence[str | None], place: int, known: dict[int, str]) -> None:
    chain: list[int] = []
    while place != ROOT and place not in known:
        chain.append(place)
        place = tree.parents[place]
    text = known.get(place)
    for at in reversed(chain):
        head = text if text is not None else tree.groups.get(at)
        own = names[at] or "?"
        text = own if head is None else f"{head} / {own}"
        known[at] = text
