"""Figures as they are printed: shares, intervals, masses and counts, with unknown said as a word.

Everything here takes a value or None and gives text. None is never printed as a number.
"""

from __future__ import annotations

UNKNOWN = "unknown"
SPACE = "\u202f"
"""Narrow no-break space: between a number and its unit, and in thousands."""
DASH = "\u2013"


def percent(share: float | None) -> str:
    """A share of 0 to 1 as percent; what is nearly none or nearly all is not rounded to none or all."""
    if share is None:
        return UNKNOWN
    return f"{_percent_number(share)}{SPACE}%"


def _percent_number(share: float) -> str:
    """One decimal near the ends, where it matters, none between."""
    value = share * 100
    if 0 < value < 0.05:
        return "<0.1"
    if 99.95 <= value < 100 - 1e-9:
        return ">99.9"
    text = f"{value:.1f}" if value < 9.95 or value > 90 else f"{value:.0f}"
    return text.removesuffix(".0")


def percent_interval(low: float | None, high: float | None) -> str:
    """Two bounds as percent, '91-93 %'; one number if they print alike; unknown if a bound is missing."""
    if low is None or high is None:
        return UNKNOWN
    least, greatest = _percent_number(low), _percent_number(high)
    if least == greatest:
        return f"{least}{SPACE}%"
    return f"{least}{DASH}{greatest}{SPACE}%"


def weight_percent(value: float) -> str:
    """Weight percent with the digits that matter: 22.3, 0.97, 0.05."""
    if value == 0:
        return "0"
    text = f"{value:.1f}" if value >= 10 else f"{value:.2f}" if value >= 0.1 else f"{value:.3f}"
    return text.rstrip("0").rstrip(".")


def count(number: int) -> str:
    """A whole number with narrow spaces between thousands: 12 345, and 1234 for four digits."""
    return f"{number:,}".replace(",", SPACE) if abs(number) >= 10_000 else str(number)


def counted(number: int, one: str, many: str | None = None) -> str:
    """A number with its noun: '1 line', '2 lines'."""
    return f"{count(number)} {one if number == 1 else many or one + 's'}"


def index(value: float | None) -> str:
    """An index of 0 to 1 with two digits."""
    return UNKNOWN if value is None else f"{value:.2f}"


def index_interval(low: float | None, high: float | None) -> str:
    """Two bounds of an index; one number if they print alike."""
    if low is None or high is None:
        return UNKNOWN
    return index(low) if index(low) == index(high) else f"{index(low)}{DASH}{index(high)}"


def grams(mass_g: float | None) -> str:
    """A mass in mg, g, kg or t, three digits; unknown if None."""
    if mass_g is None:
        return UNKNOWN
    for limit, factor, unit in ((1.0, 1000.0, "mg"), (1000.0, 1.0, "g"), (1e6, 1e-3, "kg")):
        if abs(mass_g) < limit:
            return f"{_digits(mass_g * factor)}{SPACE}{unit}"
    return f"{_digits(mass_g * 1e-6)}{SPACE}t"


def quantity(value: float | None) -> str:
    """A quantity without trailing zeros; unknown if None."""
    return UNKNOWN if value is None else _digits(value, 9)


def _digits(value: float, digits: int = 3) -> str:
    if value == 0:
        return "0"
    text = f"{value:.{digits}g}"
    if "e" in text:
        text = f"{float(text):.0f}"
    return text


def bytes_size(size: int) -> str:
    """A file size in bytes, kB or MB."""
    if size < 1000:
        return f"{size}{SPACE}bytes"
    if size < 1_000_000:
        return f"{size / 1000:.0f}{SPACE}kB"
    return f"{size / 1e6:.1f}{SPACE}MB"


def row_ranges(rows: list[int], shown: int = 40) -> str:
    """Row numbers as ranges, '1-3, 7, 9-12'; beyond `shown` ranges the rest is counted."""
    ranges: list[tuple[int, int]] = []
    for row in sorted(rows):
        if ranges and row == ranges[-1][1] + 1:
            ranges[-1] = (ranges[-1][0], row)
        elif not ranges or row > ranges[-1][1]:
            ranges.append((row, row))
    parts = [str(a) if a == b else f"{a}{DASH}{b}" for a, b in ranges[:shown]]
    rest = sum(b - a + 1 for a, b in ranges[shown:])
    return ", ".join(parts) + (f" and {count(rest)} more" if rest else "")
