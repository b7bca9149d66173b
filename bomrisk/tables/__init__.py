"""The tables of an assessment: one row per what, and every column with its type, unit and meaning.

Lines live in columns (Polars), never as a million Python objects. `line` is the row number in the
`lines` table and joins everything inside; outside (JSON, CSV, Parquet) it is written as `line_id`.
A null is always "unknown" or "not given"; it never means 0.
"""

from __future__ import annotations

from bomrisk.tables.shape import Column, Table, missing_columns
from bomrisk.tables.shape import columns as _columns
from bomrisk.tables.summed import SUMMED

__all__ = ["SUMMED", "TABLES", "Column", "Table", "missing_columns"]

STAGES = (
    "mined",
    "separated",
    "reduced",
    "melted",
    "atomized",
    "powdered",
    "consolidated",
    "sintered",
    "magnetized",
    "manufactured",
)
"""Processing stages in the law's words, in the order in which a material passes them.

`separated` is also refined; `reduced` is oxide to metal; `melted` is melting of the alloy;
`sintered` is also bonded; `atomized` and `consolidated` are tungsten's; `manufactured` is the end
item.
"""

ORIGIN_FIELDS = tuple(f"origin_{stage}" for stage in STAGES)


TEXT_FIELDS = (
    "part_number",
    "name",
    "description",
    "item_no",
    "reference",
    "manufacturer",
    "mpn",
    "supplier",
    "supplier_pn",
    "cage",
    "niin",
    "fsc",
    "material",
    "specification",
    "revision",
    "notes",
    "url",
)
"""Fields of a line that are kept as the text of the cell, leading zeros included."""

LINES = Table(
    "lines",
    "BOM line",
    _columns(
        ("line", "row", "row number in this table, from 0; joins the other tables"),
        ("line_id", "text", "hash of file and sheet, a colon, and the row: stable for one file"),
        ("file", "text", "file name"),
        ("sheet", "text", "sheet name; empty for a text file"),
        ("row", "row", "row as the spreadsheet counts, from 1"),
        ("parent", "row", "`line` of the next higher assembly; null for a root"),
        ("level", "int", "depth in the assembly, 0 for a root"),
        ("path", "text", "part numbers (else names) from the root to the parent, ' / ' between"),
        *((field, "text", f"{field.replace('_', ' ')} as written") for field in TEXT_FIELDS),
        ("quantity", "float", "quantity per next higher assembly, in `unit`; null if unknown"),
        ("quantity_text", "text", "the quantity cell as written"),
        ("unit", "text", "unit of measure as written"),
        ("rolled_up", "float", "quantity per end item: multiplied down the tree; null if unknown"),
        ("mass_g", "float", "mass of one piece, g; null if unknown"),
        ("mass_text", "text", "the mass cell as written, with the unit of its header"),
        ("size", "text", "extents of the part as columns of their own say them; null if none does"),
        ("density_g_cm3", "float", "density that the file states, g/cm3; null if it states none"),
        ("unit_cost", "float", "cost of one piece, in `currency`; null if unknown"),
        ("ext_cost", "float", "cost of the line as written, in `currency`; null if unknown"),
        ("currency", "text", "ISO 4217 code, null if the file does not say"),
        *(
            (f"origin_{stage}", "text", f"declared country where it was {stage}, as written")
            for stage in STAGES
        ),
        ("country_of_origin", "text", "a bare country of origin as written: the last step only"),
        ("make_buy", "text", "make or buy, as a column or the SMR code says; null if none does"),
        ("alternates", "text", "other parts that the row permits: maker and number, '; ' between"),
        ("alternate_of", "row", "`line` of the first choice that this one may replace; else null"),
        (
            "from_items",
            "text",
            "what an item master added: 'items.csv row 12: name, mass', '; ' between several; else null",
        ),
    ),
)

EXCLUDED = Table(
    "excluded",
    "input row that is not a line",
    _columns(
        ("file", "text", "file name"),
        ("sheet", "text", "sheet name; empty for a text file"),
        ("row", "row", "row as the spreadsheet counts, from 1"),
        ("reason", "text", "blank, title, header, section, total, note, other table, other sheet"),
        ("text", "text", "what stands in the row, shortened"),
    ),
)

