"""General rules of context: what stands beside a hit takes it away, or says what part of the item it is.

Negation (no, non-, w/o, free), chemical compounds (titanium dioxide), consumables (silver polish),
accessories (magnet holder, Li-ion charger), purpose (gasket for titanium), names and colours. None of
these knows a text; each is a class of reading.
"""

from __future__ import annotations

import re

from bomrisk.knowledge.model import Material
from bomrisk.recognition.answer import Clue
from bomrisk.recognition.reading import Reading

_NOT_BEFORE = frozenset(
    "NO NON NOT WITHOUT NEVER EXCEPT EXCLUDING EXCL OHNE KEIN KEINE NICHT SANS SIN SENZA SEM BEZ NIE БЕЗ НЕ".split()
)
_FREE_AFTER = frozenset("FREE FREI ABSENT NONE EXCLUDED".split())
_NOT_AFTER = frozenset(
    "PRESENT INCLUDED REQUIRED SUPPLIED ALLOWED PERMITTED USED ACCEPTABLE".split()
)
_BREAK = re.compile(r"[,;|(\[\]):]|\. |\bBUT\b|\bAND\b|\bWITH\b")
_FOR = re.compile(r"\b(?:FOR|FUER|FUR|POUR|PARA|DLA|ДЛЯ|TO FIT|FITS|SUITS|COMPATIBLE WITH)\b")
_CJK_NOT = ("不含", "无需", "無需", "非", "无磁", "不带", "なし", "無し")

_COMPOUNDS = frozenset(
    "OXIDE OXIDES DIOXIDE TRIOXIDE NITRATE NITRITE NITRIDE SULFATE SULPHATE SULFIDE SULPHIDE DISULFIDE DISULPHIDE"
    " CHLORIDE HYDROXIDE CARBONATE STEARATE SULFADIAZINE CITRATE ACETATE BROMIDE IODIDE FLUORIDE PHOSPHATE"
    " CHROMATE PYRITHIONE GLUCONATE SALICYLATE SUBSALICYLATE HALIDE CARBIDE BORIDE SILICATE TETRACHLORIDE"
    " PHOSPHIDE ARSENIDE PICOLINATE ORTHOPHOSPHATE OXALATE BENZOATE LACTATE PERCHLORATE HYDRIDE BOROHYDRIDE".split()
)
_CONSUMABLES = frozenset(
    "PAINT PAINTS POLISH CLEANER CLEANERS CLEANING GREASE LUBRICANT LUBRICATING LUBE BRIGHTENER SEALER REMOVER ETCH"
    " ETCHANT GRIT PIGMENT COLOR COLOUR COLORED COLOURED TONE EFFECT LOOK WIPES OINTMENT CREAM TABLET TABLETS"
    " SOAP SHAMPOO PENCIL PENCILS INK SPRAYPAINT PRIMER LACQUER VARNISH SUPPLEMENT VITAMIN CONTRAST STAIN".split()
)
_ACCESSORIES = frozenset(
    "HOLDER HOLDERS MOUNT MOUNTS MOUNTING BRACKET BRACKETS COVER COVERS HOUSING CASE CASES TOOL TOOLS FIXTURE JIG"
    " ADHESIVE GLUE SPACER SPACERS CARRIER CLIP CLIPS RETAINER CHARGER CHARGERS BOX BAG STRAP STRAPS CABLE"
    " CONNECTOR CONNECTORS TERMINAL TERMINALS INSULATION INSULATOR SOCKET TESTER LABEL LABELS POUCH COMPARTMENT"
    " ADAPTER ADAPTOR ELIMINATOR TRAY RACK DISPOSAL MANAGEMENT PROTECTION MONITOR GAUGE GAUSSMETER SWITCH BRACE"
    " COVERING KEEPER SCHOOL HALTER HALTERUNG SOPORTE SUPPORT".split()
)
_CJK_ACCESSORIES = ("固定", "安装", "吸附", "支架", "夹具", "座", "胶", "盒", "治具", "ホルダ")

