"""What a column is: by its header in many languages and systems, and by its cells where headers leave it open."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from bomrisk.bom.vocabulary import read_header
from bomrisk.errors import InputError
from tests.bom.test_read_files import checked, letters, reasons, seen, write
from tests.bom.writers import table

HEADERS = {
    "English": (
        "part_number: Part Number, P/N, Part No., part #, Item Number, Drawing No, IPN",
        "name: Nomenclature, Part Name, Item Name, Device, Designation",
        "description: Description, Desc., Key Specifications, long name",
        "quantity: Qty, QTY., Quantity Required, pieces, # req in assy, Qty/board, No. off, Qty per Assy",
        "quantity_other: Order Qty, MOQ, In Stock, Vendor Qty 1, Sold Quantity, Pack Size, Reorder qty",
        "quantity_total: Total Qty, Extended Quantity, Qty per End Item",
        "unit: UOM, Unit of Measure, U/M",
        "level: Level, Indenture Code, BOM Level",
        "parent: Parent Part, Next Higher Assembly, Parent",
        "material: Material, Mat'l, Alloy, SW-Material",
        "specification: Material Spec, Mil Spec, Standard",
        "mass: Weight (lbs), Mass [g], Unit Wt, Mass_kg",
        "ext_mass: Total Weight, Total Mass (kg)",
        "unit_cost: Unit Price (USD), COST EA., Price @ 1, Cost per Item",
        "ext_cost: Ext Price, Line Total, Total Cost",
        "manufacturer: Mfr, MANF, Manufacturer / Source, Brand",
        "mpn: MPN, Mfg Part #, MANF#, Manufacturer Part Number 1, Mfr Item Number",
        "supplier: Vendor, Distributor, VID",
        "supplier_pn: DIGIKEY#, Order code, Vendor Part Num, LCSC Part #",
        "country_of_origin: Country of Origin, COO, Made In",
    ),
    "origins by stage": (
        "origin_mined: Country of Mining, Country Mined",
        "origin_separated: Country Refined, Refined in",
        "origin_reduced: Metal Country, Country of Metal",
        "origin_melted: Country of Melt, Melt Source, Melted in",
        "origin_sintered: Sintered in, Country of Sintering",
        "origin_magnetized: Country of Magnetization, Magnetized in",
        "origin_manufactured: Country of Manufacture",
    ),
    "German": (
        "part_number: Sachnummer, Teilenummer, Artikel-Nr., Zeichnungsnummer",
        "name: Benennung, Bezeichnung",
        "description: Beschreibung",
        "quantity: Menge, Anzahl, Stückzahl",
        "quantity_other: Bestellmenge, Lagerbestand, VPE",
        "unit: Einheit, Mengeneinheit",
        "level: Stufe, Ebene",
        "parent: Baugruppe",
        "material: Werkstoff",
        "specification: Norm",
        "mass: Gewicht [kg], Masse",
        "manufacturer: Hersteller",
        "country_of_origin: Ursprungsland",
    ),
    "French": (
        "name: Désignation",
        "quantity: Quantité, Qté, Nbre",
        "material: Matière",
        "mass: Masse (g), Poids unitaire",
        "level: Niveau",
        "supplier: Fournisseur",
        "manufacturer: Fabricant",
        "country_of_origin: Pays d'origine",
    ),
    "Spanish": (
        "part_number: Número de parte, Código, Codigo SAP",
        "name: Nombre",
        "description: Descripción",
        "quantity: Cantidad, Cant.",
        "quantity_other: Cantidad a comprar, Existencias",
        "manufacturer: Fabricante, Marca, Productor",
        "mpn: Código Productor",
        "mass: Peso [kg]",
        "country_of_origin: País de origen",
    ),
    "Portuguese": (
        "item_no: Nº DO ITEM",
        "part_number: Nº DA PEÇA",
        "description: DESCRIÇÃO",
        "quantity: QTD., Quantidade",
        "unit: Unidade",
        "supplier: Fornecedor",
    ),
    "Italian": (
        "part_number: Codice articolo",
        "description: Descrizione",
        "quantity: Q.tà, Quantità",
        "material: Materiale",
        "unit: U.M., Unità di misura",
    ),
    "Russian": (
        "name: Наименование",
        "quantity: Кол., Количество, Кол-во",
        "unit: Ед. изм.",
        "reference: Поз. обозначение",
        "material: Материал",
        "manufacturer: Производитель",
        "notes: Примечание",
    ),
    "Chinese": (
        "part_number: 零件号, 物料编码, 组件物料",
        "name: 物料名称",
        "description: 说明, 规格型号",
        "quantity: 数量, 标准用量, 单机用量, 员数",
        "quantity_other: 实买, 库存数量, 采购数量",
        "unit: 单位",
        "level: 层级",
        "parent: 父件编码, 成品物料",
        "material: 材质",
        "mass: 单重, 重量(kg)",
        "country_of_origin: 产地, 原产国",
    ),
    "Japanese": (
        "part_number: 品番, 部品番号",
        "name: 品名",
        "quantity: 員数, 数量",
        "material: 材質",
        "level: レベル",
        "manufacturer: メーカー",
        "country_of_origin: 原産国",
    ),
    "Vietnamese": (
        "part_number: Mã NVL",
        "name: Tên vật tư",
        "quantity: Định mức, Số lượng",
        "unit: ĐVT",
        "country_of_origin: Xuất xứ",
    ),
    "SAP": (
        "level: Explosion level, Stufe, Auflösungsstufe",
        "part_number: Component number, Komponentennummer",
        "description: Object description",
        "name: Objektkurztext",
        "quantity: Component quantity, Komponentenmenge",
        "quantity_total: Comp. Qty (CUn)",
        "unit: Component unit, Base Unit of Measure, KompMengenEinheit",
        "category: Positionstyp",
        "phantom: Phantom item",
    ),
    "Teamcenter": (
        "part_number: bl_item_item_id",
        "name: bl_indented_title",
        "item_no: bl_sequence_no",
        "revision: bl_rev_item_revision_id",
        "quantity: Usage_Quantity",
    ),
    "Windchill, Arena, OpenBOM, InvenTree": (
        "item_no: Find Number, Line Number",
        "level: BOM Level",
        "part_number: Item Number, part_IPN",
        "mpn: Mfr Item Number",
        "quantity_other: available_stock, On Order",
    ),
    "SolidWorks, Inventor": (
        "item_no: ITEM NO.",
        "length: Length (mm), 3D-Bounding Box Length",
        "density: SW-Density",
        "category: BOM Structure",
        "quantity: Number of instances",
    ),
    "Altium, KiCad": (
        "part_number: LibRef, DesignItemId",
        "description: ValueName",
        "reference: Designator, References, Ref Des",
        "manufacturer: MF",
        "footprint: Footprint",
        "fitted: DNP",
    ),
    "provisioning lists": (
        "line_key: PLISN",
        "level: INDC",
        "cage: CAGE, FSCM",
        "niin: NIIN",
        "nsn: NSN",
        "quantity: QPA",
        "parent_key: NHA PLISN",
        "smr: SMR",
        "same_as: SAPLISN",
    ),
}
WORDS = [
    (system, line.partition(":")[0], header.strip())
    for system, lines in HEADERS.items()
    for line in lines
    for header in line.partition(":")[2].split(",")
]


@pytest.mark.parametrize(("system", "name", "header"), WORDS)
def test_header_means_a_field(system: str, name: str, header: str) -> None:
    found = read_header(header)
    assert found.candidates, f"{system}: {header!r} is not known"
    assert found.candidates[0].field == name


@pytest.mark.parametrize(
    "header",
    ["Emission factor", "Torque", "Onshape", "Foo", "Runtime h", "Aisle", "", "12", "L", "S"],
)
def test_header_that_is_no_word_of_parts_lists_is_left_alone(header: str) -> None:
    assert not any(one.strength >= 0.6 for one in read_header(header).candidates)


@dataclass(frozen=True)
class Case:
    """A table as a text block; `columns` is field → letter, None for a field that must not be found."""

    rows: str
    columns: dict[str, str | None]
    quantities: dict[int, float | None]
    excluded: dict[int, str] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)


CASES = {
    "codes under Material and Component: assembly and part": Case(
        """
