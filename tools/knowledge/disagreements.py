"""Where the sources of supply figures disagree: shown beside the recommended figure, never averaged."""

from __future__ import annotations

from pathlib import Path

from tools.knowledge.facts import Row
from tools.knowledge.writing import write_table


def _row(commodity: str, stage: str, text: str, sources: str) -> Row:
    return {"commodity": commodity, "stage": stage, "text": text, "source_ids": sources}


DISAGREEMENTS = [
    _row(
        "MREE",
        "mined",
        "China mines 61 % (IEA, 2024) or 72-73 % (USGS tonnes times deposit assays) of the magnet rare"
        " earths; Myanmar 16 % (IEA) or 7-8 %. IEA counts recovered elements and a higher flow from"
        " Myanmar; the USGS figure for China is the quota. Read 0.61-0.73 as a range.",
        "IEA_CMDE2025;USGS_MCS2026;USGS_MYB2022",
    ),
    _row(
        "REE",
        "mined",
        "USGS editions differ for one year: Nigeria and Thailand 13,000 t each for 2024 became 1,500 t and"
        " 2,100 t; Australia 13,000 t became 29,000 t; Burma 31,000 t became 27,000 t. Editions are never"
        " mixed within a year.",
        "USGS_MCS2025;USGS_MCS2026",
    ),
    _row(
        "REE",
        "mined",
        "Burma in 2022: 17,600 t (World Mining Data) or 12,000 t (USGS Minerals Yearbook).",
        "WMD2024_GPR;USGS_MYB2022",
    ),
    _row(
        "REE",
        "",
        "US net import reliance of compounds and metals for 2024: 80 % in the 2025 edition, 53 % in the"
        " 2026 edition; 67 % estimated for 2025. US output of 2024: 1,300 t became 4,300 t.",
        "USGS_MCS2025;USGS_MCS2026",
    ),
    _row(
        "Sb",
        "mined",
        "China mines 59 % (2023, USGS 2025 edition), 48 % (Project Blue) or 34-36 % (2024-25, USGS 2026"
        " edition, with Russia raised to 29-34 %).",
        "USGS_MCS2025;PROJECTBLUE_MINING.COM;USGS_MCS2026",
    ),
    _row(
        "Ge",
        "separated",
        "China refines 59 % (Project Blue, 2023), 80 % (EU, 2020) or 93.5 % (World Mining Data 2022, which"
        " omits Belgium, Canada and Germany). The recommended 0.59 is the lowest: read 0.59-0.94.",
        "PROJECTBLUE_MINING.COM;EU_CRM2023_A7;WMD2024_GPR",
    ),
    _row(
        "HREE",
        "separated",
        "China's share of heavy rare earth processing is given as 96, 98, 99 and 99.9 %; the group figure of"
        " 99 % is applied to each element.",
        "CSIS_2025-04;SMM_PRNOTE;LYNAS_ARGUS_2025-10",
    ),
    _row(
        "HREE",
        "mined",
        "Myanmar mines about half of the heavy rare earths (trade press) or 33-45 % (derived from assays).",
        "TRADIUM_2024-11;USGS_MCS2026;USGS_MYB2022",
    ),
    _row(
        "Sm",
        "separated",
        "China's share of samarium: 100 % (press, 2025), 98 % of the metal, or more than 80 % (a market"
        " report that is not reliable). Outside China there was no separation until 2025.",
        "NYT_2025-06;SOLVAY_2025-11",
    ),
    _row(
        "SmCo",
        "sintered",
        "No source for the world shares of SmCo was found: 0.85 for China is a placeholder in 0.75-0.95. The"
        " claim that no SmCo is made outside China is wrong; the samarium in it is Chinese.",
        "EXPERT_RECALL;PERMAG_2025-06",
    ),
    _row(
        "Nd",
        "mined",
        "Assays of deposits are old (Bayan Obo 1982): China's share of terbium is likely overstated and that"
        " of Ho to Lu understated.",
        "USGS_MYB2022",
    ),
    _row(
        "law",
        "",
        "The step of 2027-01-01 in 252.225-7052 stands in the regulation; a pending text would repeal or"
        " rewrite it before that day. It is law until then.",
        "S1;S6;S7",
    ),
    _row(
        "law",
        "",
        "FY2026 NDAA sections 848 and 849 and EO 14415 were not read themselves; what is said of them is"
        " secondary.",
        "S6;S8",
    ),
    _row(
        "law",
        "",
        "The DFARS copy is of 2025-11-20; later class deviations may have renumbered 225.70. The clause MAY"
        " 2024 was still posted on 2026-10-05.",
        "S1;S9;S32",
    ),
    _row(
        "law",
        "",
        "What holds after the ends of the Chinese suspensions, 2026-11-10 and 2026-11-27, was not found. One"
        " data set gives 2026-11-28 for all; the quoted notices say otherwise.",
        "S9;S13;S14;S15",
    ),
    _row(
        "law",
        "",
        "Whether 8505.11 and 2846.90.80 are exempt from the forced-labour duty is not known: the final annex"
        " was not seen.",
        "S21;S24",
    ),
]


def write_disagreements(data: Path) -> None:
    """Write disagreements.csv."""
    write_table(data / "disagreements.csv", tuple(DISAGREEMENTS[0]), DISAGREEMENTS)
