"""Compound files (OLE2), the container of .xls and of locked .xlsx: directory and streams.

Layout after [MS-CFB]: 512-byte header, sectors chained by an allocation table (FAT), a directory of
128-byte entries, and small streams packed into a mini stream of 64-byte sectors.
"""

from __future__ import annotations

import struct

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_END = 0xFFFFFFFA
_MINI_CUTOFF = 4096


class DamagedError(ValueError):
    """The file does not follow the format: cut off, or its chains run in circles."""


def entries(data: bytes) -> dict[str, tuple[int, int]]:
    """Name → (first sector, size) of each stream and storage in the directory."""
    return _Reader(data).entries


def stream(data: bytes, name: str) -> bytes | None:
    """The bytes of the stream called `name`, or None if there is none."""
    reader = _Reader(data)
    entry = reader.entries.get(name)
    if entry is None:
        return None
    start, size = entry
    if size >= _MINI_CUTOFF:
        return reader.chain(start)[:size]
    return reader.mini_chain(start)[:size]


def _check_ends(starts: list[int], table: list[int]) -> None:
    """Every chain ends: calamine follows also those of streams that are not read here."""
    done: set[int] = set()
    for start in starts:
        path: set[int] = set()
        at = start
        while at < len(table) and at not in done:
            if at in path:
                raise DamagedError("a chain of sectors runs in a circle")
            path.add(at)
            at = table[at]
        done |= path


class _Reader:
    """One pass over header, allocation table and directory."""

    def __init__(self, data: bytes) -> None:
        if len(data) < 512 or not data.startswith(MAGIC):
            raise DamagedError("no header")
        self.data = data
        shift, mini_shift = struct.unpack_from("<HH", data, 30)
        if shift not in (9, 12) or mini_shift != 6:
            raise DamagedError("odd sector size")
        self.size = 1 << shift
        folders, fat_count, directory = struct.unpack_from("<III", data, 40)
        self.mini_start, mini_count, difat, difat_count = struct.unpack_from("<IIII", data, 60)
        sectors = len(data) // self.size + 1
        if max(folders, fat_count, mini_count, difat_count) > sectors:
            raise DamagedError("it counts more sectors than it has")
        fat_sectors = [s for s in struct.unpack_from("<109I", data, 76) if s < _END]
        seen: set[int] = set()
        while difat < _END:
            if difat in seen or len(seen) >= difat_count:
                raise DamagedError("the list of its allocation table does not end")
            seen.add(difat)
            block = self.sector(difat)
            numbers = struct.unpack(f"<{self.size // 4}I", block)
            fat_sectors += [s for s in numbers[:-1] if s < _END]
            difat = numbers[-1]
        self.fat: list[int] = []
        for number in fat_sectors[: fat_count or None]:
            self.fat += struct.unpack(f"<{self.size // 4}I", self.sector(number))
        self.entries: dict[str, tuple[int, int]] = {}
        self.root = (0, 0)
        self._list(self.chain(directory))
        starts = [start for start, _ in (self.root, *self.entries.values())]
        _check_ends([self.mini_start, *starts], self.fat)

    def _list(self, listing: bytes) -> None:
        """Take the root and the entries from the directory."""
        for at in range(0, len(listing) - 127, 128):
            length, kind = struct.unpack_from("<HB", listing, at + 64)
            if kind == 0 or not 2 <= length <= 64:
                continue
            name = listing[at : at + length - 2].decode("utf-16-le", "replace")
            start, size = struct.unpack_from("<IQ", listing, at + 116)
            if self.size == 512:
                size &= 0xFFFFFFFF
            if size > len(self.data) and kind in (2, 5):
                raise DamagedError("a stream is longer than the file")
            if kind == 5:
                self.root = (start, size)
            else:
                self.entries.setdefault(name, (start, size))
        if not self.entries:
            raise DamagedError("no directory")

    def sector(self, number: int) -> bytes:
        at = (number + 1) * self.size
        block = self.data[at : at + self.size]
        if len(block) < self.size:
            if not block:
                raise DamagedError("a sector lies beyond the end of the file")
            block = block.ljust(self.size, b"\0")
        return block

    def chain(self, start: int) -> bytes:
        parts: list[bytes] = []
        while start < _END:
            parts.append(self.sector(start))
            if start >= len(self.fat) or len(parts) > len(self.fat):
                raise DamagedError("a chain of sectors is broken")
            start = self.fat[start]
        return b"".join(parts)

    def mini_chain(self, start: int) -> bytes:
        pool = self.chain(self.root[0])[: self.root[1]]
        raw = self.chain(self.mini_start)
        table = struct.unpack(f"<{len(raw) // 4}I", raw)
        parts: list[bytes] = []
        while start < _END:
            parts.append(pool[start * 64 : start * 64 + 64])
            if start >= len(table) or len(parts) > len(table):
                raise DamagedError("a chain of small sectors is broken")
            start = table[start]
        return b"".join(parts)