Material|Plant|Item|Component|Component description|Quantity|Un
100-100|1000|0010|100-110|Slug for casing|1|PC
100-100|1000|0020|100-120|Flat gasket|2|PC
100-100|1000|0030|100-130|Hexagon screw|8|PC
""",
        {"parent": "A", "part_number": "D", "description": "E", "quantity": "F", "material": None},
        {2: 1, 3: 2, 4: 8},
    ),
    "Item repeated before coded components is their assembly": Case(
        """
Item|Description|Component|Component Description|UOM|Quantity
AS1000|Actuator|MG2000|Magnet segment|EA|12
AS1000|Actuator|SH3000|Shaft|EA|1
AS1000|Actuator|GR4000|Grease|G|5
""",
        {"parent": "A", "part_number": "C", "description": "D", "quantity": "F"},
        {2: 12, 3: 1, 4: 5},
    ),
    "Component and Material of names: part and substance": Case(
        """
Material|Component|Qty
6061-T6|Bracket left|2
NdFeB N42|Magnet ring|4
6061-T6|Bracket right|2
""",
        {"material": "A", "name": "B", "quantity": "C", "parent": None},
        {2: 2, 3: 4, 4: 2},
    ),
    "long numbers under Material are part numbers": Case(
        """
Material|Materialkurztext|Menge|Basismengeneinheit
10001234|Rotor komplett|2|ST
10001235|Magnet|48|ST
10001240|Welle|2|ST
""",
        {"part_number": "A", "name": "B", "quantity": "C", "unit": "D", "material": None},
        {2: 2, 3: 48, 4: 2},
    ),
    "short numbers under Material are alloys": Case(
        """
