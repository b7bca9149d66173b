"""Vendor grades that the folder of facts does not hold, added by hand, each with its source.

Arnold's figures were read second-hand, in two public transcriptions that name the sheet and its page
and agree where both state a value; the sheets themselves were not opened. `hcj` is the least value at
20 degrees C, `bhmax` the least and the nominal value.
"""

from __future__ import annotations

RECOMA = "G_ARNOLD_RECOMA"
RECOMA_HT = "G_ARNOLD_RECOMA_HT"
NEODYMIUM = "G_ARNOLD_NDFEB"

SECOND_HAND = "second-hand: read in a public transcription that names the sheet and page"

SOURCES = [
    {
        "id": RECOMA,
        "kind": "document",
        "title": "Recoma sintered samarium cobalt magnets, combined grade sheets",
        "publisher": "Arnold Magnetic Technologies",
        "year": "2014",
        "locator": "https://www.arnoldmagnetics.com/wp-content/uploads/2017/10/Recoma-Combined-160301.pdf",
        "seen": SECOND_HAND,
    },
    {
        "id": RECOMA_HT,
        "kind": "document",
        "title": "RECOMA HT, rare earth magnets for high temperatures (application note)",
        "publisher": "Arnold Magnetic Technologies",
        "year": "",
        "locator": "https://www.arnoldmagnetics.com/wp-content/uploads/2020/05/Recoma-HT.pdf",
        "seen": SECOND_HAND,
    },
    {
        "id": NEODYMIUM,
        "kind": "document",
        "title": "Neodymium-iron-boron grade sheets, one a grade, and catalog",
        "publisher": "Arnold Magnetic Technologies",
        "year": "2018",
        "locator": "https://www.arnoldmagnetics.com/wp-content/uploads/2017/10/Catalog-151021.pdf",
        "seen": SECOND_HAND,
    },
]

_SMCO = (
    ("Recoma 20", "smco_1_5", "140/160", "2000", "250", RECOMA),
    ("Recoma 22", "smco_1_5", "155/175", "2000", "250", RECOMA),
    ("Recoma 26", "smco_2_17", "185/205", "1200", "350", RECOMA),
    ("Recoma 30", "smco_2_17", "215/230", "1040", "250", RECOMA),
    ("Recoma 33E", "smco_2_17", "", "1750", "350", RECOMA),
    ("Recoma 35E", "smco_2_17", "", "", "300", RECOMA),
    ("Recoma 28HE", "smco_2_17", "", "1500", "290", RECOMA_HT),
    ("Recoma HT360", "smco_2_17", "", "1600", "360", RECOMA_HT),
    ("Recoma HT420", "smco_2_17", "", "1600", "420", RECOMA_HT),
    ("Recoma HT470", "smco_2_17", "", "1600", "470", RECOMA_HT),
    ("Recoma HT520", "smco_2_17", "", "1600", "520", RECOMA_HT),
)
_NDFEB = (
    ("N35", "n", "263/283", "955", "80"),
    ("N42", "n", "318/334", "955", "80"),
    ("N48", "n", "358/374", "875", "80"),
    ("N50", "n", "374/390", "875", "80"),
    ("N52", "n", "390/406", "875", "60"),
    ("N42M", "m", "318/338", "1114", "100"),
    ("N50M", "m", "374/390", "1114", ""),
    ("N42H", "h", "318/330", "1353", "120"),
    ("N42SH", "sh", "310/330", "1592", "150"),
    ("N38UH", "uh", "287/307", "1990", "180"),
    ("N35EH", "eh", "263/279", "2388", "200"),
    ("N33AH", "ah", "215/231", "2706", ""),
)


def _row(grade: str, material: str, bhmax: str, hcj: str, most: str, source: str) -> dict[str, str]:
    return {
        "vendor": "Arnold",
        "grade": grade,
        "family": "ndfeb_sintered" if material.startswith("ndfeb") else material,
        "bhmax": bhmax,
        "bhmax_unit": "kJ/m3 min/nom" if bhmax else "",
        "hcj": f">={hcj} kA/m" if hcj else "",
        "max_temp_c": most,
        "material_id": material,
        "source_ids": source,
        "evidence": "recalled",
        "note": SECOND_HAND,
    }


ROWS = [
    *(_row(*row) for row in _SMCO),
    *(
        _row(grade, f"ndfeb_sintered_{letters}", bhmax, hcj, most, NEODYMIUM)
        for grade, letters, bhmax, hcj, most in _NDFEB
    ),
]
