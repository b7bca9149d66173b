"""Material declarations: what is declared comes out as element mass, and nothing bad comes in with it."""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bomrisk.composition import Composition, MaterialDeclarations, compose, read_materials
from bomrisk.composition.declared.amounts import amount_of
from bomrisk.composition.declared.model import Amount, DeclaredPart, DeclaredSubstance
from bomrisk.composition.declared.substances import (
    atomic_weights,
    cas_number,
    elements_of,
    standing_in,
    symbols,
    table,
)
from bomrisk.errors import BomriskError, InputErrors
from bomrisk.knowledge import Knowledge
from bomrisk.recognition import recognize
from bomrisk.tables import CONTENTS, MATERIALS
from tests.lines import lines_of

KNOWLEDGE = Knowledge()
NAMESPACE = "http://webstds.ipc.org/175x/2.0"
CLASS_D = f"""<?xml version="1.0" encoding="UTF-8"?>
<i:MainDeclaration xmlns:i="{NAMESPACE}" version="2.0">
 <i:BusinessInfo><i:Response><i:SupplyCompany name="Acme Magnetics"/></i:Response></i:BusinessInfo>
 <i:Product unitType="Each">
  <i:ProductID itemNumber="M-1" itemName="Block"/><i:Amount value="0.01" UOM="kg"/>
  <i:MaterialInfo><i:HomogeneousMaterialList>
   <i:HomogeneousMaterial name="magnet"><i:Amount value="9000" UOM="mg"/>
    <i:SubstanceCategoryList><i:SubstanceCategory name="Supplier">
     <i:Substance name="Neodymium"><i:SubstanceID identity="7440-00-8" authority="CAS"/>
      <i:Concentration value="30"/></i:Substance>
     <i:Substance name="Iron"><i:SubstanceID identity="7439-89-6" authority="CAS"/>
      <i:Amount value="6.2" UOM="g"/></i:Substance>
     <i:Substance name="Boron"><i:SubstanceID identity="7440-42-8" authority="CAS"/>
      <i:Amount value="10000" UOM="ppm"/></i:Substance>
    </i:SubstanceCategory></i:SubstanceCategoryList>
   </i:HomogeneousMaterial>
   <i:HomogeneousMaterial name="coating"><i:Amount value="1" UOM="g"/>
    <i:SubstanceCategoryList><i:SubstanceCategory name="Supplier">
     <i:Substance name="Proprietary resin"><i:Concentration value="100"/></i:Substance>
    </i:SubstanceCategory></i:SubstanceCategoryList>
   </i:HomogeneousMaterial>
  </i:HomogeneousMaterialList></i:MaterialInfo>
 </i:Product>
</i:MainDeclaration>"""
CLASS_C = """<MainDeclaration><Product><ProductID itemNumber="C-1"/><Amount value="20" UOM="g"/>
<MaterialInfo><SubstanceCategoryList><SubstanceCategory name="Cobalt"><Substance name="Cobalt">
<SubstanceID identity="7440-48-4" authority="CAS"/><Concentration value="25"/></Substance>
</SubstanceCategory><SubstanceCategory name="Lead compounds"><Amount value="0.5" UOM="g"/>
</SubstanceCategory></SubstanceCategoryList></MaterialInfo>
<SubProduct numberOfUnits="2"><ProductID itemNumber="C-2"/><Amount value="3" UOM="g"/><MaterialInfo>
<HomogeneousMaterialList><HomogeneousMaterial name="wire"><Amount value="3" UOM="g"/>
<SubstanceCategoryList><SubstanceCategory name="x"><Substance name="Tungsten">
<SubstanceID identity="7440-33-7" authority="CAS"/><Amount value="3" UOM="g"/></Substance>
</SubstanceCategory></SubstanceCategoryList></HomogeneousMaterial></HomogeneousMaterialList>
</MaterialInfo></SubProduct></Product></MainDeclaration>"""


def declared(path: Path, text: str | bytes, *rows: dict[str, Any]) -> Composition:
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return applied(read_materials([path]), *rows)


def applied(declarations: MaterialDeclarations, *rows: dict[str, Any]) -> Composition:
    lines = lines_of({"rolled_up": 1.0, **row} for row in rows)
    found = compose(lines, recognize(lines, KNOWLEDGE).materials, KNOWLEDGE, declarations)
    assert found.materials.columns == [name for name in MATERIALS.names if name != "case"]
    assert found.contents.collect_schema().names() == list(CONTENTS.names)
    return found


