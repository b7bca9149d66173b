"""Layouts of parts lists as engineers export them, each with what must come out of it.

Every layout is composed for these tests after a kind that is met in public files or is described in
the manuals of the program named. `lines` is row → (part, quantity, in one end item, row of the parent).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Line = tuple[str, float | None, float | None, int | None]


@dataclass(frozen=True)
class Layout:
    """Rows as a text block, and the expected lines, excluded rows and columns."""

    name: str
    rows: str
    lines: Mapping[int, Line]
    excluded: Mapping[int, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    kinds: tuple[str, ...] = ("csv", "xlsx", "ods")
    side_by_side: tuple[str, ...] = ()
    """Parts in the order of their names, where one row holds lines of two lists."""


LAYOUTS = (
    Layout(
        "title block above, total below",
        """
        Bill of materials
        Drawing | D-4711 | Rev | C

        Part Number | Description | Qty | Unit | Unit Price | Ext Price
        A-1 | Ring magnet N42SH | 4 | EA | 2.50 | 10.00
        A-2 | Housing | 1 | EA | 12.00 | 12.00
         | | | | Total | 22.00
        """,
        {5: ("A-1", 4, 4, None), 6: ("A-2", 1, 1, None)},
        {1: "title", 2: "title", 3: "blank", 4: "header", 7: "total"},
        {
            "part_number": "A",
            "description": "B",
            "quantity": "C",
            "unit": "D",
            "unit_cost": "E",
            "ext_cost": "F",
        },
    ),
    Layout(
        "numbers of parts in a column for each level",
        """
        L0 | L1 | L2 | Description | Qty
        TOP-1 | | | Pump | 1
         | ASY-1 | | Motor | 2
         | | M-1 | Magnet N42SH | 4
         | ASY-2 | | Housing | 1
         | | B-1 | Bolt | 8
        """,
        {
            2: ("TOP-1", 1, 1, None),
            3: ("ASY-1", 2, 2, 2),
            4: ("M-1", 4, 8, 3),
            5: ("ASY-2", 1, 1, 2),
            6: ("B-1", 8, 8, 5),
        },
        {1: "header"},
        {"level": "A", "part_number": "A", "description": "D", "quantity": "E"},
    ),
    Layout(
        "names in a column for each level",
        """
        Level 1 | Level 2 | Level 3 | Material | Qty
        Pump assembly | | | | 1
         | Motor | | | 2
         | | Magnet | NdFeB N42SH | 4
         | Housing | | Aluminium | 1
        """,
        {
            2: ("Pump assembly", 1, 1, None),
            3: ("Motor", 2, 2, 2),
            4: ("Magnet", 4, 8, 3),
            5: ("Housing", 1, 1, 2),
        },
    ),
    Layout(
        "marks under a level that is merged over four columns",
        """
        Level | | | | Part Number | Description | Qty
        x | | | | TOP-1 | Pump | 1
         | x | | | ASY-1 | Motor | 2
         | | x | | M-1 | Magnet | 4
         | | | x | M-1-1 | Coating | 1
         | x | | | ASY-2 | Housing | 1
        """,
        {
            2: ("TOP-1", 1, 1, None),
            3: ("ASY-1", 2, 2, 2),
            4: ("M-1", 4, 8, 3),
            5: ("M-1-1", 1, 8, 4),
            6: ("ASY-2", 1, 1, 2),
        },
        {},
        {"level": "A", "part_number": "E"},
    ),
    Layout(
        "digits of the level below its heading, each in a column of its own",
        """
        Item | Stufe | | | | Teilenummer | Benennung | Menge
         | 0 | 1 | 2 | 3 | | |
        1 | 0 | | | | TOP-1 | Pumpe | 1
        2 | | 1 | | | ASY-1 | Motor | 2
        3 | | | 2 | | M-1 | Magnet | 4
        4 | | | | 3 | M-2 | Schicht | 1
        5 | | 1 | | | ASY-2 | Gehäuse | 1
        """,
        {
            3: ("TOP-1", 1, 1, None),
            4: ("ASY-1", 2, 2, 3),
            5: ("M-1", 4, 8, 4),
            6: ("M-2", 1, 8, 5),
            7: ("ASY-2", 1, 1, 3),
        },
    ),
    Layout(
        "quantities by dash number, QTY REQD above them",
        """
        QTY REQD | | | | | | |
        -3 | -2 | -1 | FIND NO | CAGE CODE | PART OR IDENTIFYING NO | NOMENCLATURE OR DESCRIPTION | MATERIAL
        1 | 1 | 2 | 1 | 81205 | 4711-1 | BRACKET | AL 6061-T6
        2 | | | 2 | 81205 | 4711-2 | MAGNET | SMCO 2:17
        4 | 4 | 4 | 3 | 88044 | 4711-3 | WASHER | STEEL
        """,
        {3: ("4711-1", 4, 4, None), 4: ("4711-2", 2, 2, None), 5: ("4711-3", 12, 12, None)},
        {},
        {"cage": "E", "part_number": "F", "material": "H"},
    ),
    Layout(
        "quantities by dash number on a list that grows upward",
        """
        4 | 4 | 4 | 3 | 88044 | 4711-3 | WASHER | STEEL
        2 | | | 2 | 81205 | 4711-2 | MAGNET | SMCO 2:17
        1 | 1 | 2 | 1 | 81205 | 4711-1 | BRACKET | AL 6061-T6
        -3 | -2 | -1 | FIND NO | CAGE CODE | PART OR IDENTIFYING NO | NOMENCLATURE OR DESCRIPTION | MATERIAL
        QTY REQD | | | | | | |
        """,
        {1: ("4711-3", 12, 12, None), 2: ("4711-2", 2, 2, None), 3: ("4711-1", 4, 4, None)},
        {},
        {"cage": "E", "part_number": "F"},
    ),
    Layout(
        "bare dash numbers, with AR under one of them",
        """
        -3 | -1 | FIND NO | CAGE CODE | PART OR IDENTIFYING NO | NOMENCLATURE OR DESCRIPTION
        1 | 1 | 1 | 81205 | 4711-1 | BRACKET
         | AR | 2 | 05972 | 4711-2 | ADHESIVE
        2 | 1 | 3 | 81205 | 4711-3 | SHAFT
        """,
        {2: ("4711-1", 2, 2, None), 3: ("4711-2", None, None, None), 4: ("4711-3", 3, 3, None)},
        {},
        {"cage": "D", "part_number": "E"},
    ),
    Layout(
        "dash numbers without their dash",
        """
        QTY | | ITEM | PART NUMBER | DESCRIPTION
        001 | 002 | | |
        1 | 1 | 1 | 4711-1 | BRACKET
        2 | | 2 | 4711-2 | MAGNET
        """,
        {3: ("4711-1", 2, 2, None), 4: ("4711-2", 2, 2, None)},
    ),
    Layout(
        "a line drawn under the header of a circuit's list",
        """
        Item | Quantity | Reference | Part
        ____ | ____ | ____ | ____
        1 | 2 | C1,C2 | 100nF
        2 | 1 | R1 | 10k
        3 | 1 | U1 | STM32F103
        """,
        {3: ("100nF", 2, 2, None), 4: ("10k", 1, 1, None), 5: ("STM32F103", 1, 1, None)},
        {1: "header", 2: "ruled line"},
        {"item_no": "A", "quantity": "B", "reference": "C", "name": "D"},
    ),
    Layout(
        "changes of a German drawing below its list",
        """
        Pos | Teilenummer | Benennung | Menge
        1 | A-1 | Magnet | 4
        2 | A-2 | Gehäuse | 1

        Index | Änderung | Datum | Name
        a | Magnet neu | 01.02.2020 | Bearbeiter A
        b | Maß geändert | 02.02.2021 | Bearbeiter A
        """,
        {2: ("A-1", 4, 4, None), 3: ("A-2", 1, 1, None)},
    ),
    Layout(
        "prices for three levels are no levels",
        """
        Part Number | Description | Qty | Level 1 | Level 2 | Level 3
        A-1 | Magnet | 1 | 10.50 | 9.50 | 8.50
        A-2 | Housing | 2 | 3.50 | 3.10 | 3.00
        A-3 | Bolt | 3 | 1.50 | 1.20 | 1.10
        """,
        {2: ("A-1", 1, 1, None), 3: ("A-2", 2, 2, None), 4: ("A-3", 3, 3, None)},
    ),
    Layout(
        "total without any label",
        """
        Item | Part Number | Qty | Total Price
        1 | A-1 | 4 | 10.00
        2 | A-2 | 1 | 12.00
         | | | 22.00
        """,
        {2: ("A-1", 4, 4, None), 3: ("A-2", 1, 1, None)},
        {4: "total"},
    ),
    Layout(
        "sections between the parts, repeated header, note at the end",
        """
        Part Name | Quantity | Supplier | Notes
        Electronics | | |
        Servo motor | 12 | Shop A | 20 kg
        Battery | 1 | Shop B |
        Part Name | Quantity | Supplier | Notes
        Hardware | | |
        Screw M3x8 | 40 | Shop C |
        Nut M3 | 40 | Shop C |

        Note: prices are estimates. | | |
        """,
        {
            3: ("Servo motor", 12, 12, None),
            4: ("Battery", 1, 1, None),
            7: ("Screw M3x8", 40, 40, None),
            8: ("Nut M3", 40, 40, None),
        },
        {2: "section", 5: "header", 6: "section", 9: "blank", 10: "note"},
    ),
    Layout(
        "two rows of header with merged groups",
        """
        Part | | Quantity | | Cost |
        Number | Name | per unit | ordered | each | total
        A-1 | Magnet | 4 | 10 | 2.5 | 10
        A-2 | Housing | 1 | 5 | 12 | 12
        A-3 | Shaft | 2 | 5 | 3 | 6
        """,
        {3: ("A-1", 4, 4, None), 4: ("A-2", 1, 1, None), 5: ("A-3", 2, 2, None)},
        {1: "header", 2: "header"},
        {"part_number": "A", "name": "B", "quantity": "C", "unit_cost": "E"},
    ),
    Layout(
        "units of the columns in a second row",
        """
        Item | Part Number | Description | Qty | Weight | Price
         | | | [pcs] | [kg] | [EUR]
        1 | A-1 | Magnet | 4 | 0.25 | 2.50
        2 | A-2 | Housing | 1 | 1.5 | 12
        """,
        {3: ("A-1", 4, 4, None), 4: ("A-2", 1, 1, None)},
        {1: "header", 2: "header"},
    ),
    Layout(
        "no header at all",
        """
        Stirred tank | 1 | 120.00
        Magnetic stirrer | 2 | 45.50
        Silicone tube | 3 | 4.20
        Peristaltic pump | 1 | 30.00
        """,
        {
            1: ("Stirred tank", 1, 1, None),
            2: ("Magnetic stirrer", 2, 2, None),
            3: ("Silicone tube", 3, 3, None),
            4: ("Peristaltic pump", 1, 1, None),
        },
    ),
    Layout(
        "another table below",
        """
        Part Number | Description | Qty
        A-1 | Magnet | 4
        A-2 | Housing | 1

        Electronics
        Designator | Manufacturer | MPN | Quantity
        R1, R2 | Yageo | RC0603 | 2
        U1 | ST | STM32F4 | 1
        """,
        {
            2: ("A-1", 4, 4, None),
            3: ("A-2", 1, 1, None),
            7: ("RC0603", 2, 2, None),
            8: ("STM32F4", 1, 1, None),
        },
        {4: "blank", 5: "section", 6: "header"},
    ),
    Layout(
        "level column from 0",
        """
        Level | Find No | Part Number | Description | Qty
        0 | | TOP | Actuator | 1
        1 | 10 | SUB | Motor | 2
        2 | 10 | MAG | Magnet | 8
        2 | 20 | ROT | Rotor | 1
        1 | 20 | HSG | Housing | 1
        """,
        {
            2: ("TOP", 1, 1, None),
            3: ("SUB", 2, 2, 2),
            4: ("MAG", 8, 16, 3),
            5: ("ROT", 1, 2, 3),
            6: ("HSG", 1, 1, 2),
        },
        columns={
            "level": "A",
            "item_no": "B",
            "part_number": "C",
            "description": "D",
            "quantity": "E",
        },
    ),
    Layout(
        "SAP explosion level with dots, cumulative quantity beside",
        """
        Explosion level | Item Number | Component number | Object description | Component quantity | Un | Comp. Qty (CUn)
        .1 | 0010 | 100-200 | Motor | 2 | EA | 2
        ..2 | 0010 | 100-300 | Rotor | 1 | EA | 2
        ...3 | 0010 | 100-400 | Magnet | 8 | EA | 16
        ..2 | 0020 | 100-500 | Shaft | 1 | EA | 2
        .1 | 0020 | 100-600 | Housing | 1 | EA | 1
        """,
        {
            2: ("100-200", 2, 2, None),
            3: ("100-300", 1, 2, 2),
            4: ("100-400", 8, 16, 3),
            5: ("100-500", 1, 2, 2),
            6: ("100-600", 1, 1, None),
        },
        columns={"level": "A", "item_no": "B", "part_number": "C", "quantity": "E", "unit": "F"},
        kinds=("csv", "ods"),
    ),
    Layout(
        "only the cumulative quantity",
        """
        Level | Component number | Object description | Comp. Qty (CUn) | Un
        1 | M-1 | Motor | 2 | EA
        2 | M-2 | Rotor | 4 | EA
        3 | M-3 | Magnet | 32 | EA
        1 | M-4 | Housing | 1 | EA
        """,
        {2: ("M-1", 2, 2, None), 3: ("M-2", 2, 4, 2), 4: ("M-3", 8, 32, 3), 5: ("M-4", 1, 1, None)},
    ),
    Layout(
        "stars for the level",
        """
        Lvl | Part No | Nomenclature | Qty Per Assy
        *1 | P1 | PUMP | 1
        **2 | P2 | ROTOR | 2
        ***3 | P3 | MAGNET | 4
        **2 | P4 | SHAFT | 1
        """,
        {2: ("P1", 1, 1, None), 3: ("P2", 2, 2, 2), 4: ("P3", 4, 8, 3), 5: ("P4", 1, 1, 2)},
    ),
    Layout(
        "dotted numbers",
        """
        ITEM NO. | PART NUMBER | DESCRIPTION | QTY.
        1 | FRAME | Frame | 1
        1.1 | TUBE | Tube | 4
        1.2 | JOINT | Joint | 2
        1.2.1 | BOLT | Bolt | 6
        2 | MOTOR | Motor | 2
        2.1 | MAGNET | Magnet | 14
        """,
        {
            2: ("FRAME", 1, 1, None),
            3: ("TUBE", 4, 4, 2),
            4: ("JOINT", 2, 2, 2),
            5: ("BOLT", 6, 12, 4),
            6: ("MOTOR", 2, 2, None),
            7: ("MAGNET", 14, 28, 6),
        },
        columns={
            "level": "A",
            "item_no": "A",
            "part_number": "B",
            "description": "C",
            "quantity": "D",
        },
    ),
    Layout(
        "dotted numbers of which 1.10 became 1.1",
        """
        No | Name | Qty
        1 | Gantry | 2
        1.1 | p1 | 1
        1.2 | p2 | 1
        1.3 | p3 | 1
        1.4 | p4 | 1
        1.5 | p5 | 1
        1.6 | p6 | 1
        1.7 | p7 | 1
        1.8 | p8 | 1
        1.9 | p9 | 1
        1.1 | p10 | 3
        1.11 | p11 | 1
        """,
        {
            2: ("Gantry", 2, 2, None),
            12: ("p10", 3, 6, 2),
            13: ("p11", 1, 2, 2),
            **{row: (f"p{row - 2}", 1, 2, 2) for row in range(3, 12)},
        },
    ),
    Layout(
        "parent and child",
        """
        Parent Part Number | Part Number | Description | Qty
         | TOP | Top | 1
        TOP | SUB | Sub | 2
        SUB | MAG | Magnet | 3
        TOP | HSG | Housing | 1
        """,
        {2: ("TOP", 1, 1, None), 3: ("SUB", 2, 2, 2), 4: ("MAG", 3, 6, 3), 5: ("HSG", 1, 1, 2)},
    ),
    Layout(
        "child used in two assemblies, its parts listed once",
        """
        Parent | Child | Quantity
         | TOP | 1
        TOP | A | 2
        TOP | B | 3
        A | C | 1
        B | C | 2
        C | MAG | 4
        """,
        {
            2: ("TOP", 1, 1, None),
            3: ("A", 2, 2, 2),
            4: ("B", 3, 3, 2),
            5: ("C", 1, 2, 3),
            6: ("C", 2, 6, 4),
            7: ("MAG", 4, 32, 6),
        },
    ),
    Layout(
        "two products above the list",
        """
        product_id | material_id | quantity_required
        BIKE-1 | MOT-1 | 1
        BIKE-1 | BAT-1 | 2
        BIKE-2 | MOT-2 | 1
        """,
        {2: ("MOT-1", 1, 1, None), 3: ("BAT-1", 2, 2, None), 4: ("MOT-2", 1, 1, None)},
        columns={"parent": "A", "part_number": "B", "quantity": "C"},
    ),
    Layout(
        "indented part numbers",
        """
        Indented Part Number | Description | Quantity
        TOP | Top | 1
        ␣␣␣SUB | Sub | 2
        ␣␣␣␣␣␣MAG | Magnet | 3
        ␣␣␣␣␣␣ROT | Rotor | 1
        ␣␣␣HSG | Housing | 1
        """,
        {
            2: ("TOP", 1, 1, None),
            3: ("SUB", 2, 2, 2),
            4: ("MAG", 3, 6, 3),
            5: ("ROT", 1, 2, 3),
            6: ("HSG", 1, 1, 2),
        },
        kinds=("csv", "xlsx"),
    ),
    Layout(
        "provisioning list: NHA goes before the indenture letter",
        """
        PCCN | PLISN | INDC | CAGE | PN | NAME | NIIN | UM | NHA | QPA | QPE
        ABC123 | AAAA | A | 01234 | 100 | ACTUATOR | 001234567 | EA | | 1 | 1
        ABC123 | AAAB | B | 01234 | 200 | MOTOR | 001234568 | EA | AAAA | 2 | 2
        ABC123 | AAAC | C | 01234 | 300 | ROTOR,PERM | 001234569 | EA | AAAB | 1 | 2
        ABC123 | AAAD | D | 01234 | 400 | MAGNET | 001234570 | EA | AAAC | 8 | 16
        ABC123 | AAAE | D | 01234 | 500 | COVER | 001234571 | EA | AAAB | 1 | 2
        """,
        {
            2: ("100", 1, 1, None),
            3: ("200", 2, 2, 2),
            4: ("300", 1, 2, 3),
            5: ("400", 8, 16, 4),
            6: ("500", 1, 2, 3),
        },
    ),
    Layout(
        "provisioning list: a sub-tree that is the same as another is listed once",
        """
        PLISN | INDC | PN | NAME | NHA | SAPLISN | QPA
        AAAA | A | 100 | PLATFORM | | | 1
        AAAB | B | 200 | MOTOR LH | AAAA | | 1
        AAAC | C | 300 | MAGNET | AAAB | | 8
        AAAD | B | 200 | MOTOR RH | AAAA | AAAB | 3
        """,
        {2: ("100", 1, 1, None), 3: ("200", 1, 1, 2), 4: ("300", 8, 32, 3), 5: ("200", 3, 3, 2)},
    ),
    Layout(
        "header in the last row, as on a drawing",
        """
        4 | 2 | 81205 | P-104 | WASHER
        3 | 8 | 81205 | P-103 | MAGNET
        2 | AR | 81205 | P-102 | ADHESIVE
        1 | 1 | 81205 | P-101 | HOUSING
        FIND NO. | QTY REQD | CAGE CODE | PART OR IDENTIFYING NO. | NOMENCLATURE OR DESCRIPTION
        """,
        {
            1: ("P-104", 2, 2, None),
            2: ("P-103", 8, 8, None),
            3: ("P-102", None, None, None),
            4: ("P-101", 1, 1, None),
        },
        {5: "header"},
    ),
    Layout(
        "parts that are not mounted",
        """
        Designator | Value | MPN | Qty | Fitted
        R1, R2 | 10k | RC0603-10K | 2 | Yes
        C1 | 1uF | GRM188 | 1 | Yes
        R9 | 0R | RC0603-0R | 1 | No
        U2 | | STM32 | 1 | DNP
        """,
        {2: ("RC0603-10K", 2, 2, None), 3: ("GRM188", 1, 1, None)},
        {4: "not fitted", 5: "not fitted"},
    ),
    Layout(
        "the quantity of content beside those that are bought, sold and stocked",
        """
        Component | Price | Sold Quantity | Needed Quantity | Order Qty | Stock
        Magnet | 10 | 50 | 12 | 50 | 0
        Motor | 30 | 1 | 2 | 2 | 5
        Cable | 5 | 100 | 40 | 100 | 0
        """,
        {2: ("Magnet", 12, 12, None), 3: ("Motor", 2, 2, None), 4: ("Cable", 40, 40, None)},
        columns={"name": "A", "unit_cost": "B", "quantity": "D"},
    ),
    Layout(
        "assembly multiplier beside the quantity",
        """
        System | Part Number | Quantity | Assembly Multiplier
        Drive | MOT | 1 | 6
        Drive | MAG | 4 | 6
        Head | CAM | 2 | 1
        """,
        {2: ("MOT", 1, 6, None), 3: ("MAG", 4, 24, None), 4: ("CAM", 2, 2, None)},
    ),
    Layout(
        "pages with their foot, carried sums and a sign-off",
        """
        ACME Drives | | | Page 1 of 2
        Item | Part Number | Description | Qty | Price | Amount
        1 | A-1 | Rotor | 1 | 100 | 100
        2 | A-2 | Stator | 1 | 80 | 80
        Carried forward | | | | | 180
        ACME Drives | | | Page 2 of 2
        Item | Part Number | Description | Qty | Price | Amount
        Brought forward | | | | | 180
        3 | A-3 | Magnet | 8 | 2 | 16
        4 | A-4 | Shaft | 1 | 9 | 9
        Grand total | | | | | 205
        Prepared by: | | Checked by: | | Approved by: |
        """,
        {
            3: ("A-1", 1, 1, None),
            4: ("A-2", 1, 1, None),
            9: ("A-3", 8, 8, None),
            10: ("A-4", 1, 1, None),
        },
        {5: "total", 6: "note", 7: "header", 8: "total", 11: "total", 12: "note"},
    ),
    Layout(
        "sum and sign-off of a Chinese form",
        """
        序号 | 层级 | 物料编码 | 物料名称 | 单机用量 | 金额
        1 | 0 | 10001 | 电机总成 | 1 | 900
        2 | 1 | 10011 | 磁钢 | 48 | 480
        3 | 1 | 10012 | 转轴 | 1 | 60
        合计金额 | | | | | 1440
        编制： | | 审核： | 批准： | |
        """,
        {2: ("10001", 1, 1, None), 3: ("10011", 48, 48, 2), 4: ("10012", 1, 1, 2)},
        {5: "total", 6: "note"},
    ),
    Layout(
        "costs of carriage in the list's own words, and a total of something named",
        """
        Name | Qty | Price
        Motor | 4 | 100
        Shipping bracket | 2 | 3
        Container, shipping | 1 | 40
        Electronics / PCB shipping and VAT | 1 | 87.54
        Hardware Shipping Costs | 1 | 46
        Known Project Total (approximate USD value) | 1 | 576.54
        """,
        {
            2: ("Motor", 4, 4, None),
            3: ("Shipping bracket", 2, 2, None),
            4: ("Container, shipping", 1, 1, None),
        },
        {5: "service", 6: "service", 7: "total"},
    ),
    Layout(
        "parents by the number of their line",
        """
        Seq | Parent Seq | Material No | Text | Qty per
        1 | | T-1 | Turbine | 1
        2 | 1 | R-1 | Rotor | 2
        3 | 2 | B-1 | Blade CMSX-4 | 64
        4 | 1 | S-1 | Seal | 2
        """,
        {
            2: ("T-1", 1, 1, None),
            3: ("R-1", 2, 2, 2),
            4: ("B-1", 64, 128, 3),
            5: ("S-1", 2, 2, 2),
        },
    ),
    Layout(
        "number of the assembly beside that of the part",
        """
        assembly_part_number | BOMSequence | partNumber | quantity
        EX-1 | 1 | EX-0 | 1
        EX-1 | 2 | EX-2 | 2
        EX-1 | 3 | EX-3 | 1
        EX-3 | 1 | EX-7 | 5
        """,
        {
            2: ("EX-0", 1, 1, None),
            3: ("EX-2", 2, 2, None),
            4: ("EX-3", 1, 1, None),
            5: ("EX-7", 5, 5, 4),
        },
        columns={"parent": "A", "part_number": "C", "quantity": "D"},
    ),
    Layout(
        "assembly and its quantity in its first row only",
        """
        Assembly | Assy qty | Part | Qty per assy | Total qty
        Wheel | 4 | Hub motor | 1 | 4
         | | Magnet | 28 | 112
        Arm | 2 | Servo | 3 | 6
         | | Link | 2 | 4
        """,
        {
            2: ("Hub motor", 1, 4, None),
            3: ("Magnet", 28, 112, None),
            4: ("Servo", 3, 6, None),
            5: ("Link", 2, 4, None),
        },
        columns={"parent": "A", "name": "C", "quantity": "D"},
    ),
    Layout(
        "alternates in rows below, told by their type",
        """
        Find No | Part Number | Description | Qty | Type
        10 | 100-1 | Bearing | 2 | Primary
        10 | 200-1 | Bearing, other make | 2 | Alternate
        20 | 100-2 | Magnet SmCo | 4 | Primary
        30 | 100-3 | Housing | 1 | Primary
        """,
        {
            2: ("100-1", 2, 2, None),
            3: ("200-1", 2, 0, None),
            4: ("100-2", 4, 4, None),
            5: ("100-3", 1, 1, None),
        },
    ),
    Layout(
        "stacked boards, each with how often it is used in brackets",
        """
        Board A (qty 2)
        Ref | MPN | Qty
        R1 | RC0603-10K | 1
        C1,C2 | GRM188 | 2

        Board B (qty 3)
        Ref | MPN | Qty
        U1 | STM32F4 | 1
        R1,R2 | RC0603-1K | 2
        """,
        {
            3: ("RC0603-10K", 1, 2, None),
            4: ("GRM188", 2, 4, None),
            8: ("STM32F4", 1, 3, None),
            9: ("RC0603-1K", 2, 6, None),
        },
    ),
    Layout(
        "left hand and right hand with their total",
        """
        Part No | Description | Qty LH | Qty RH | Total Qty | Material
        W-1 | Rib | 6 | 6 | 12 | 7075
        W-2 | Hinge LH | 2 | | 2 | 17-4PH
        W-3 | Hinge RH | | 2 | 2 | 17-4PH
        W-4 | Magnet latch | 1 | 1 | 2 | SmCo
        """,
        {
            2: ("W-1", 12, 12, None),
            3: ("W-2", 2, 2, None),
            4: ("W-3", 2, 2, None),
            5: ("W-4", 2, 2, None),
        },
    ),
    Layout(
        "what is for regulation and for kits beside what is in the product",
        """
        № строки | Наименование | Количество | | | | Примечание
         | | на изделие | в комплекты | на регулир. | всего |
        1 | Магнит КС25 | 8 | | 1 | 9 |
        2 | Подшипник 608 | 2 | | | 2 |
        3 | Провод ПЭТВ-2 | 4 | 2 | | 6 |
        """,
        {
            3: ("Магнит КС25", 8, 8, None),
            4: ("Подшипник 608", 2, 2, None),
            5: ("Провод ПЭТВ-2", 4, 4, None),
        },
        {1: "header", 2: "header"},
        {"name": "B", "quantity": "C"},
    ),
    Layout(
        "days and terms are no end items",
        """
        part_name | supplier | xyz | cost_per_unit | lag_days | lead_days
        Magnet | A | 4 | $0.38 | 30 | 15
        Housing | B | 1 | $1.00 | 30 | 20
        Shaft | B | 2 | $9.90 | 45 | 15
        """,
        {
            2: ("Magnet", None, None, None),
            3: ("Housing", None, None, None),
            4: ("Shaft", None, None, None),
        },
    ),
    Layout(
        "packs and what is used are no end items",
        """
        Part Name | Site | Sold in Packs of | Handed Out in Project | Quantity to Buy | Price Each
        Screw M3 | A | 100 | 212 | 3 | 3.45
        Gear motor | B | 1 | 6 | 6 | 34.95
        Allen key | | | 1 | |
        """,
        {
            2: ("Screw M3", None, None, None),
            3: ("Gear motor", None, None, None),
            4: ("Allen key", None, None, None),
        },
    ),
    Layout(
        "what is used, beside packs and what is bought",
        """
        Part Name | Site | Sold in Packs of | Total Used in Project | Quantity to Buy | Price Each
        Screw M3 | A | 100 | 212 | 3 | 3.45
        Gear motor | B | 1 | 6 | 6 | 34.95
        Allen key | | | 1 | |
        """,
        {
            2: ("Screw M3", 212, 212, None),
            3: ("Gear motor", 6, 6, None),
            4: ("Allen key", 1, 1, None),
        },
    ),
    Layout(
        "French sums before and after tax",
        """
        N° | Référence | Libellé | Qté | PU HT | Total HT
        1 | AIM-20 | Aimant néodyme Ø20 | 12 | 1,25 € | 15,00 €
        2 | ROT-1 | Rotor usiné | 1 | 1 250,00 € | 1 250,00 €
         | | | | Total HT | 1 265,00 €
         | | | | TVA 20 % | 253,00 €
         | | | | Total TTC | 1 518,00 €
        """,
        {2: ("AIM-20", 12, 12, None), 3: ("ROT-1", 1, 1, None)},
        {4: "total", 6: "total"},
        {"part_number": "B", "name": "C", "quantity": "D", "unit_cost": "E", "ext_cost": "F"},
        kinds=("csv",),
    ),
    Layout(
        "a header in two languages",
        """
        序号 No. | 零件名称 Part name | 图号 Drawing No. | 数量 Qty | 材料 Material | Pos / Rep.
        1 | 磁钢 Magnet | DW-01 | 12 | N45SH | 7
        2 | 轴 Shaft | DW-03 | 1 | 40Cr | 8
        """,
        {2: ("DW-01", 12, 12, None), 3: ("DW-03", 1, 1, None)},
        columns={"name": "B", "part_number": "C", "quantity": "D", "material": "E"},
    ),
    Layout(
        "sizes are no end items",
        """
        Part | L | W | T | Teeth
        Side | 720 | 400 | 18 | 20
        Top | 600 | 400 | 18 | 40
        Shelf | 564 | 380 | 18 | 60
        """,
        {
            2: ("Side", None, None, None),
            3: ("Top", None, None, None),
            4: ("Shelf", None, None, None),
        },
    ),
    Layout(
        "a sum of the weights beside the names",
        """
        Pos. | Menge | Einh. | Sachnummer | Benennung | Gewicht [kg]
        10 | 4 | Stk | 1.200.300 | Magnetring | 0,25
        20 | 1 | Stk | 1.200.400 | Welle | 2,5
         | | | | Summe Gewicht | 3,5
         | | | | Gesamtgewicht | 3,5
        """,
        {2: ("1.200.300", 4, 4, None), 3: ("1.200.400", 1, 1, None)},
        {4: "total", 5: "total"},
        {"unit": "C", "mass": "F"},
        kinds=("csv",),
    ),
    Layout(
        "units that are needed",
        """
        part_name | supplier | units_needed | cost_per_unit | beginning_inventory | lead_days
        Magnet | A | 4 | $0.38 | 0 | 15
        Housing | B | 1 | $1.00 | 0 | 20
        Shaft | B | 2 | $9.90 | 0 | 15
        """,
        {2: ("Magnet", 4, 4, None), 3: ("Housing", 1, 1, None), 4: ("Shaft", 2, 2, None)},
        columns={"name": "A", "supplier": "B", "quantity": "C", "unit_cost": "D"},
    ),
    Layout(
        "a level beside the number in the work breakdown",
        """
        WBS | Level | Part Number | Nomenclature | Qty
        1.0 | 0 | W-0 | Wing | 1
        1.1 | 1 | W-1 | Spar | 2
        1.2 | 1 | W-2 | Rib | 6
        1.2.1 | 2 | W-3 | Bushing | 2
        """,
        {
            2: ("W-0", 1, 1, None),
            3: ("W-1", 2, 2, 2),
            4: ("W-2", 6, 6, 2),
            5: ("W-3", 2, 12, 4),
        },
        columns={"level": "B", "part_number": "C"},
        kinds=("csv",),
    ),
    Layout(
        "services and shipping are no parts",
        """
        Name | Quantity | Cost
        Motor | 4 | 100
        Laser cutting service | 1 | 80
        Shipping | 1 | 20
        Shipping bracket | 2 | 3
        """,
        {2: ("Motor", 4, 4, None), 5: ("Shipping bracket", 2, 2, None)},
        {3: "service", 4: "service"},
    ),
    Layout(
        "lists that stand side by side",
        """
        Name | Qty | | Name | Qty
        Bolt M3 | 10 | | Cover | 1
        Nut M3 | 10 | | Base | 1
        Washer | 20 | | |
        """,
        {},
        kinds=("csv", "xlsx"),
        side_by_side=("Base", "Bolt M3", "Cover", "Nut M3", "Washer"),
    ),
    Layout(
        "German, decimal comma, semicolon",
        """
        Pos. | Benennung | Sachnummer | Menge | ME | Werkstoff | Gewicht [kg]
        1 | Magnetring | 4711 | 1,5 | kg | NdFeB | 0,25
        2 | Welle | 4712 | 2 | Stk | 1.4301 | 1.234,5
        """,
        {2: ("4711", 1.5, 1.5, None), 3: ("4712", 2, 2, None)},
        columns={
            "item_no": "A",
            "name": "B",
            "part_number": "C",
            "quantity": "D",
            "unit": "E",
            "material": "F",
            "mass": "G",
        },
        kinds=("csv",),
    ),
    Layout(
        "French",
        "Repère | Désignation | Référence fabricant | Qté | Matière\n1 | Aimant | MQ-1 | 4 | NdFeB\n2 | Vis | V-3 | 8 | Inox",
        {2: ("MQ-1", 4, 4, None), 3: ("V-3", 8, 8, None)},
        columns={"item_no": "A", "name": "B", "mpn": "C", "quantity": "D", "material": "E"},
    ),
    Layout(
        "Portuguese",
        "Nº DO ITEM | Nº DA PEÇA | DESCRIÇÃO | QTD.\n1 | P-1 | Ímã | 1,5\n2 | P-2 | Eixo | 2,0",
        {2: ("P-1", 1.5, 1.5, None), 3: ("P-2", 2, 2, None)},
        columns={"item_no": "A", "part_number": "B", "description": "C", "quantity": "D"},
        kinds=("csv",),
    ),
    Layout(
        "Italian",
        "Pos | Codice articolo | Descrizione | Quantità | Materiale\n1 | I-1 | Magnete | 4 | NdFeB\n2 | I-2 | Vite | 8 | A2",
        {2: ("I-1", 4, 4, None), 3: ("I-2", 8, 8, None)},
        columns={"part_number": "B", "description": "C", "quantity": "D", "material": "E"},
    ),
    Layout(
        "Spanish",
        "Número | Nombre | Productor | Código Productor | Cantidad | Peso [kg]\n1 | Imán | X | M-1 | 4 | 0.2\n2 | Tornillo | Y | M-2 | 8 | 0.01",
        {2: ("M-1", 4, 4, None), 3: ("M-2", 8, 8, None)},
        columns={
            "item_no": "A",
            "name": "B",
            "manufacturer": "C",
            "mpn": "D",
            "quantity": "E",
            "mass": "F",
        },
    ),
    Layout(
        "Russian",
        "Поз. | Обозначение | Наименование | Кол. | Материал | Примечание\n1 | АБВГ.001 | Магнит | 4 | NdFeB |\n2 | АБВГ.002 | Корпус | 1 | Д16 |",
        {2: ("АБВГ.001", 4, 4, None), 3: ("АБВГ.002", 1, 1, None)},
        columns={
            "item_no": "A",
            "part_number": "B",
            "name": "C",
            "quantity": "D",
            "material": "E",
            "notes": "F",
        },
    ),
    Layout(
        "Chinese with parent and child",
        "成品物料 | 组件物料 | 组件物料描述 | 标准用量 | 单位\nF-1 | C-1 | 磁铁 | 4 | 个\nF-1 | C-2 | 外壳 | 1 | 个",
        {2: ("C-1", 4, 4, None), 3: ("C-2", 1, 1, None)},
        columns={
            "parent": "A",
            "part_number": "B",
            "description": "C",
            "quantity": "D",
            "unit": "E",
        },
    ),
    Layout(
        "Japanese",
        "品番 | 品名 | 員数 | 材質 | メーカー | 備考\nJ-1 | 磁石 | 4 | NdFeB | 信越 |\nJ-2 | 軸 | 1 | SUS303 | |",
        {2: ("J-1", 4, 4, None), 3: ("J-2", 1, 1, None)},
        columns={
            "part_number": "A",
            "name": "B",
            "quantity": "C",
            "material": "D",
            "manufacturer": "E",
        },
    ),
    Layout(
        "Vietnamese",
        "STT | Mã NVL | Tên vật tư | Định mức | ĐVT | Xuất xứ\n1 | V-1 | Nam châm | 4 | cái | Trung Quốc\n2 | V-2 | Vỏ | 1 | cái | Nhật",
        {2: ("V-1", 4, 4, None), 3: ("V-2", 1, 1, None)},
        columns={
            "item_no": "A",
            "part_number": "B",
            "name": "C",
            "quantity": "D",
            "unit": "E",
            "country_of_origin": "F",
        },
    ),
    Layout(
        "Vietnamese, quantity in two letters",
        "Mã hàng | Tên linh kiện | SL | ĐVT | Nhà cung cấp\nV-1 | Nam châm | 4 | cái | A\nV-2 | Vỏ | 1 | cái | B\nV-3 | Trục | 2 | cái | B",
        {2: ("V-1", 4, 4, None), 3: ("V-2", 1, 1, None), 4: ("V-3", 2, 2, None)},
        columns={"part_number": "A", "name": "B", "quantity": "C", "unit": "D", "supplier": "E"},
    ),
    Layout(
        "components alone, then collated with their number",
        """
        Individual Components:

        Item | | Reference(s) | Value
         | | C1 | 100nF
         | | C2 | 100nF
         | | R1 | 10k
         | | R2 | 10k
         | | U1 | DRV8353

        Collated Components:

        Item | Qty | Reference(s) | Value
        1 | 2 | C1, C2 | 100nF
        2 | 2 | R1, R2 | 10k
        3 | 1 | U1 | DRV8353
        """,
        {13: ("100nF", 2, 2, None), 14: ("10k", 2, 2, None), 15: ("DRV8353", 1, 1, None)},
        dict.fromkeys((4, 5, 6, 7, 8), "listed again with its number"),
    ),
    Layout(
        "two boards with the same designators, one without quantities",
        """
        Ref | Value | Footprint
        C1 | 1uF | C_0805
        C2 | 22nF | C_0805
        R1 | 47k | R_0805

        Qty | Ref | Value | Footprint
        2 | C1, C2 | 100nF | C_0805
        1 | R1 | 10k | R_0805
        """,
        {
            2: ("1uF", None, None, None),
            3: ("22nF", None, None, None),
            4: ("47k", None, None, None),
            7: ("100nF", 2, 2, None),
            8: ("10k", 1, 1, None),
        },
    ),
    Layout(
        "the list's own total and its carriage, in a row of its own",
        """
        Part | Supplier code | Qty | Price | Sum
        Ring magnet N42SH | RM-4711 | 4 | 2.50 | 10.00
        Housing | HS-0815 | 1 | 12.00 | 12.00
        Bolt M5 | BO-0505 | 8 | 0.10 | 0.80
        Shipping | | 1 | 9.00 | 9.00
        TOTAL PROJECT COST | | | | 31.80
        """,
        {
            2: ("Ring magnet N42SH", 4, 4, None),
            3: ("Housing", 1, 1, None),
            4: ("Bolt M5", 8, 8, None),
        },
        {5: "service", 6: "total"},
    ),
)
