"""The supply network: steps, declared origins, sharp bounds and point estimates, each case traced once."""

from bomrisk.supply.declaration import Declared, declared_text, read_declared
from bomrisk.supply.lines import Traces, trace_lines
from bomrisk.supply.origin import Origin, parse_origin
from bomrisk.supply.trace import Exposure, Trace, TracedStep, trace

__all__ = [
    "Declared",
    "Exposure",
    "Origin",
    "Trace",
    "TracedStep",
    "Traces",
    "declared_text",
    "parse_origin",
    "read_declared",
    "trace",
    "trace_lines",
]