Part|Qty|Material
Plate|2|6061
Ring|1|304
Shaft|1|1.4301
""",
        {"name": "A", "quantity": "B", "material": "C", "part_number": None},
        {2: 2, 3: 1, 4: 1},
    ),
    "an export that joins tables names them in brackets": Case(
        """
ID|Item|Quantity|ID (Items)|Item Code (Items)|Qty (Items)|UOM (Items)
BOM-1|Rotor A|10|7lcc7d5va4|Magnet|8|Nos
||||Hub|1|Nos
BOM-2|Rotor B|10|38grt5ia0r|Magnet|12|Nos
||||Hub|1|Nos
""",
        {"parent": "B", "part_number": "E", "quantity": "F", "unit": "G", "name": None},
        {2: 8, 3: 1, 4: 12, 5: 1},
    ),
    "parent and child with a prefix": Case(
        """
bom_parent|bom_parent_name|bom_child|bom_child_name|quantity
MODEL|MODEL|A-1|Gimbal|1
A-1|Gimbal|A-2|Motor|2
A-2|Motor|A-3|Magnet|8
""",
        {"parent": "A", "part_number": "C", "name": "D", "quantity": "E"},
        {2: 1, 3: 2, 4: 8},
        parents={3: 2, 4: 3},
    ),
    "specification in words describes": Case(
        """
Qty|Component|Specification|Cost
12|Bearing|1.25 mm ball|42.5
70|Magnet|3 mm diameter 4 mm high|28
3|Encoder|MT6835 module|15
""",
        {"name": "B", "description": "C", "quantity": "A", "specification": None},
        {2: 12, 3: 70, 4: 3},
    ),
    "specification by numbers of standards is one": Case(
        """
Part No.|Nomenclature|Qty|Material|Specification
5001-1|Bracket|2|7075-T6|AMS-QQ-A-250/12
5001-3|Bushing|4|CRES 304|AMS 5639
5001-5|Clip|8|Ti-6Al-4V|AMS 4911
""",
        {"part_number": "A", "name": "B", "specification": "E", "description": None},
        {2: 2, 3: 4, 4: 8},
    ),
    "Обозначение of designators is a reference": Case(
        """
Обозначение|Компонент|Кол-во|Примечание
U1|Плата|1|
U3,U4|Микрофон|2|
R1,R2|Резистор|2|
""",
        {"reference": "A", "name": "B", "quantity": "C", "part_number": None},
        {2: 1, 3: 2, 4: 2},
    ),
    "running numbers of seven digits are part numbers": Case(
        """
Level|Number|Name|Quantity
0|1000001|Pump|1
1|1000002|Housing|1
1|1000003|Rotor|2
2|1000004|Magnet|8
""",
        {"level": "A", "part_number": "B", "name": "C", "quantity": "D"},
        {2: 1, 3: 1, 4: 2, 5: 8},
        parents={3: 2, 4: 2, 5: 4},
    ),
    "Number with repeats and a measure is the quantity": Case(
        """
Name|MPN|Unit price|Number
Header male|B4B-XH-A|0.01|9
Header female|XHP-4|0.06|9
Board||25|1
Driver|DRV8825|3|3
Filament|JA3D-C10|0.02|312 g
Encoder|ENA1J-B28|36|3
Nut M3|MHNZ003|0.04|56
Wire|W-1|2|3
""",
        {"name": "A", "mpn": "B", "quantity": "D"},
        {2: 9, 3: 9, 4: 1, 5: 3, 6: 312, 7: 3, 8: 56, 9: 3},
    ),
    "the first of numbered details describes": Case(
        """
part_number|name|details1|details2|details3|count
A1|Extrusion|20x20|300mm|black|4
A2|Screw|M5|10mm|steel|16
A3|Nut|M5|T-slot|plain|16
""",
        {"description": "C", "quantity": "F"},
        {2: 4, 3: 16, 4: 16},
    ),
    "makers and their numbers by turns": Case(
        """
