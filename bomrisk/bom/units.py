"""Units of measure as parts lists write them: what they count, and grams for units of mass."""

from __future__ import annotations

import re
import unicodedata

_GRAMS = {
    1.0: "g gr gram grams gramm gramme grammes gramo gramos grama gramas grammo grammi г гр грамм 克 グラム g/pcs",
    1000.0: "kg kgs kilo kilos kilogram kilograms kilogramm kilogramme kilogramo kilogramos quilograma кг"
    " килограмм 千克 公斤 キログラム",
    0.001: "mg milligram milligrams milligramm мг 毫克",
    0.000001: "ug µg μg mcg microgram micrograms",
    1_000_000.0: "t ton tons tonne tonnes mt т тонна 吨 トン",
    453.59237: "lb lbs lbm pound pounds libra libras фунт 磅",
    28.349523125: "oz ounce ounces onza onzas",
}
"""Grams per unit: SI by definition, pound and ounce by the international yard and pound agreement."""

GRAMS: dict[str, float] = {
    name: factor for factor, names in _GRAMS.items() for name in names.split()
}

_PIECES = (
    "ea each pc pcs pce pces piece pieces stk stck stueck stück stuck stuk st unit units un und unid uni ud uds"
    " u pieza piezas pza pzas pz pzs pezzo pezzi peca pecas peça peças pièce pièces шт штук штука штуки 个 件 只 片"
    " 支 根 条 台 颗 枚 個 本 cái chiếc szt ks adet 개 ea. no nos qty part pieces."
)
_GROUPS = (
    "pair pairs pr paar par pares пара пар 对 双 組 set sets se kit kits satz комплект компл 套 组 セット bộ jgo juego juegos"
    " lot lots pk pkg pack packs pkt packet package packages paket box boxes bx bag bags bg roll rolls rl reel reels"
    " spool tube tubes can cans bottle bottles btl sheet sheets sh dz dozen hd hundred gr gross ay assembly assy"
    " pt strip strips bar bars ro pl cart 卷 包 盒 箱 袋 瓶 张 块 副 упак рулон лист"
)
_LENGTHS = (
    "m mm cm dm km µm um meter meters metre metres mtr mtrs metro metros metri mètre mètres м мм см метр метров"
    " метра 米 毫米 厘米 in inch inches ft foot feet yd yard yards mil \" ' in. ft. lm rm lfm"
)
_AREAS = "m2 m^2 m² sqm sq.m. cm2 cm^2 cm² mm2 mm^2 mm² ft2 ft^2 ft² sqft sf in2 in^2 in² qm м2 м² 平方米"
_VOLUMES = (
    "l ltr liter liters litre litres litro litros л литр ml cl dl мл 升 毫升 gal gallon gallons gl qt quart quarts"
    " cc cm3 cm^3 cm³ m3 m^3 m³ м3 floz fl.oz. pint"
)
_OTHERS = "% percent h hr hrs hour hours min s day days ar"

KINDS: dict[str, str] = {
    name: kind
    for kind, names in (
        ("other", _OTHERS),
        ("group", _GROUPS),
        ("piece", _PIECES),
        ("volume", _VOLUMES),
        ("area", _AREAS),
        ("length", _LENGTHS),
        ("mass", " ".join(GRAMS)),
    )
    for name in names.split()
}


def plain(text: str) -> str:
    """A unit as it is looked up: lower case, without spaces and closing dot."""
    return (
        unicodedata.normalize("NFC", text.strip()).casefold().replace(" ", "").rstrip(".")
        or text.strip()
    )


def kind_of_unit(text: str) -> str | None:
    """What a unit counts: piece, group, mass, length, area, volume, other; None if it is no unit."""
    name = plain(text)
    return KINDS.get(name) or KINDS.get(name.rstrip("s"))


def grams(text: str) -> float | None:
    """Grams in one unit of mass, None if the text is no unit of mass.

    A denominator is left to the caller: "g/Part" is grams per unit of the quantity.
    """
    name = plain(text)
    numerator = re.split(r"/|\bper\b|pro(?=st)", name, maxsplit=1)[0]
    return GRAMS.get(name, GRAMS.get(numerator))


_CURRENCIES = {
    "USD": "usd us$ $us u$s u$d dollar dollars dolar dolares 美元 美金 米ドル",
    "EUR": "eur € euro euros 欧元",
    "GBP": "gbp £ pound sterling",
    "CNY": "cny rmb 元 人民币 yuan cn¥",
    "JPY": "jpy 円 yen",
    "INR": "inr ₹ rs. rupees rupee",
    "CAD": "cad ca$ c$",
    "AUD": "aud au$ a$",
    "CHF": "chf sfr fr.",
    "SEK": "sek",
    "NOK": "nok",
    "DKK": "dkk",
    "PLN": "pln zł zl",
    "CZK": "czk kč",
    "RUB": "rub руб руб. ₽ рублей",
    "BRL": "brl r$ reais",
    "ARS": "ars ar$",
    "MXN": "mxn mx$",
    "COP": "cop col$",
    "CLP": "clp",
    "KRW": "krw ₩ 원",
    "TWD": "twd nt$ ntd",
    "VND": "vnd ₫ vnđ đồng",
    "SGD": "sgd s$",
    "HKD": "hkd hk$",
    "TRY": "try ₺",
    "ILS": "ils ₪ nis",
    "THB": "thb ฿",
    "ZAR": "zar",
    "NZD": "nzd nz$",
    "MYR": "myr rm",
    "UAH": "uah ₴ грн",
    "HUF": "huf",
    "PHP": "php",
    "IDR": "idr rp",
}
CURRENCIES: dict[str, str] = {
    name: code
    for code, names in _CURRENCIES.items()
    for name in names.split()
    if len(name) > 1 or not name.isalpha()
} | {"元": "CNY", "円": "JPY", "원": "KRW"}
"""How a currency is written, in lower case → ISO 4217 code. A lone $ is taken for USD, ¥ is not decided."""


def currency(text: str | None) -> str | None:
    """ISO 4217 code of a currency as written in a header, a cell or a currency column."""
    if not text:
        return None
    name = text.strip().casefold()
    if name in CURRENCIES:
        return CURRENCIES[name]
    return "USD" if name == "$" else None
