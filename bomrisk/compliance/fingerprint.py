"""The stable identity of a finding: it survives re-sorting of the BOM and edits of other lines."""

from __future__ import annotations

import hashlib

import polars as pl

SEPARATOR = "\x1f"


def fingerprinted(findings: pl.DataFrame, lines: pl.DataFrame) -> pl.DataFrame:
    """Add `fingerprint` to findings with `line`, `rule`, `material_id`, `declared`.

    It joins a hash of the line (part number, else the normalized text; the part numbers above it; the
    ordinal among equals) with one of rule and material: 16 hexadecimal digits. Equal lines are counted
    in the order of what they declare, then of the file, so that lines that differ keep their own.
    """
    named = findings.select("line", "declared", "unread").unique("line", maintain_order=True)
    keyed = (
        named.join(lines.select("line", key=_key()), on="line", how="left", maintain_order="left")
        .sort("key", "declared", "unread", "line")
        .with_columns(ordinal=pl.int_range(pl.len()).over("key"))
        .with_columns(key=pl.format("{}\x1f{}", "key", "ordinal"))
    )
    of_line = pl.Series([_digest(key, 5) for key in keyed["key"]], dtype=pl.String)
    keyed = keyed.select("line", of_line=of_line)
    rules = findings.select("rule", "material_id").unique(maintain_order=True)
    names = [_digest(SEPARATOR.join(row), 3) for row in rules.iter_rows()]
    rules = rules.with_columns(of_rule=pl.Series(names, dtype=pl.String))
    return (
        findings.join(keyed, on="line", how="left", maintain_order="left")
        .join(rules, on=["rule", "material_id"], how="left", maintain_order="left")
        .with_columns(fingerprint=pl.concat_str("of_line", "of_rule"))
        .drop("of_line", "of_rule")
    )


def of_permitted(column: str) -> pl.Expr:
    """The identity that an alternate's finding has under its first choice: its own, turned around.

    The halves change places, so that both can be told apart and led back to each other.
    """
    return pl.concat_str(pl.col(column).str.slice(8), pl.col(column).str.slice(0, 8))


def _key() -> pl.Expr:
    words = pl.concat_str(
        [pl.col(field).fill_null("") for field in ("name", "description")], separator=" "
    )
    number = pl.coalesce(
        pl.col("part_number").replace("", None),
        pl.col("mpn").replace("", None),
        words.str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars(),
    )
    return pl.concat_str([number, pl.col("path").fill_null("")], separator=SEPARATOR)


def _digest(text: str, size: int) -> str:
    return hashlib.blake2b(text.encode(), digest_size=size).hexdigest()