Reference|Quantity|Description|Manufacturer_1|MPN_2|Manufacturer_3|MPN_4
R1 R2|2|Resistor|Yageo|RC0805FR|Vishay|CRCW0805
C1|1|Capacitor|Kemet|C0805C104|Murata|GRM21BR71
U1|1|Driver|NXP|PCA9685PW||
""",
        {"manufacturer": "D", "mpn": "E", "quantity": "B"},
        {2: 2, 3: 1, 4: 1},
    ),
    "quantity on this list, not what is bought or in stock": Case(
        """
Part Number|Description|Order Qty|Qty per unit|MOQ|In Stock|Price @ 1
P1|Magnet|1000|4|500|20|0.5
P2|Shaft|100|1|1|0|5
P3|Bearing|200|2|10|5|1
""",
        {"part_number": "A", "quantity": "D", "quantity_other": "C"},
        {2: 4, 3: 1, 4: 2},
    ),
    "only order quantities: no quantity is known": Case(
        """
Part Number|Description|Order Qty|MOQ
P1|Magnet|1000|500
P2|Shaft|100|1
P3|Bearing|200|10
""",
        {"part_number": "A", "description": "B", "quantity": None},
        {2: None, 3: None, 4: None},
    ),
    "revision level is no level": Case(
        """
Item|Rev Level|P/N|Nomenclature|Qty Reqd
1|2|1001|Base|1
2|1|1002|Cover|2
3|3|1003|Screw|8
""",
        {"part_number": "C", "name": "D", "quantity": "E", "level": None},
        {2: 1, 3: 2, 4: 8},
    ),
    "Description / Part Number in words describes": Case(
        """
Item|Quantity|Total Cost|Description / Part Number
Camera|1|18|Small board with camera and radio
Servo|5|13|Metal gear micro servo
Capacitor|1|7|Radial leaded capacitor of 10 V
""",
        {"name": "A", "quantity": "B", "description": "D", "part_number": None},
        {2: 1, 3: 5, 4: 1},
    ),
    "prices by quantity in the header": Case(
        """
|||Price/quantity|||Qty||ext price
Description|Name|Qty/system|1|10|100|10|Link|1
Battery|PRT-13851|1|4.95|4.50|4|10|https://example.com/1|4.95
Screen|VI-321|1|6.30|5.25|3|10|https://example.com/2|6.30
Capacitor|CC0402|2|0.10|0.04|0.02|20|https://example.com/3|0.20
""",
        {"description": "A", "name": "B", "quantity": "C"},
        {3: 1, 4: 1, 5: 2},
    ),
    "Nos, Rate and Amount: quantity, price and cost": Case(
        """
S.No|Particulars|Make|Model|Nos|Rate|Amount
1|Servo motor|Yaskawa|SGM7J|2|300|600
2|Linear guide|HIWIN|HGR20|4|50|200
3|Coupling||D25|2|10|20
""",
        {"name": "B", "manufacturer": "C", "mpn": "D", "quantity": "E", "ext_cost": "G"},
        {2: 2, 3: 4, 4: 2},
    ),
    "what the last word of a header says": Case(
        """
Part|Qty|Material Cost|Vendor Link|Material Weight
Plate|2|4.50|https://example.com/1|0.5
Shaft|1|12.00|https://example.com/2|1.2
Screw|8|0.10|https://example.com/3|0.01
""",
        {"name": "A", "quantity": "B", "unit_cost": "C", "url": "D", "mass": "E", "material": None},
        {2: 2, 3: 1, 4: 8},
    ),
    "parts with links and nothing else": Case(
        """
Item|Purchase Link
Screw kit|https://example.com/1
Servo motors|https://example.com/2
Power supply|https://example.com/3
""",
        {"name": "A", "url": "B", "quantity": None},
        {2: None, 3: None, 4: None},
    ),
    "products with a column per item and seller": Case(
        """
Product|Item 1 - Proveedor 1|Item 1 - Proveedor 2|Item 2 - Proveedor 1
Harness A|Copper wire - CHILE|Copper wire - PERU|PVC - MEXICO
Harness B|Copper wire - CHINA||Terminal - GERMANY
Harness C|Copper wire - CHILE||Connector - JAPAN
""",
        {"name": "A", "quantity": None},
        {2: None, 3: None, 4: None},
    ),
    "comments of a program above the header": Case(
        """
# Test unit: the parts with manufacturer, part number and supplier
# part number|supplier|unit price and quote date are not documented
item|qty|description|manufacturer|part_number|supplier
1|1|Microcontroller board|||
2|3|Stepper driver|||
3|3|Stepper motor|||
""",
        {"quantity": "B", "description": "C", "manufacturer": "D"},
        {4: 1, 5: 3, 6: 3},
    ),
    "a header of words that are not known": Case(
        """