MATERIALS = Table(
    "materials",
    "material recognized in a line",
    _columns(
        ("line", "row", "the line"),
        ("material_id", "text", "id in the knowledge"),
        ("case", "row", "supply case: see `cases`"),
        (
            "field",
            "text",
            "the field in which it was found; declaration if only a declaration names it",
        ),
        ("span_start", "int", "first character of the words that say so, in that field's text"),
        ("span_end", "int", "one past the last character of those words"),
        ("matched", "text", "the words that say so"),
        ("rule", "text", "the rule that fired, in words"),
        ("confidence", "float", "0 to 1; a judgement, not a measured rate"),
        ("inferred", "flag", "true if it follows only from the type of part or from its maker"),
        ("part_rule", "text", "id of the part rule whose part holds the material; null if none"),
        ("role", "text", "bulk, coating, inside (a part that holds it) or unknown"),
        ("fraction_low", "float", "least share of the line's mass that is this material"),
        ("fraction_likely", "float", "likely share of the line's mass; null if unknown"),
        ("fraction_high", "float", "greatest share of the line's mass"),
        ("mass_low_g", "float", "least mass in the end item, g, rolled up; null if unknown"),
        ("mass_likely_g", "float", "likely mass in the end item, g; null if unknown"),
        ("mass_high_g", "float", "greatest mass in the end item, g; null if unknown"),
    ),
)

CONTENTS = Table(
    "contents",
    "element of a material in a line",
    _columns(
        ("line", "row", "the line"),
        ("material_id", "text", "the material"),
        ("element", "text", "chemical symbol"),
        ("wt_low", "float", "least share of the material's mass, 0 to 1"),
        ("wt_likely", "float", "likely share of the material's mass, 0 to 1"),
        ("wt_high", "float", "greatest share of the material's mass, 0 to 1"),
        ("mass_low_g", "float", "least mass in the end item, g; null if unknown"),
        ("mass_likely_g", "float", "likely mass in the end item, g; null if unknown"),
        ("mass_high_g", "float", "greatest mass in the end item, g; null if unknown"),
        ("evidence", "text", "grade of the composition: verified, derived or recalled; declared"),
    ),
)

CASES = Table(
    "cases",
    "supply case: a material with one set of declared origins, traced once",
    _columns(
        ("case", "row", "row number in this table, from 0"),
        ("material_id", "text", "the material"),
        ("declared", "text", "declared origins as stage=country, ';' between; empty if none"),
        ("touch_low", "float", "least probability that it touched the country set at any step"),
        ("touch_point", "float", "point estimate of the same; null if unknown"),
        ("touch_high", "float", "greatest probability of the same"),
        ("evidence", "text", "weakest grade among the figures used"),
        ("note", "text", "what the declarations do not constrain, and other remarks, in words"),
    ),
)

STEPS = Table(
    "steps",
    "country at one step of a supply case",
    _columns(
        ("case", "row", "the supply case"),
        ("commodity", "text", "element symbol, or product such as NdFeB"),
        ("stage", "text", "mined, separated, reduced, melted, sintered …"),
        ("country", "text", "ISO 3166 alpha-3; OTH = remainder, unknown countries; null = unknown"),
        ("share_low", "float", "least share, 0 to 1"),
        ("share", "float", "recommended share; null if unknown"),
        ("share_high", "float", "greatest share"),
        ("declared", "flag", "true if the line's declaration says so"),
        ("year", "text", "year of the figure"),
        ("evidence", "text", "verified, derived or recalled; declared for a declaration"),
        ("source_ids", "text", "sources of the figure, ';' between"),
        ("note", "text", "remark that belongs to the figure"),
    ),
)

EXPOSURES = Table(
    "exposures",
    "bounds of one scope of a supply case",
    _columns(
        ("case", "row", "the supply case"),
        ("scope", "text", "step, commodity (all its steps) or material (all)"),
        ("commodity", "text", "element symbol or product; null for the material"),
        ("stage", "text", "the stage; null for a whole commodity or the material"),
        ("low", "float", "least probability that a unit touched the country set here"),
        ("point", "float", "point estimate; null if unknown"),
        ("high", "float", "greatest probability"),
        ("hhi_low", "float", "Herfindahl-Hirschman index, 0 to 1, remainder as 0; steps only"),
        ("hhi_high", "float", "the same with the remainder as one country; steps only"),
        ("evidence", "text", "weakest grade among the figures used; null if none"),
    ),
)

SCORES = Table(
    "scores",
    "indicator of a line",
    _columns(
        ("line", "row", "the line"),
        ("indicator", "text", "overall, touch, hhi …"),
        ("value", "float", "point value; null if unknown"),
        ("low", "float", "least value"),
        ("high", "float", "greatest value"),
        ("band", "text", "Critical, High, Moderate, Low or Unknown; `overall` only"),
        ("band_probability", "float", "probability of the band; null if not computed"),
        (
            "band_odds",
            "text",
            "probability of each band, worst first: 'Critical 0.820; High 0.180'",
        ),
        ("reasons", "text", "the two or three reasons that decided, ' | ' between"),
    ),
)