def mass(found: Composition, line: int, element: str) -> float | None:
    """Likely grams of an element in a line; -1 where it stands in none of its materials."""
    rows = found.contents.filter(line=line, element=element).collect()["mass_likely_g"].to_list()
    if not rows:
        return -1.0
    return None if None in rows else sum(rows)


def texts(found: Composition) -> str:
    return "\n".join(found.notes["text"])


def test_every_cas_number_has_its_check_digit_and_a_formula_of_known_weights() -> None:
    rows = table("substances.csv")
    assert len({row["cas"] for row in rows}) == len(rows)
    for row in rows:
        assert cas_number(row["cas"]) == row["cas"]
        shares = elements_of("", row["cas"])
        assert shares
        assert sum(shares.values()) == pytest.approx(1.0)
        assert row["evidence"] in ("verified", "derived", "recalled")
    assert cas_number("7440-00-9") is None
    assert set(standing_in().values()) <= set(KNOWLEDGE.materials)
    assert set(symbols().values()) == set(atomic_weights())


@pytest.mark.parametrize(
    ("name", "cas", "element", "share"),
    [
        ("", "1313-97-9", "Nd", 2 * 144.24 / (2 * 144.24 + 3 * 15.999)),
        ("Dysprosium", "", "Dy", 1.0),
        ("Nd2O3", "", "Nd", 0.857353),
        ("Samarium cobalt (SmCo5)", "", "Sm", 150.36 / (150.36 + 5 * 58.933)),
        ("whatever it is called", "7440-48-4", "Co", 1.0),
    ],
)
def test_a_substance_gives_its_elements(name: str, cas: str, element: str, share: float) -> None:
    shares = elements_of(name, cas)
    assert shares is not None
    assert shares[element] == pytest.approx(share, rel=1e-4)


@pytest.mark.parametrize("name", ["Epoxy resin", "misc.", "N42SH", "", "Proprietary 5"])
def test_what_is_no_substance_is_not_guessed(name: str) -> None:
    assert elements_of(name, "") is None


@pytest.mark.parametrize(
    ("text", "unit", "expected"),
    [
        ("30", "wt.-%", Amount(0.3, 0.3, 0.3, share=True)),
        ("1500 ppm", "g", Amount(0.0015, 0.0015, 0.0015, share=True)),
        ("20 - 30", "%", Amount(0.2, 0.25, 0.3, share=True)),
        ("10 ± 1", "mg", Amount(0.009, 0.01, 0.011)),
        ("10 ± 5 % g", "", Amount(9.5, 10.0, 10.5)),
        ("< 0.1", "% w/w", Amount(0.0, None, 0.001, share=True)),
        ("2,5", "g", Amount(2.5, 2.5, 2.5)),
        ("-3", "g", None),
        ("3", "furlong", None),
        ("3", "", None),
        ("n/a", "g", None),
        ("1e308", "kg", None),
    ],
)
def test_amounts_are_read_with_their_range_and_unit(
    text: str, unit: str, expected: Amount | None
) -> None:
    found = amount_of(text, unit, "," if "," in text else ".")
    if expected is None or found is None:
        assert found is expected
        return
    assert found.share == expected.share
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))
    assert found.likely == (expected.likely and pytest.approx(expected.likely))


def test_class_d_outranks_the_grade_for_element_masses(tmp_path: Path) -> None:
    found = declared(
        tmp_path / "anything.dat",
        CLASS_D,
        {"part_number": "m-1", "material": "N42SH", "mass_g": 10.0, "rolled_up": 4.0},
    )
    (row,) = found.materials.to_dicts()
    assert row["material_id"] == "ndfeb_sintered_sh"
    assert row["rule"].startswith("NdFeB grade")
    assert mass(found, 0, "Nd") == pytest.approx(4 * 2.7)
    assert mass(found, 0, "Fe") == pytest.approx(4 * 6.2)
    assert mass(found, 0, "B") == pytest.approx(4 * 0.09)
    neodymium = found.contents.filter(element="Nd").collect().to_dicts()[0]
    assert neodymium["mass_low_g"] == neodymium["mass_high_g"] == pytest.approx(10.8)
    assert neodymium["evidence"] == "declared"
    assert "Proprietary resin" in texts(found)
    assert found.contents.collect()["mass_likely_g"].sum() <= 40.0 + 1e-9


def test_class_c_and_products_within_a_product(tmp_path: Path) -> None:
    found = declared(tmp_path / "c.xml", CLASS_C, {"mpn": "C-1", "rolled_up": 3.0})
    assert mass(found, 0, "Co") == pytest.approx(3 * 5.0)
    assert mass(found, 0, "W") == pytest.approx(3 * 2 * 3.0)
    assert "Lead compounds" in texts(found)
    apart = declared(
        tmp_path / "c.xml",
        CLASS_C,
        {"part_number": "C-1"},
        {"part_number": "C-2", "parent": 0, "level": 1, "rolled_up": 2.0},
    )
    assert mass(apart, 0, "W") == -1.0
    assert mass(apart, 1, "W") == pytest.approx(6.0)


