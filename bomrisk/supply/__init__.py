"""The supply network: steps, declared origins, sharp bounds and point estimates, each case traced once."""

from bomrisk.supply.bounds import (
    Interval,
    all_lots,
    all_steps,
    any_lot,
    any_step,
    any_step_declared,
    first_touch,
    independent,
    mixed,
    next_shares,
    reliable,
    touched_mass,
)
from bomrisk.supply.coupling import Fit, fit
from bomrisk.supply.declaration import Declared, declared_text, read_declared
from bomrisk.supply.lines import Traces, trace_lines
from bomrisk.supply.origin import Origin, parse_origin
from bomrisk.supply.trace import Exposure, Trace, TracedStep, members_of, trace

__all__ = [
    "Declared",
    "Exposure",
    "Fit",
    "Interval",
    "Origin",
    "Trace",
    "TracedStep",
    "Traces",
    "all_lots",
    "all_steps",
    "any_lot",
    "any_step",
    "any_step_declared",
    "declared_text",
    "first_touch",
    "fit",
    "independent",
    "members_of",
    "mixed",
    "next_shares",
    "parse_origin",
    "read_declared",
    "reliable",
    "touched_mass",
    "trace",
    "trace_lines",
]
