"""Sizes and densities from columns of their own: extents, diameters, whole sizes, and units of density."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.bom.test_read_files import Rows, checked, write


def first(tmp_path: Path, head: list[str], cells: list[str]) -> dict[str, object]:
    rows: Rows = [
        ["Part Number", "Name", "Qty", *head],
        ["A-1", "Magnet", "4", *cells],
        *([f"B-{at}", "Nut", "1", *cells] for at in range(4)),
    ]
    return checked(write(tmp_path / "bom", "tsv", rows)).lines.row(0, named=True)


@pytest.mark.parametrize(
    ("head", "cells", "size"),
    [
        (["Length (mm)", "Width (mm)", "Height (mm)"], ["50", "20", "10"], "50 mm x 20 mm x 10 mm"),
        (["Length (mm)", "Thickness (mm)"], ["300", "2"], "L 300 mm x H 2 mm"),
        (["Diameter (mm)", "Length (mm)"], ["12", "300"], "OD 12 mm x L 300 mm"),
        (["Outer Diameter [mm]", "Inner Diameter [mm]", "Height [mm]"], ["20", "10", "5"], "OD 20 mm x ID 10 mm x H 5 mm"),
        (["Durchmesser [mm]", "Länge [mm]"], ["12,5", "300"], "OD 12.5 mm x L 300 mm"),
        (["Dimensions (mm)"], ["50x20x10"], "50x20x10 mm"),
        (["Abmessungen [mm]"], ["Ø12 x 5"], "Ø12 x 5 mm"),
        (["尺寸"], ["50x20x10mm"], "50x20x10mm"),
        (["Size (in)"], ["1/2 x 1/8 x 1/16"], "1/2 x 1/8 x 1/16 in"),
        (["Dimensions"], ["50x20x10"], "50x20x10"),
        (["Size"], ["0402"], None),
    ],
)  # fmt: skip
def test_sizes(tmp_path: Path, head: list[str], cells: list[str], size: str | None) -> None:
    assert first(tmp_path, head, cells)["size"] == size


@pytest.mark.parametrize(
    ("header", "cell", "density"),
    [
        ("Density", "7.5", 7.5), ("SW-Density", "7500", 7.5), ("Density (g/cm3)", "0.5", 0.5), ("Density", "0.098 lb/in^3", 2.7126),
        ("Density (lb/in³)", "0.098", 2.7126), ("Density", "0.0027 g/mm^3", 2.7), ("Density (kg/m^3)", "2700", 2.7), ("Dichte [kg/m³]", "2.700,0", 2.7),
        ("Density (lb/ft^3)", "168.6", 2.7007), ("Density", "7.5 kg/dm3", 7.5), ("Density", "0.098", None), ("Density", "50", None),
        ("Density (g/cm3)", "-2", None), ("Density (g/cm3)", "2700", None),
    ],
)  # fmt: skip
def test_densities(tmp_path: Path, header: str, cell: str, density: float | None) -> None:
    found = first(tmp_path, [header], [cell])["density_g_cm3"]
    assert found == (None if density is None else pytest.approx(density, rel=1e-4))