_PRECIOUS_NEXT = frozenset(
    "PLATE PLATED PLATING PLT WIRE WIRES MIRROR MIRRORS CONTACT CONTACTS COATED COATING SOLDER BRAZE BRAZING ALLOY"
    " LEAF FOIL PASTE EPOXY TIP TIPS TIPPED PIN PINS BEAD TUBE BONDING FLASH METAL BAR POWDER CONDUCTIVE RING STRIP"
    " TERMINAL TERMINALS FINISH OVER SMD R RA ELECTRODE ANODE TARGET SPUTTERING PREFORM IMMERSION ENIG CLAD INLAY"
    " RIVET RIVETS THREAD FILLED COPPER INK IGNITER WINDOW TIN CRIMP CAPACITOR MICA".split()
)
_PROPER = {
    "STEEL": frozenset("TOE TOED GUITAR DRUM SERIES".split()),
    "COPPER": frozenset("RIVER MOUNTAIN RIDGE CANYON SULFATE TOP".split()),
    "TITANIUM": frozenset("EDITION SERIES PLAN BACKUP PRO WHITE COATED GRAY GREY BLACK".split()),
    "PLATINUM": frozenset("CURED CURE EDITION SERIES CARD PLUS MEMBER BLACK PLAN".split()),
    "QUARTZ": frozenset(
        "WATCH CLOCK MOVEMENT HALOGEN HEATER LAMP LAMPS ANALOG STOPWATCH TIMER".split()
    ),
    "GRAPHITE": frozenset("PENCIL GREASE LUBRICANT COLOR GRAY GREY BLACK LEAD".split()),
    "SAPPHIRE": frozenset("RADEON NITRO RAPIDS BLUE PULSE".split()),
    "TUNGSTEN": frozenset("LAMP LAMPS BULB BULBS HALOGEN LIGHT LIGHTING".split()),
    "ZINC": frozenset("AIR CARBON FINGER CHLORIDE CHROMATE OXIDE RICH PRIMER LOZENGE".split()),
    "BRONZE": frozenset("STAR MEDAL AGE COLOR SERIES".split()),
    "BRASS": frozenset("BAND KNUCKLES INSTRUMENT INSTRUMENTS TACKS SECTION".split()),
    "MAGNESIUM": frozenset("FIRE CITRATE TABLETS".split()),
    "ALUMINUM": frozenset("PHOSPHIDE".split()),
    "GERMANIUM": frozenset("DIODE DIODES TRANSISTOR TRANSISTORS".split()),
    "SOLDER": frozenset(
        "MASK WICK GUN IRON STATION PEN POT SUCKER LUG LUGS CUP CUPS BRIDGE JUMPER SLEEVE SLEEVES TIP TIPS FLUX TERMINAL"
        " TERMINALS TAIL TAILS PIN PINS TAB TABS MOUNT SIDE BALL TYPE TRAP STAND BUCKET PUMP DIPPED POINT JOINT CONTACT"
        " EYELET PAD PADS STENCIL RESIST HELPER AID REEL SPLICE STYLE ATTACH SEAL FITTING".split()
    ),
    "VANADIUM": frozenset({"STEEL"}),
    "CHROMIUM": frozenset("STEEL MOLYBDENUM VANADIUM PLATED PLATING".split()),
    "MOLYBDENUM": frozenset({"STEEL"}),
}
_NOT_PRECEDED = {
    "STEEL": frozenset("BUTCHER S SHARPENING KNIFE REAL PEDAL".split()),
    "ZINC": frozenset("CARBON".split()),
    "SOLDER": frozenset("NO DE BOARD".split()),
    "GOLD": frozenset("COLOR COLOUR ANODIZED ROSE BLACK".split()),
    "SILVER": frozenset("COLOR COLOUR ANODIZED QUICK".split()),
    "COPPER": frozenset("COLOR COLOUR ANODIZED".split()),
    "BRONZE": frozenset("COLOR COLOUR ANODIZED TINTED".split()),
    "TITANIUM": frozenset("COLOR COLOUR".split()),
    "GRAPHITE": frozenset("COLOR COLOUR".split()),
    "VANADIUM": frozenset("CHROME CHROMIUM".split()),
    "MOLYBDENUM": frozenset("CHROME CHROMIUM".split()),
}
_CONNECTORS = frozenset(
    "CONN CONNECTOR PLUG SOCKET JACK TERMINAL HEADER RECEPTACLE SWITCH LUG SPLICE SLEEVE ADAPTER FITTING ELBOW TEE".split()
)
_ONLY_PRECIOUS = frozenset({"GOLD", "SILVER"})
_INSIDE = re.compile(
    r"\b(?:WITH|W/|INCL\.?|INCLUDING|CONTAINING|MIT|AVEC|CON|COM|USES|USING|HAS)\b"
)
_PLATED = frozenset("PLATE PLATED PLATING PLT COATED COATING FLASH FINISH CLAD OVER".split())
_ACCESSORY_KINDS = ("permanent_magnet", "battery", "capacitor")


