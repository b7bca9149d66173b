"""EU supply risk as a buyer in one country sees it: its import reliance, its sources, the controls on it.

The global mix is the shares of the step, the region's mix what the buyer makes at home and imports. The
buyer is one country and no union of many: what it makes at home adds nothing to the concentration of its
own mix, as in the disruption potential of the USGS; in the global mix it counts with t = 0.8. The trade
factor t of a country follows the export controls that bind the buyer on the day. The step with the
greatest value is the bottleneck; the whole vector is shown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import OTHER, ExportControl, ShareSet
from bomrisk.risk.concentration import WORST_GOVERNANCE, governance_scaled
from bomrisk.risk.eu_supply_risk import NAME, SYMBOL, combined, one_mix
from bomrisk.risk.indicator import Indicator, Range, unknown

BUYER = "USA"
NO_FACTOR = frozenset({"none", "suspended"})
"""Rows of the trade-factor table whose controls do not stop a shipment today."""
MOST_UNGOVERNED = 0.1
"""Up to this share, countries without a governance figure count as part of the remainder."""

_GOVERNANCE = ("PV", "VA", "GE", "RQ", "RL", "CC")
_WORDS = {
    "mined": ("ore", "concentrate", "mineral"),
    "separated": ("refined", "compounds", "oxide", "total", "all"),
    "reduced": ("metal", "sponge", "unwrought"),
}
_AVOID = ("scrap", "pigment", "stainless", "ferro", "chemicals", "wrought", "waste")


@dataclass(frozen=True, slots=True)
class StepRisk:
    """Supply risk at one step of an element, with what it was made from, for the appendix of a report."""

    commodity: str
    stage: str
    risk: Indicator
    hhi_wgi: Indicator
    """Each squared share times the scaled governance of its country, 0 to 10."""
    hhi_wgi_t: Indicator
    """The same times the trade factor of the country towards the buyer."""
    supply_used: str
    import_reliance: Range | None
    trade_factor: Range
    note: str


def binds(control: ExportControl, as_of: date, buyer: str = BUYER) -> bool:
    """Whether a control stops or slows shipments to the buyer on the day.

    Technology controls, production quotas and suspended controls do not; one on military users does,
    since the buyer builds for them.
    """
    for_buyer = not control.buyers or buyer in control.buyers
    return control.in_force(as_of) and for_buyer and control.trade_factor not in NO_FACTOR


class BuyerView:
    """Supply risk of elements for one buyer on one day; each step is computed once."""

    def __init__(self, knowledge: Knowledge, *, as_of: date, buyer: str = BUYER) -> None:
        self.knowledge = knowledge
        self.as_of = as_of
        self.buyer = buyer
        self._factors = {row["kind"]: row for row in knowledge.table("trade_factor")}
        self._group = {
            row["element"]: row["commodity"] for row in knowledge.table("import_reliance_groups")
        }
        self._recycling = {row["symbol"]: row for row in knowledge.table("recycling_substitution")}
        self._names = {row["commodity"]: row["name"] for row in knowledge.table("commodities")}
        self._governance = _latest_governance(knowledge.table("wgi"), as_of)
        self._kept: dict[tuple[str, str], StepRisk | None] = {}

    # controls ---------------------------------------------------------------------------------
    def controls_on(self) -> dict[str, tuple[str, ...]]:
        """Element to the ids of the export controls on it that bind the buyer on the day."""
        found: dict[str, list[str]] = {}
        for control in self.knowledge.controls:
            if binds(control, self.as_of, self.buyer):
                for element in control.elements:
                    found.setdefault(element, []).append(control.id)
        return {element: tuple(sorted(ids)) for element, ids in found.items()}

    def trade_factor(self, element: str, country: str) -> Range:
        """The factor t of a country for an element: the strictest control that touches the buyer.

        A control that is suspended on the day still counts as one that may return.
        """
        if country == self.buyer:
            return self._factor("internal")
        found = [self._factor("none")]
        for control in self.knowledge.controls:
            if control.state != country or element not in control.elements:
                continue
            if control.buyers and self.buyer not in control.buyers:
                continue
            ended = control.effective_to is not None and control.effective_to < self.as_of
            if control.effective_from > self.as_of or ended:
                continue
            kind = control.trade_factor
            if not control.in_force(self.as_of) and kind != "none":
                kind = "suspended"
            found.append(self._factor(kind))
        return max(found, key=lambda one: (one.likely, one.high))

    def _factor(self, kind: str) -> Range:
        row = self._factors.get(kind)
        if row is None:
            return Range(1.0, 1.0, 1.0)
        return Range(float(row["t_low"]), float(row["t_likely"]), float(row["t_high"]))

    # supply risk ------------------------------------------------------------------------------
    def element(self, element: str) -> tuple[StepRisk, ...]:
        """Supply risk at every step of an element that has shares, the bottleneck first."""
        found = [self.step(element, stage) for stage in self.knowledge.chain(element)]
        known = [one for one in found if one is not None]
        return tuple(sorted(known, key=lambda one: (-(one.risk.value or -1.0), one.stage)))

    def step(self, element: str, stage: str) -> StepRisk | None:
        """Supply risk at one step; None where nobody published its shares."""
        key = (element, stage)
        if key not in self._kept:
            shares = self.knowledge.shares(element, stage)
            self._kept[key] = None if shares is None else self._step(element, stage, shares)
        return self._kept[key]

    def _step(self, element: str, stage: str, shares: ShareSet) -> StepRisk:
        reliance = self._reliance(element, stage)
        sources = self._sources(element, stage)
        row = self._recycling.get(element, {})
        recycling = _range(row, ("eol_rir_pct_use", "eol_rir_pct_2017", "eol_rir_pct_2023"), 0.01)
        substitution = _range(row, ("si_sr_2017", "si_sr_2017_2dp"), 1.0)
        factor = self.trade_factor(element, max(shares.shares, key=lambda one: one.share).country)
        world = {one.country: one.share for one in shares.shares}
        ungoverned = sum(s for c, s in world.items() if c != OTHER and c not in self._governance)
        missing = [] if recycling else ["end-of-life recycling input rate"]
        missing += [] if substitution else ["substitution index SI_SR"]
        unnamed: tuple[str, ...] = ()
        if ungoverned > MOST_UNGOVERNED:
            lacking = set(world) - set(self._governance) - {OTHER}
            unnamed = (f"governance of {', '.join(sorted(lacking))}",)
            missing += unnamed
        used = "GS+EU" if reliance is not None and sources else "GS"
        note = (
            ""
            if used == "GS+EU"
            else "import reliance or import sources not published: global mix only"
        )
        if recycling is None or substitution is None or missing:
            risk = unknown(NAME, SYMBOL, tuple(missing))
        else:
            risk = self._value(element, world, sources, reliance, recycling, substitution, used)
        return StepRisk(
            element,
            stage,
            risk,
            self._concentration(element, world, traded=False, missing=unnamed),
            self._concentration(element, world, traded=True, missing=unnamed),
            used,
            reliance,
            factor,
            note,
        )

    def _concentration(
        self, element: str, world: Mapping[str, float], *, traded: bool, missing: tuple[str, ...]
    ) -> Indicator:
        """HHI_WGI of a step or, with trade factors, HHI_WGI,t."""
        name, symbol = "concentration of supply", "HHI_WGI,t" if traded else "HHI_WGI"
        if missing:
            return unknown(name, symbol, missing)
        low, likely, high = (
            self._index(element, world, end, traded=traded) for end in ("low", "likely", "high")
        )
        return Indicator(name, symbol, likely, low, high)

    def _value(
        self,
        element: str,
        world: Mapping[str, float],
        sources: Mapping[str, float],
        reliance: Range | None,
        recycling: Range,
        substitution: Range,
        used: str,
    ) -> Indicator:
        def at(end: str, rir: float, si: float, ir: float) -> float:
            mix = self._index(element, world, end)
            if used == "GS":
                return one_mix(mix, rir, si)
            region = {c: s * ir for c, s in sources.items() if c != self.buyer}
            return combined(mix, self._index(element, region, end), ir, rir, si)

        ends = _steps_between(reliance)
        likely = reliance.likely if reliance else 0.0
        return Indicator(
            NAME,
            SYMBOL,
            at("likely", recycling.likely, substitution.likely, likely),
            min(at("low", recycling.high, substitution.low, ir) for ir in ends),
            max(at("high", recycling.low, substitution.high, ir) for ir in ends),
        )

    def _index(
        self, element: str, shares: Mapping[str, float], end: str, *, traded: bool = True
    ) -> float:
        """HHI_WGI,t; HHI_WGI if not `traded`.

        The remainder counts in the high value only, as one country of the worst governance.
        """
        total = rest = 0.0
        for country, share in shares.items():
            if country == OTHER or country not in self._governance:
                rest += share
                continue
            factor = getattr(self.trade_factor(element, country), end) if traded else 1.0
            total += share * share * self._governance[country] * factor
        return total + (rest * rest * WORST_GOVERNANCE if end == "high" else 0.0)

    # the buyer's trade ------------------------------------------------------------------------
    def _rows(self, element: str, record: str) -> list[Mapping[str, str]]:
        own = [r for r in self.knowledge.table("import_reliance") if r["record"] == record]
        commodity = self._group.get(element, element)
        rows = [r for r in own if r["commodity"] == element] or [
            r for r in own if r["commodity"] == commodity
        ]
        return rows or [r for r in own if r["commodity"] == "PGM" and commodity in ("Pt", "Pd")]

    def _reliance(self, element: str, stage: str) -> Range | None:
        """Net import reliance, 0 to 1, of the latest year; a net exporter has 0."""
        rows = self._rows(element, "net_import_reliance")
        rows = [r for r in rows if r["year"] <= str(self.as_of.year)]
        if not rows:
            return None
        newest = max(r["year"] for r in rows)
        row = self._fitting([r for r in rows if r["year"] == newest], element, stage)
        if row is not None and row["flag"] == "net exporter":
            return Range(0.0, 0.0, 0.0)
        if row is None or not row["pct_low"] or not row["pct_high"]:
            return None
        low, high = float(row["pct_low"]) / 100.0, float(row["pct_high"]) / 100.0
        return Range(low, (low + high) / 2.0, high)

    def _sources(self, element: str, stage: str) -> dict[str, float]:
        """Shares of the countries that the buyer imports from; empty where they are not published."""
        rows = [r for r in self._rows(element, "import_sources") if r["import_sources"]]
        row = self._fitting(rows, element, stage)
        if row is None:
            return {}
        pairs = (part.split(":") for part in row["import_sources"].split(";"))
        return {country: float(share) / 100.0 for country, share in pairs}

    def _fitting(
        self, rows: Sequence[Mapping[str, str]], element: str, stage: str
    ) -> Mapping[str, str] | None:
        """The row whose product speaks of the element and the stage; None where a group lacks the element."""
        name = self._names.get(element, element).lower()
        others = {n.lower() for s, n in self._names.items() if s != element and len(s) <= 2}
        if not rows:
            return None
        named = [r for r in rows if name in r["product"].lower()]
        if self._group.get(element) == "HREE" and len(rows) > 1 and not named:
            return None

        def rank(row: Mapping[str, str]) -> tuple[bool, bool, int]:
            product = row["product"].lower()
            words = _WORDS.get(stage, ())
            return (
                name not in product,
                any(word in product for word in _AVOID) or any(n in product for n in others),
                next((at for at, word in enumerate(words) if word in product), len(words)),
            )

        return min(enumerate(rows), key=lambda item: (rank(item[1]), item[0]))[1]


def _latest_governance(rows: Sequence[Mapping[str, str]], as_of: date) -> dict[str, float]:
    """Scaled governance of every country by the latest year that is not after the day."""
    found: dict[str, tuple[str, float]] = {}
    for row in rows:
        values = [row[name] for name in _GOVERNANCE]
        if row["year"] > str(as_of.year) or not all(values):
            continue
        if row["country_iso3"] not in found or found[row["country_iso3"]][0] < row["year"]:
            mean = sum(float(v) for v in values) / len(values)
            found[row["country_iso3"]] = (row["year"], governance_scaled(mean))
    return {country: value for country, (_, value) in found.items()}


def _range(row: Mapping[str, str], names: Sequence[str], unit: float) -> Range | None:
    """The first figure of a row as likely, with the spread of all of them; None where there is none."""
    values = [float(row[name]) * unit for name in names if _is_number(row.get(name, ""))]
    return Range(min(values), values[0], max(values)) if values else None


def _is_number(text: str) -> bool:
    return text.replace(".", "", 1).isdigit()


def _steps_between(reliance: Range | None) -> list[float]:
    """Import reliance at several points: supply risk is not monotone in it."""
    if reliance is None or reliance.low == reliance.high:
        return [reliance.likely if reliance else 0.0]
    return [reliance.low + (reliance.high - reliance.low) * i / 8.0 for i in range(9)]