Prio|Klasse|Vorschlag|Zielwert
P0|Regler|MSPM0G3507|4
P0|Taster|XDS110|2
P0|Wandler|TLV9062|10
P0|Filter|OPA2320|6
""",
        {"quantity": "D"},
        {2: 4, 3: 2, 4: 10, 5: 6},
        {1: "header"},
    ),
    "a table of another kind below the parts": Case(
        """
Part|Designator|Quantity|Manufacturer
Capacitor|C1, C2|2|Kemet
Resistor|R1|1|Yageo
Connector|J1|1|JST

Jumper|Setting|Function|
JP1|1-2|Boot from flash|
JP2|2-3|Reset off|
""",
        {"name": "A", "reference": "B", "quantity": "C", "manufacturer": "D"},
        {2: 2, 3: 1, 4: 1},
        {6: "other table", 7: "other table", 8: "other table"},
    ),
    "a total with a remark in brackets": Case(
        """
part|spec|qty|ext_usd
Motor|22xx class|1|19
Propeller|10 in|1|5
Bearing|6 x 13 x 5|6|7.2
TOTAL (indicative, without freight)|||31.2
""",
        {"name": "A", "quantity": "C"},
        {2: 1, 3: 1, 4: 6},
        {5: "total"},
    ),
}


@pytest.mark.parametrize("kind", ["csv", "xlsx", "ods"])
@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_columns_are_told_by_header_and_cells(tmp_path: Path, kind: str, case: Case) -> None:
    bom = checked(write(tmp_path / f"bom.{kind}", kind, table(case.rows)))
    found = letters(bom)
    assert {name: found.get(name) for name in case.columns} == case.columns
    lines = seen(bom)
    assert {row: line[1] for row, line in lines.items()} == case.quantities
    assert {row: lines[row][3] for row in case.parents} == case.parents
    assert {row: reasons(bom).get(row) for row in case.excluded} == case.excluded


@pytest.mark.parametrize(
    "rows",
    [
        "name|age|city\nAnna|31|Berlin\nBen|42|Paris\nCid|23|Rome",
        "Company|Contact|Phone\nAcme|Jo|123\nBeta|Al|456\nGama|Cy|789",
        "Pin|Signal|Voltage\n1|VCC|3.3\n2|GND|0\n3|SDA|3.3",
        "bom_id|unit_id|router_id|material_cost\nB-1|P-1|R1|35\nB-2|P-2|R2|45\nB-3|P-3|R3|15",
    ],
)
def test_table_of_something_else_is_no_parts_list(tmp_path: Path, rows: str) -> None:
    with pytest.raises(InputError, match="no parts list was found"):
        checked(write(tmp_path / "other.csv", "csv", table(rows)))


def test_numbers_of_parts_lose_the_decimals_of_a_float(tmp_path: Path) -> None:
    rows = table("Qty|MPN|Part Number\n1|545636.0|12.5\n2|370103009.0|100.0\n1|AB-1|A-7")
    bom = checked(write(tmp_path / "bom.csv", "csv", rows))
    assert bom.lines["mpn"].to_list() == ["545636", "370103009", "AB-1"]
    assert bom.lines["part_number"].to_list() == ["12.5", "100.0", "A-7"]


def test_component_takes_its_own_row_not_the_assembly_named_first(tmp_path: Path) -> None:
    """The group of a joined export is named in its first row and goes on below it."""
    case = CASES["an export that joins tables names them in brackets"]
    bom = checked(write(tmp_path / "bom.csv", "csv", table(case.rows)))
    paths = bom.lines["path"].to_list()
    assert [path.split(" / ")[0] for path in paths] == ["Rotor A", "Rotor A", "Rotor B", "Rotor B"]


def test_sheet_with_quantities_is_read_and_the_one_by_designator_is_a_view(tmp_path: Path) -> None:
    from tests.bom.writers import write_xlsx

    by_value = table("Designator|Qty|Value\nR1,R2|2|10k\nC1,C2,C3|3|100n\nU1|1|ATmega328P")
    by_part = table("Ref|Value\nR1|10k\nR2|10k\nC1|100n\nC2|100n\nC3|100n\nU1|ATmega328P")
    path = write_xlsx(tmp_path / "bom.xlsx", {"by part": by_part, "by value": by_value})
    bom = checked(path)
    assert bom.lines["sheet"].unique().to_list() == ["by value"]
    assert bom.total_quantity == 6