HOSTILE = {
    "entity": '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><MainDeclaration>&x;</MainDeclaration>',
    "laughs": '<!DOCTYPE a [<!ENTITY l "ll"><!ENTITY m "&l;&l;">]><MainDeclaration>&m;</MainDeclaration>',
    "deep": "<MainDeclaration>" + "<Product>" * 5000,
    "cut off": CLASS_D[:600],
    "other": "<?xml version='1.0'?><invoice><Product/></invoice>",
    "encoding": '<?xml version="1.0" encoding="nothing-7"?><MainDeclaration/>',
    "empty root": "<MainDeclaration/>",
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_hostile_xml_is_refused_in_one_line(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"{kind}.xml"
    path.write_text(HOSTILE[kind], encoding="utf-8")
    with pytest.raises(InputErrors) as refused:
        read_materials([path])
    (error,) = refused.value.errors
    assert error.file == path.name
    assert "\n" not in str(error)
    assert error.mend


def test_too_many_elements_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bomrisk.composition.declared.ipc1752.ELEMENTS", 10)
    path = tmp_path / "d.xml"
    path.write_text(CLASS_D, encoding="utf-8")
    with pytest.raises(InputErrors, match="more than 10 elements"):
        read_materials([path])


def test_a_file_that_is_missing_or_no_declaration_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "bom.csv").write_text("Part Number,Qty\nA,1\n")
    with pytest.raises(InputErrors) as refused:
        read_materials([tmp_path / "none.csv", tmp_path / "bom.csv"])
    assert len(refused.value.errors) == 2
    assert isinstance(refused.value, BomriskError)


def test_a_workbook_sheet_is_read_by_its_words(tmp_path: Path) -> None:
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Cover"])  # type: ignore[union-attr]
    sheet = book.create_sheet("Full material")
    sheet.append(["Declaration of substances", None])
    sheet.append(["Item No.", "Material", "Material mass [mg]", "CAS No.", "Substance", "ppm"])
    sheet.append(["A-1", "glass", 2000, "1312-81-8", "Lanthanum oxide", 250000])
    sheet.append([None, "glass", 2000, "7631-86-9", "Silica", 750000])
    data = io.BytesIO()
    book.save(data)
    found = declared(tmp_path / "fmd.xlsx", data.getvalue(), {"part_number": "A-1"})
    lanthanum = 2 * 138.91 / (2 * 138.91 + 3 * 15.999)
    assert mass(found, 0, "La") == pytest.approx(0.5 * lanthanum)
    (row,) = found.materials.to_dicts()
    assert (row["material_id"], row["field"], row["inferred"]) == ("la_metal", "declaration", False)
    assert "fmd.xlsx, sheet 'Full material', row 3" in row["rule"]
    assert "O, Si" in texts(found)


def test_each_fault_is_a_note_with_its_row(tmp_path: Path) -> None:
    text = (
        "Part number,Substance,CAS,Amount,Unit,Part mass [g]\n"
        "A,Neodymium,,3,stone of Paris,10\n"
        "A,Iron,,120,%,10\n"
        "B,Cobalt,,30,g,10\n"
        "C,Cobalt,,60,%,\n"
        "C,Samarium,,60,%,\n"
        "D,Gallium,,1,g,\n"
    )
    found = declared(
        tmp_path / "x.csv",
        text,
        {"part_number": "A", "mass_g": 10.0},
        {"part_number": "B", "mass_g": 10.0},
        {"part_number": "C", "mass_g": 10.0},
    )
    notes = {(row["row"], row["text"]) for row in found.notes.to_dicts()}
    said = "\n".join(f"{row}: {text}" for row, text in sorted(notes, key=str))
    assert "2: '3' with the unit 'stone of Paris'" in said
    assert "B' is not used: its substances weigh 30 g, more than the part with 10 g" in said
    assert "C' is not used: its substances weigh 12 g" in said
    assert "7: no line has the part 'D'" in said
    assert mass(found, 0, "Nd") is None  # declared, amount unknown: never zero
    assert mass(found, 1, "Co") == mass(found, 2, "Co") == -1.0


def test_samarium_and_cobalt_against_a_text_that_says_ndfeb(tmp_path: Path) -> None:
    text = "Part number,Substance,Mass [g]\nA,Samarium,2\nA,Cobalt,7.9\n"
    found = declared(
        tmp_path / "x.csv", text, {"part_number": "A", "material": "N42SH", "mass_g": 10.0}
    )
    assert "conflict: the substances declared for 'A' make up SmCo" in texts(found)
    assert "ndfeb_sintered_sh" in found.materials["material_id"].to_list()
    assert mass(found, 0, "Sm") == pytest.approx(2.0)
    assert mass(found, 0, "Nd") in (-1.0, pytest.approx(0.0, abs=0.11))


def test_an_assembly_does_not_count_again_what_its_parts_hold(tmp_path: Path) -> None:
    text = "Part number,Substance,Mass [g]\nTOP,Cobalt,10\nTOP,Tungsten,4\nIN,Cobalt,6\n"
    found = declared(
        tmp_path / "x.csv",
        text,
        {"part_number": "TOP", "mass_g": 50.0},
        {"part_number": "IN", "mass_g": 20.0, "parent": 0, "level": 1},
    )
    assert mass(found, 1, "Co") == pytest.approx(6.0)
    assert mass(found, 0, "Co") == pytest.approx(4.0)
    assert mass(found, 0, "W") == pytest.approx(4.0)


def test_the_first_declaration_of_a_part_is_used_and_the_other_told(tmp_path: Path) -> None:
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    one.write_text("Part number,Substance,Mass [g]\nA,Cobalt,1\n")
    two.write_text("Part number,Substance,Mass [g]\nA,Cobalt,2\n")
    found = applied(read_materials([one, two]), {"part_number": "A"})
    assert mass(found, 0, "Co") == pytest.approx(1.0)
    assert "'A' is declared otherwise in one.csv, row 2" in texts(found)


def test_a_makers_number_of_another_maker_is_not_taken() -> None:
    part = DeclaredPart(
        "X1", "Acme", None, (DeclaredSubstance("Cobalt", "", Amount(1, 1, 1)),), "f.csv"
    )
    found = applied(MaterialDeclarations((part,)), {"mpn": "X1", "manufacturer": "Bolts Ltd"})
    assert mass(found, 0, "Co") == -1.0
    assert "the line's maker is 'Bolts Ltd'" in texts(found)


@settings(max_examples=40, deadline=None)
@given(
    grams=st.dictionaries(
        st.sampled_from(sorted(standing_in())), st.floats(0.001, 5.0), min_size=1, max_size=6
    ),
    material=st.sampled_from(["", "N42SH", "SmCo5", "Ti-6Al-4V", "servo motor", "7075-T6"]),
    pieces=st.integers(1, 50),
    room=st.floats(1.0, 3.0),
)
def test_declared_mass_in_is_element_mass_out_and_never_more_than_the_line(
    grams: dict[str, float], material: str, pieces: int, room: float
) -> None:
    part = DeclaredPart(
        "A",
        "",
        None,
        tuple(DeclaredSubstance(one, "", Amount(g, g, g)) for one, g in sorted(grams.items())),
        "f.csv",
    )
    weight = sum(grams.values()) * room
    found = applied(
        MaterialDeclarations((part,)),
        {
            "part_number": "A",
            "description": material,
            "mass_g": weight,
            "rolled_up": float(pieces),
        },
    )
    for element, g in grams.items():
        assert mass(found, 0, element) == pytest.approx(g * pieces)
    line = weight * pieces * (1 + 1e-9)
    contents = found.contents.collect()
    assert contents["mass_low_g"].sum() <= line
    assert contents["mass_likely_g"].drop_nulls().sum() <= line
    assert (contents["mass_high_g"].drop_nulls() <= line).all()
    assert (found.materials["mass_high_g"].drop_nulls() <= line).all()
    for row in contents.drop_nulls("mass_likely_g").to_dicts():
        assert row["mass_low_g"] <= row["mass_likely_g"] * (1 + 1e-9)
        assert row["mass_likely_g"] <= row["mass_high_g"] * (1 + 1e-9)


def test_a_sheet_and_columns_of_the_parts_list_itself(tmp_path: Path) -> None:
    import openpyxl

    from bomrisk.pipeline import assess

    book = openpyxl.Workbook()
    bom = book.active
    assert bom is not None
    bom.title = "BOM"
    bom.append(["Part Number", "Description", "Qty", "Mass [g]", "Nd %", "Dy [mg]", "W [g]"])
    bom.append(["A-1", "Rotor type X", 2, 100, 3, "20 - 40", None])
    bom.append(["A-2", "Bracket", 1, 50, None, None, None])
    bom.append(["A-3", "Weight", 1, 80, 130, None, 70])
    sheet = book.create_sheet("FMD")
    sheet.append(["Part number", "Substance", "CAS", "Mass [g]"])
    sheet.append(["A-2", "Cobalt", "7440-48-4", 5])
    book.save(tmp_path / "bom.xlsx")
    found = assess(tmp_path / "bom.xlsx")
    assert found.lines["part_number"].to_list() == ["A-1", "A-2", "A-3"]
    assert found.lines["mass_g"].to_list() == [100.0, 50.0, 80.0]
    contents = {(row["line"], row["element"]): row for row in found.contents.collect().to_dicts()}
    assert contents[0, "Nd"]["mass_likely_g"] == pytest.approx(6.0)
    assert contents[0, "Dy"]["mass_low_g"] == pytest.approx(0.04)
    assert contents[0, "Dy"]["mass_high_g"] == pytest.approx(0.08)
    assert contents[1, "Co"]["mass_likely_g"] == pytest.approx(5.0)
    assert contents[2, "W"]["mass_likely_g"] == pytest.approx(70.0)
    assert contents[2, "Nd"]["mass_likely_g"] is None
    notes = {(row["sheet"], row["row"]): row["text"] for row in found.notes.to_dicts()}
    assert "'130' in the column of Nd" in notes["BOM", 4]
    assert "declares the substances" in notes["FMD", None]
    assert found.excluded.filter(sheet="FMD").height == 2
    assert "PASS" not in found.findings.filter(pl.col("line") < 2)["code"].to_list()


def test_a_lone_weight_column_is_no_tungsten(tmp_path: Path) -> None:
    from bomrisk.pipeline import assess

    (tmp_path / "bom.csv").write_text("Part Number,Description,Qty,W [g]\nA,Bracket,1,7\n")
    found = assess(tmp_path / "bom.csv")
    assert found.materials.is_empty()


def test_the_command_names_the_file_and_refuses_a_hostile_one(tmp_path: Path) -> None:
    (tmp_path / "bom.csv").write_text("Part Number,Description,Qty,Mass [g]\nM-1,Rotor X,1,10\n")
    (tmp_path / "d.xml").write_text(CLASS_D, encoding="utf-8")
    (tmp_path / "bad.xml").write_text(HOSTILE["entity"], encoding="utf-8")

    def run(materials: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [
                sys.executable,
                "-m",
                "bomrisk",
                "assess",
                "bom.csv",
                "--materials",
                materials,
                "--format",
                "json",
                "-o",
                "o.json",
            ],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )

    refused = run("bad.xml")
    assert refused.returncode == 2
    assert refused.stderr.startswith("bomrisk: bad.xml: the XML declares a document type")
    assert not (tmp_path / "o.json").exists()
    done = run("d.xml")
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "o.json").read_text(encoding="utf-8")
    assert '"d.xml"' in text
    assert "ndfeb_unspecified" in text


