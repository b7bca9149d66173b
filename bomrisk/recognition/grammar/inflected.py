"""Names that languages bend: adjectives (mosiężna, бронзовая) and participles of plating (zincada).

The stem says the material, the ending only gender, number and case. Colours that share a stem with a
metal (Polish brązowy is brown) are left out.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted

_RU = "[А-Я]{2,3}"

_STEMS: tuple[tuple[str, str, str], ...] = (
    ("al_unspecified", "Polish", r"ALUMINIOW[A-Z]{1,3}|ALUMINIUM"),
    ("al_unspecified", "Russian", rf"АЛЮМИНИЕВ{_RU}|АЛЮМИНИ(?:Й|Я|ЕМ)"),
    ("wc_co_unspecified", "Russian", rf"ТВЕРДОСПЛАВН{_RU}"),
    ("cu_brass", "Polish", r"MOSIEZN[A-Z]{1,3}|MOSIADZU"),
    ("cu_brass", "Russian", rf"ЛАТУНН{_RU}|ЛАТУН(?:Ь|И)"),
    ("cu_bronze", "Polish", r"BRAZU"),
    ("cu_bronze", "Russian", rf"БРОНЗОВ{_RU}|БРОНЗ(?:А|Ы|У)"),
    ("cu_pure", "Polish", r"MIEDZIAN[A-Z]{1,3}|MIEDZI"),
    ("cu_pure", "Russian", rf"МЕДН{_RU}|МЕД(?:Ь|И)"),
    ("steel_unspecified", "Polish", r"STALOW[A-Z]{1,3}|STALI"),
    ("steel_unspecified", "Russian", rf"СТАЛЬН{_RU}|СТАЛ(?:Ь|И|ЬЮ)"),
    ("ss_unspecified", "Polish", r"NIERDZEWN[A-Z]{1,3}|KWASOODPORN[A-Z]{1,3}"),
    ("ss_unspecified", "Russian", rf"НЕРЖАВЕЮЩ{_RU}|НЕРЖАВЕЙК(?:А|И|У)|НЕРЖ"),
    (
        "ss_unspecified",
        "Romance",
        r"(?:(?:ACEROS?|ACCIAI|ACCIAIO|ACIERS?|ACOS?) )?"
        r"(?:INOXIDABLES?|INOSSIDABIL[EI]|INOXYDABLES?|INOXIDAVE(?:L|IS))",
    ),
    (
        "ss_unspecified",
        "German",
        r"(?:ROSTFREI|NICHTROSTEND)(?:E[RNSM]?)?(?: ST(?:AHL(?:ES|S)?|AE?HLEN?))?",
    ),
    ("ti_unspecified", "Polish", r"TYTANOW[A-Z]{1,3}|TYTANU"),
    ("ti_unspecified", "Russian", rf"ТИТАНОВ{_RU}|ТИТАН(?:А|У)?"),
    ("w_pure", "Polish", r"WOLFRAMOW[A-Z]{1,3}"),
    ("w_pure", "Russian", rf"ВОЛЬФРАМОВ{_RU}"),
    ("mg_unspecified", "Polish", r"MAGNEZOW[A-Z]{1,3}"),
    ("mg_unspecified", "Russian", rf"МАГНИЕВ{_RU}"),
    ("mo_pure", "Russian", rf"МОЛИБДЕНОВ{_RU}|МОЛИБДЕН"),
    ("ta_pure", "Russian", rf"ТАНТАЛОВ{_RU}"),
    ("nicd_cell", "Russian", rf"НИКЕЛЬ-КАДМИЕВ{_RU}"),
    ("nicd_cell", "Polish", r"NIKLOWO-KADMOW[A-Z]{1,3}"),
    ("nimh_cell", "Russian", rf"НИКЕЛЬ-МЕТАЛЛ-?ГИДРИДН{_RU}"),
    ("nimh_cell", "Polish", r"NIKLOWO-(?:METALOWO-)?WODORKOW[A-Z]{1,3}"),
    ("lead_acid", "Russian", rf"СВИНЦОВО-КИСЛОТН{_RU}"),
    ("lead_acid", "Polish", r"KWASOWO-OLOWIOW[A-Z]{1,3}|OLOWIOWO-KWASOW[A-Z]{1,3}"),
    ("liion_unspecified", "Russian", rf"ЛИТИЙ-(?:ИОНН|ПОЛИМЕРН){_RU}"),
    ("liion_unspecified", "Polish", r"LITOWO-(?:JONOW|POLIMEROW)[A-Z]{1,3}"),
    ("germanium", "Russian", rf"ГЕРМАНИЕВ{_RU}"),
    ("germanium", "Polish", r"GERMANOW[A-Z]{1,3}"),
    ("nb_pure", "Russian", rf"НИОБИЕВ{_RU}"),
    ("ta_pure", "Polish", r"TANTALOW[A-Z]{1,3}"),
    ("mo_pure", "Polish", r"MOLIBDENOW[A-Z]{1,3}"),
    ("sapphire", "Russian", rf"САПФИРОВ{_RU}"),
    ("sapphire", "Polish", r"SZAFIROW[A-Z]{1,3}"),
    ("graphite", "Russian", rf"ГРАФИТОВ{_RU}"),
    ("graphite", "Polish", r"GRAFITOW[A-Z]{1,3}"),
    ("quartz", "Russian", rf"КВАРЦЕВ{_RU}"),
    ("ferrite_soft_unspecified", "Russian", rf"ФЕРРИТОВ{_RU}"),
    ("ndfeb_unspecified", "Polish", r"NEODYMOW[A-Z]{1,3}"),
    ("ndfeb_unspecified", "Russian", rf"НЕОДИМОВ{_RU}"),
    ("smco_unspecified", "Polish", r"SAMAROWO?-? ?KOBALTOW[A-Z]{1,3}"),
    ("smco_unspecified", "Russian", rf"САМАРИ(?:Й|ЕВО)-?КОБАЛЬТ(?:ОВ{_RU})?"),
    ("permanent_magnet_unspecified", "Russian", r"МАГНИТ(?:А|Ы|ОВ|ОМ|АМИ)"),
    ("permanent_magnet_unspecified", "Polish", r"MAGNES(?:U|EM|OW)"),
    (
        "rare_earth_magnet_unspecified",
        "Romance",
        r"AIMANTS? (?:AUX |DE |EN )?TERRES RARES|IMAN(?:ES)? (?:DE )?(?:TIERRAS RARAS|TERRAS RARAS)"
        r"|IMAS? (?:DE )?TERRAS RARAS|MAGNET[EI] (?:A |DI |IN |ALLE )?TERRE RARE",
    ),
    ("rare_earth_magnet_unspecified", "German", r"SELTEN(?:E-?)?ERDE?N?-?MAGNETE?N?"),
    (
        "rare_earth_magnet_unspecified",
        "Polish",
        r"MAGNES(?:Y|OW|U)? (?:Z )?(?:METALI )?ZIEM RZADKICH",
    ),
    (
        "ferrite_hard_sr",
        "Romance",
        r"AIMANTS? (?:EN |DE )?FERRITES?|MAGNET[EI] (?:IN |DI )?FERRITE|MAGNET[EI] CERAMIC[OI]"
        r"|IMAN(?:ES)? (?:DE )?FERRITAS?|IMAN(?:ES)? CERAMICOS?|IMAS? (?:DE )?FERRITE|AIMANTS? CERAMIQUES?",
    ),
    ("ferrite_hard_sr", "Polish", r"MAGNES(?:Y|OW|U)? FERRYTOW[A-Z]{1,3}"),
    (
        "ferrite_hard_sr",
        "German",
        r"(?:RING|SCHEIBEN|BLOCK|QUADER|STAB|RUND|TOPF|HAFT)?MAGNETE?N?,? (?:AUS )?(?:HART)?FERRIT",
    ),
    (
        "cap_tantalum_unspecified",
        "Romance",
        r"(?:CONDENSATEURS?|CONDENSATOR[EI]|CONDENSADOR(?:ES)?|CAPACITOR(?:ES)?)"
        r"(?: AU| AL| DE)? TANTAL(?:E|IO|O)",
    ),
    ("cap_tantalum_unspecified", "Polish", r"KONDENSATOR(?:A|Y|OW)? TANTALOW[A-Z]{1,3}"),
    (
        "cap_al_electrolytic",
        "Romance",
        r"CONDENSATEURS (?:ELECTROLYTIQUES|CHIMIQUES)|CONDENSATORI ELETTROLITICI",
    ),
    ("cap_al_electrolytic", "Polish", r"KONDENSATOR(?:A|Y|OW)? ELEKTROLITYCZN[A-Z]{1,3}"),
    ("wc_co_unspecified", "Polish", r"WEGLIK(?:A|U|I|OW|IEM)? SPIEKAN[A-Z]{1,3}"),
    (
        "wc_co_unspecified",
        "French",
        r"(?:PLAQUETTES?|FRAISES?|FORETS?|POINTES?|ALESOIRS?) (?:EN |AU |DE )?CARBURE(?: MONOBLOC)?",
    ),
)
_ELECTRO = r"(?:ELE(?:CTRO|TTRO|TRO)-?)"
_PLATED: tuple[tuple[str, str], ...] = (
    ("zinc_plate", r"GALVANI[SZ](?:EE?S?|AD[OA]S?)|GALV"),
    ("zinc_plate", rf"{_ELECTRO}?(?:ZINGUEE?S?|ZINCAT[OAIE]|[ZC]INCAD[OA]S?)|ZINCAGE"),
    ("zinc_plate", r"(?:GALV?V?|FEUER)?VERZINKT(?:E[RNSM]?)?"),
    ("zinc_plate", r"OCYNKOWAN[A-Z]{1,3}|ОЦИНКОВАНН[А-Я]{2,3}|ОЦИНК"),
    (
        "zinc_plate",
        r"ZINC PLT(?:D|G)?|ZN PLT(?:D)?|ZINC-PLATED|YELLOW ZINC|CLEAR ZINC|ZINC YELLOW",
    ),
    (
        "ni_plate",
        r"VERNICKELTE[RNSM]?|NICKELEES?|NIQUELAD[OA]S?|NICHELAT[OAIE]|NIKLOWAN[A-Z]{1,3}"
        r"|НИКЕЛИРОВАНН[А-Я]{2,3}|NI-PLATED|NICKEL PLT(?:D|G)?|NI PLT(?:D)?",
    ),
    (
        "cadmium_plate",
        r"(?:VER)?CADMET|KADMIERT|CADMIEE?S?|CADMIAD[OA]S?|CADMIAT[OAIE]|KADMOWAN[A-Z]{1,3}"
        r"|КАДМИРОВАНН[А-Я]{2,3}|CAD\.? (?:PL|PLT|PLTD|PLTG)|CADMIUM TYPE I{1,3}|CD[ -]PLATED",
    ),
    (
        "au_metal",
        r"(?:HART|FEIN)VERGOLDET|(?:HART|FEIN)?VERGOLDETE[RNSM]?|ПОЗОЛОЧЕНН[А-Я]{2,3}"
        r"|POZLACAN[A-Z]{1,3}|AU[ -]PLATED",
    ),
    ("au_metal", r"(?:PO)?ZLOCON[A-Z]{1,3}|PLAQUEE?S? OR|PLACCAT[OAIE] (?:IN )?ORO"),
    ("ag_metal", r"VERSILBERTE[RNSM]?|ПОСЕРЕБР[А-ЯЁ]{3,7}|AG[ -]PLATED"),
    ("ag_metal", r"(?:PO)?SREBRZ[AO]N[A-Z]{1,3}|PLAQUEE?S? ARGENT"),
)


def _named(material: str, language: str) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
        yield Clue(
            material, match.start(), match.end(), f"name ({language}, bent): {quoted(match)}", 0.93
        )

    return read


def _plated(material: str) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
        yield Clue(
            material,
            match.start(),
            match.end(),
            f"plating: {quoted(match)}",
            0.93,
            "",
            "coating",
        )

    return read


PATTERNS = (
    *(Pattern(stem, _named(material, language)) for material, language, stem in _STEMS),
    *(Pattern(stem, _plated(material)) for material, stem in _PLATED),
)