FINDINGS = Table(
    "findings",
    "rule judged on a material of a line",
    _columns(
        ("line", "row", "the line"),
        ("material_id", "text", "the material judged"),
        ("rule", "text", "rule id, such as US-DFARS-7018-A"),
        ("code", "text", "PASS, FAIL, EXEMPT, NOT_APPLICABLE, REVIEW, INCOMPLETE or WATCH"),
        ("paragraph", "text", "the paragraph that decided it"),
        ("reason", "text", "why, in one or two sentences"),
        ("facts", "text", "the facts used, each with where it came from, ';' between"),
        ("missing", "text", "stages or papers that are missing, ';' between; empty if none"),
        ("effective_from", "text", "first date on which the rule applies, yyyy-mm-dd"),
        ("effective_to", "text", "last date on which it applies; null if open"),
        ("inferred", "flag", "true if the material only follows from the type of part"),
        ("fingerprint", "text", "stable identity: survives re-sorting and unrelated edits"),
        ("disposition", "text", "state given by a reviewer; null if none"),
    ),
)

NOTES = Table(
    "notes",
    "remark on the input: structural trouble, conflict between clues, disagreement of sources",
    _columns(
        ("line", "row", "the line; null if the remark is on the file"),
        ("file", "text", "file name"),
        ("sheet", "text", "sheet name"),
        ("row", "row", "row as the spreadsheet counts, from 1; null for a whole sheet"),
        ("kind", "text", "quantity, level, mapping, hidden rows, conflict, origin …"),
        ("text", "text", "what was seen and what it does to the result"),
    ),
)

CARDS = Table(
    "cards",
    "material found in the BOM, as the knowledge describes it",
    _columns(
        ("material_id", "text", "id in the knowledge"),
        ("name", "text", "name for a person"),
        ("family", "text", "class of the material"),
        ("form", "text", "sintered, wrought, component …"),
        ("density_g_cm3", "float", "density, g/cm3; null if unknown"),
        ("basis", "text", "ranges, formula, mixture or unknown: where the composition comes from"),
        ("evidence", "text", "grade of the record"),
        ("source_ids", "text", "sources, ';' between"),
        ("note", "text", "remark that belongs to the record"),
        ("origin", "text", "bomrisk, or the overlay file that added or replaced it"),
    ),
)

COMPOSITIONS = Table(
    "compositions",
    "element of a material found in the BOM",
    _columns(
        ("material_id", "text", "the material"),
        ("element", "text", "chemical symbol"),
        ("wt_pct_low", "float", "least content, weight percent"),
        ("wt_pct_likely", "float", "likely (nominal) content, weight percent"),
        ("wt_pct_high", "float", "greatest content, weight percent"),
        ("balance", "flag", "true if the element is the balance of the composition"),
        ("evidence", "text", "grade of the composition"),
        ("source_ids", "text", "sources, ';' between"),
    ),
)

EVENTS = Table(
    "events",
    "dated event that touches an element found in the BOM",
    _columns(
        ("date", "text", "yyyy-mm-dd"),
        ("kind", "text", "policy, facility, tariff, incident, technology or market"),
        ("title", "text", "what happened"),
        ("effect", "text", "what it does to supply"),
        ("countries", "text", "ISO 3166 alpha-3, ';' between"),
        ("elements", "text", "elements of the event, ';' between; REE is any rare earth"),
        ("elements_found", "text", "elements of this BOM that it touches, ';' between"),
        ("stages", "text", "stages, ';' between"),
        ("evidence", "text", "verified, derived or recalled"),
        ("source_ids", "text", "sources, ';' between"),
    ),
)

SOURCES = Table(
    "sources",
    "source that a figure of this assessment leads to",
    _columns(
        ("source_id", "text", "id that the other tables cite"),
        ("title", "text", "title"),
        ("publisher", "text", "publisher"),
        ("year", "text", "year of publication"),
        ("locator", "text", "address, document number or other way to find it"),
        ("seen", "text", "what of it was seen, and how"),
    ),
)

TABLES: dict[str, Table] = {
    table.name: table
    for table in (
        LINES,
        EXCLUDED,
        MATERIALS,
        CONTENTS,
        CASES,
        STEPS,
        EXPOSURES,
        SCORES,
        FINDINGS,
        NOTES,
        CARDS,
        COMPOSITIONS,
        EVENTS,
        SOURCES,
        *SUMMED,
    )
}