def test_the_sample_declaration_replaces_the_masses_of_its_grade() -> None:
    from bomrisk.assessment import Companions
    from bomrisk.pipeline import assess

    folder = Path(__file__).parents[2] / "sample_boms"
    told = read_materials([folder / "uav_propulsion_substances.csv"])
    found = assess(folder / "uav_propulsion.csv", companions=Companions(materials=told))
    line = found.lines.filter(part_number="UAV-P-111")["line"].item()
    contents = found.contents.filter(line=line).collect()
    dysprosium = contents.filter(element="Dy").to_dicts()[0]
    assert dysprosium["mass_low_g"] == pytest.approx(56 * 0.160)
    assert dysprosium["mass_high_g"] == pytest.approx(56 * 0.190)
    assert contents["mass_likely_g"].sum() <= 56 * 6.4 + 1e-9
    assert any("Epoxy primer" in text for text in found.notes["text"])


def test_a_declared_magnet_takes_the_place_of_a_guessed_one(tmp_path: Path) -> None:
    text = "Part number,Substance,Mass [g]\nA,Neodymium,3\nA,Iron,6\nA,Boron,0.1\n"
    found = declared(
        tmp_path / "x.csv",
        text,
        {"part_number": "A", "description": "servo motor", "mass_g": 100.0},
    )
    magnets = found.materials.filter(pl.col("material_id").str.starts_with("ndfeb"))
    assert magnets["material_id"].to_list() == ["ndfeb_unspecified"]
    assert magnets["mass_likely_g"].item() == pytest.approx(9.1)
    assert found.contents.filter(element="Dy").collect().is_empty()
    assert "cu_pure" in found.materials["material_id"].to_list()
