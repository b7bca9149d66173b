"""The encoding of a text file, chosen by what its bytes make sense as."""

from __future__ import annotations

import re
from dataclasses import dataclass

MOJIBAKE = re.compile("Ã[\u0080-\u00bf]|Â[\u00a0-\u00bf]|â€|ï»¿|\ufffd|Ð[\u0080-\u00bf]{1}Ñ")
"""Character pairs that show UTF-8 was once read as cp1252; the text was spoiled before it came here."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file, the encoding it was taken for, and why."""

    text: str
    encoding: str
    reason: str


def decode(data: bytes) -> Decoded:
    """Decode by byte order mark, else strict UTF-8, else the most plausible of the usual encodings.

    Among the single and double byte encodings the runs of high bytes decide: Western text has lone
    ones, Cyrillic has whole words of them, Chinese and Japanese pairs that are common characters.
    """
    for mark, name in (
        (b"\xef\xbb\xbf", "utf-8"),
        (b"\xff\xfe", "utf-16-le"),
        (b"\xfe\xff", "utf-16-be"),
    ):
        if data.startswith(mark):
            return Decoded(data[len(mark) :].decode(name, "replace"), name, "byte order mark")
    sample = data[:65536]
    for name, zeros in (("utf-16-le", sample[1::2].count(0)), ("utf-16-be", sample[::2].count(0))):
        if zeros > 0.3 * len(sample) / 2:
            return Decoded(data.decode(name, "replace"), name, "every second byte is zero")
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "valid UTF-8")
    except UnicodeDecodeError:
        pass
    name = _legacy(data[: 1 << 20])
    return Decoded(
        data.decode(name, "replace"), name, "most plausible of the encodings without a mark"
    )


def _legacy(data: bytes) -> str:
    runs = re.findall(rb"[\x80-\xff]+", data)
    high = sum(len(run) for run in runs)
    lone = sum(1 for run in runs if len(run) == 1)
    scores = {
        "cp1252": _western(runs, lone, high),
        "cp1251": _cyrillic(data, high),
        "gb18030": _chinese(data),
        "cp932": _japanese(data),
    }
    return max(scores, key=lambda name: scores[name])


def _western(runs: list[bytes], lone: int, high: int) -> float:
    """Share of high bytes that stand alone; unassigned bytes of cp1252 speak against it."""
    bad = sum(run.count(byte) for run in runs for byte in b"\x81\x8d\x8f\x90\x9d")
    return 0.9 * lone / max(1, high) + 0.1 - bad / max(1, high)


def _cyrillic(data: bytes, high: int) -> float:
    text = data.decode("cp1251", "replace")
    words = re.findall(r"[А-Яа-яЁё]{2,}", text)
    letters = sum(len(word) for word in words)
    odd = sum(len(re.findall(r"[а-яё][А-ЯЁ]", word)) for word in words)
    vowels = sum(len(re.findall(r"[аеиоуыэюяё]", word.lower())) for word in words)
    if not letters or not 0.2 < vowels / letters < 0.65:
        return 0.0
    return (letters - 3 * odd) / max(1, high)


def _chinese(data: bytes) -> float:
    """Share of double-byte characters that are among the 3,755 common ones of GB 2312."""
    pairs = re.findall(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]", data)
    if not pairs:
        return 0.0
    common = sum(
        1 for pair in pairs if len(pair) == 2 and 0xB0 <= pair[0] <= 0xD7 and pair[1] >= 0xA1
    )
    marks = sum(
        1 for pair in pairs if len(pair) == 2 and 0xA1 <= pair[0] <= 0xA3 and pair[1] >= 0xA1
    )
    return (common + 0.8 * marks) / len(pairs)


def _japanese(data: bytes) -> float:
    """Share of characters that are kana or common kanji when read as Shift-JIS."""
    pairs = re.findall(rb"[\x81-\x9f\xe0-\xfc][\x40-\x7e\x80-\xfc]|[\x80-\xff]", data)
    if not pairs:
        return 0.0
    kana = sum(1 for pair in pairs if len(pair) == 2 and pair[0] in (0x82, 0x83))
    kanji = sum(1 for pair in pairs if len(pair) == 2 and 0x88 <= pair[0] <= 0x97)
    marks = sum(1 for pair in pairs if pair[:1] == b"\x81" and len(pair) == 2)
    narrow = sum(1 for pair in pairs if len(pair) == 1 and 0xA1 <= pair[0] <= 0xDF)
    return (kana + 0.95 * kanji + 0.8 * marks + 0.3 * narrow) / len(pairs)