def stands(clue: Clue, reading: Reading, material: Material) -> bool:
    """Whether the words around a clue leave it standing."""
    upper = reading.upper
    before = reading.before(clue.start, 4)
    after = reading.after(clue.end, 3)
    word = upper[clue.start : clue.end]
    if negated(clue.start, clue.end, reading, before, after):
        return False
    if purpose(clue.start, reading):
        return False
    named = clue.rule.startswith(("name", "stainless"))
    if named:
        if after and (after[0] in _COMPOUNDS or after[0] in _CONSUMABLES):
            return False
        if len(after) > 1 and after[1] in _CONSUMABLES and not _gap_breaks(reading, clue.end):
            return False
        if before and before[0] in ("COLOR", "COLOUR", "LOW"):
            return False
        if before and before[-1] in ("SOLDER", "BRAZING") and reading.tokens[0].word == before[-1]:
            return False  # what the solder is of, or for
        if not _proper(word, before, after, reading, clue):
            return False
    if material.family.startswith(_ACCESSORY_KINDS):
        if any(other in _ACCESSORIES for other in _noun_tail(reading, clue.end)):
            return False
        tail = upper[clue.end : clue.end + 4]
        if any(tail.startswith(other) for other in _CJK_ACCESSORIES):
            return False
    return True


def negated(start: int, end: int, reading: Reading, before: list[str], after: list[str]) -> bool:
    """Whether the words before or after deny the span: no …, non-…, without …, …-free, … not present."""
    upper = reading.upper
    reach = 0
    for token in reversed([token for token in reading.tokens if token.end <= start]):
        reach += 1
        if reach > 4 or _BREAK.search(upper[token.end : start]):
            break
        follows = upper[token.end : token.end + 1]
        if token.word in _NOT_BEFORE and follows != ".":
            return not re.match(r"\s*[0-9]", upper[token.end :])
        if token.word == "O" and upper[max(0, token.start - 2) : token.start] == "W/":
            return True
        if token.word == "LESS" and reach == 1 and upper[token.start - 1 : token.start] == " ":
            return True
    if after:
        gap = upper[end : end + 1]
        if after[0] in _FREE_AFTER and gap in ("-", " "):
            return True
        if after[0] == "NOT" and len(after) > 1 and after[1] in _NOT_AFTER:
            return True
    if before and before[0] == "FREE" and after[:1] == []:
        return False
    return any(upper[max(0, start - len(word)) : start] == word for word in _CJK_NOT)


def purpose(start: int, reading: Reading) -> bool:
    """Whether the span says only what the item is for."""
    found = None
    for match in _FOR.finditer(reading.upper, 0, start):
        found = match
    return found is not None and not re.search(r"[,;|]", reading.upper[found.end() : start])


def role_of(clue: Clue, reading: Reading, material: Material) -> str:
    """What share of the item the material can be: coating, inside, bulk or unknown."""
    if clue.role != "unknown":
        return clue.role
    after = reading.after(clue.end, 1)
    if material.family in ("plating", "ceramic_tbc", "coating_mcraly") or (
        after and after[0] in _PLATED
    ):
        return "coating"
    if "PLATED" in clue.rule.upper() or "PLATING" in clue.rule.upper():
        return "coating"
    if _INSIDE.search(reading.upper[: clue.start]):
        return "inside"
    return "unknown"


def accessory_after(end: int, reading: Reading) -> bool:
    """Whether the noun phrase goes on to an accessory: servo horn, stepper mount, motor driver."""
    return any(word in _ACCESSORIES for word in _noun_tail(reading, end))


def _noun_tail(reading: Reading, end: int) -> list[str]:
    """Up to two tokens after a span that belong to the same noun phrase."""
    tail: list[str] = []
    place = end
    for token in reading.tokens:
        if token.start < end:
            continue
        gap = reading.upper[place : token.start]
        if (
            len(tail) == 2
            or re.search(r"[,;|(+&]|\. ", gap)
            or token.word in ("AND", "WITH", "W", "FOR", "OF", "TO", "IN")
        ):
            break
        tail.append(token.word)
        place = token.end
    return tail


def _gap_breaks(reading: Reading, end: int) -> bool:
    return bool(re.match(r"\s*[,;|(]", reading.upper[end:]))


def _proper(word: str, before: list[str], after: list[str], reading: Reading, clue: Clue) -> bool:
    """Whether a plain metal name is the metal: not a brand, a colour, a medal or a way to connect."""
    if after and after[0] in _PROPER.get(word, ()) and not _gap_breaks(reading, clue.end):
        return False
    if before and before[0] in _NOT_PRECEDED.get(word, ()):
        return False
    if word in _ONLY_PRECIOUS and after and not _gap_breaks(reading, clue.end):
        return after[0] in _PRECIOUS_NEXT or not after[0].isalpha()
    if word == "SOLDER":
        return not reading.words & _CONNECTORS
    return True
