"""The tables that every room and every reader of the JSON relies on."""

import polars as pl

from bomrisk.tables import LINES, ORIGIN_FIELDS, TABLES, missing_columns


def test_every_column_says_what_it_means() -> None:
    for table in TABLES.values():
        assert table.row_is
        assert len(set(table.names)) == len(table.names), table.name
        for column in table.columns:
            assert len(column.meaning) > 3, (table.name, column.name)


def test_a_frame_of_the_schema_can_be_made() -> None:
    for table in TABLES.values():
        frame = pl.DataFrame(schema=table.schema())
        assert tuple(frame.columns) == table.names


def test_declared_origins_are_columns_of_the_lines() -> None:
    assert not missing_columns(LINES, LINES.names)
    assert set(ORIGIN_FIELDS) <= set(LINES.names)
    assert missing_columns(LINES, [n for n in LINES.names if n != "cage"]) == ("cage",)
