"""The knowledge as a notebook uses it: the store, and tracing one material with it.

>>> from bomrisk import Knowledge
>>> traced = Knowledge().trace("smco_2_17", declare={"melted": "USA"}, to={"CHN"})
>>> 0.0 <= traced.touch.low <= traced.touch.high <= 1.0
True
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date

from bomrisk import knowledge
from bomrisk.supply import Trace, trace


class Knowledge(knowledge.Knowledge):
    """What bomrisk knows, with overlay files of your own if they are named."""

    def trace(
        self,
        material_id: str,
        *,
        declare: Mapping[str, str] | None = None,
        to: str | Collection[str] = "covered_4872",
        as_of: date | None = None,
    ) -> Trace:
        """Trace a material over its steps towards a set of countries.

        `declare` maps stages to country cells ("USA", "60% AU, 40% CN", "CN@0.9"); `to` is the name of a
        country set or ISO 3166 alpha-3 codes; `as_of` is the day whose routes, controls and law count
        (default: the edition of the knowledge). All shares and probabilities of the result are 0 to 1;
        None is unknown. `touch` has the bounds `low` and `high` and the best estimate `point` of the
        probability that a unit passed the set anywhere, `steps` one entry per commodity and stage.

        Raises `InputError` for a material, stage or country that is not known, and for declarations that
        cannot hold together.
        """
        return trace(material_id, self, declare=declare, to=to, as_of=as_of)
