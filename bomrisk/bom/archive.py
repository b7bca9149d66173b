"""The zip archive of a workbook, unpacked in memory and measured meanwhile: never trusted."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Collection, Iterator

from bomrisk.bom.limits import MEBI, Limits
from bomrisk.errors import InputError

_BLOCK = MEBI
_DAMAGED = "copy or download it again, or open and save it in Excel"


class Archive:
    """Members of a zip archive by name; `blocks` yields a member's bytes within the limits.

    Sizes are counted while unpacking, since the sizes that an archive declares may lie. Names that
    point outside of the archive or stand twice are refused, though nothing is ever written to disk.
    """

    def __init__(self, data: bytes, file: str, limits: Limits) -> None:
        self.data = data
        self.file = file
        self.limits = limits
        self.unpacked = 0
        self.seen: set[str] = set()
        self.sound: set[str] = set()
        """Members that were unpacked to the bytes whose checksum the archive declares."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                infos = archive.infolist()
        except (zipfile.BadZipFile, ValueError, OSError) as error:
            raise self.damaged("its zip directory cannot be read") from error
        if len(infos) > limits.members:
            raise InputError(
                f"the archive has {len(infos):,} members, more than the limit of {limits.members:,}",
                mend="give a plain workbook",
                file=file,
            )
        self.members: dict[str, zipfile.ZipInfo] = {}
        for info in infos:
            name = info.filename.replace("\\", "/")
            if name.startswith("/") or ".." in name.split("/") or ":" in name[:3] or "\0" in name:
                raise InputError(
                    f"the archive has a member that points outside of it ({name[:80]!r})",
                    mend="do not trust this file; ask its sender for a clean copy",
                    file=file,
                )
            if name in self.members:
                raise InputError(
                    f"the archive holds {name[:80]!r} twice, so programs may read different contents",
                    mend="do not trust this file; ask its sender for a clean copy",
                    file=file,
                )
            if info.flag_bits & 1:
                raise InputError(
                    "the archive is protected by a password and cannot be opened",
                    mend="save a copy without the password and give that",
                    file=file,
                )
            self.members[name] = info
        self._check_overlap()

    def _check_overlap(self) -> None:
        """Members that share packed bytes unpack to far more than the file holds.

        Where something stands before the first member, as when two archives are joined, programs may
        read different ones.
        """
        end = 0
        if min((info.header_offset for info in self.members.values()), default=0):
            raise self.damaged("something stands before its first member")
        for info in sorted(self.members.values(), key=lambda info: info.header_offset):
            if info.header_offset < end:
                raise InputError(
                    f"the members of the archive overlap at {info.filename[:80]!r}, as in a zip bomb",
                    mend="do not trust this file; ask its sender for a clean copy",
                    file=self.file,
                )
            end = info.header_offset + 30 + info.compress_size

    def damaged(self, why: str) -> InputError:
        """The error for an archive that cannot be unpacked."""
        return InputError(
            f"the workbook is damaged or cut off ({why})", mend=_DAMAGED, file=self.file
        )

    def find(self, name: str) -> str | None:
        """The member called `name`, whatever its case and slashes."""
        if name in self.members:
            return name
        wanted = name.lower()
        return next((member for member in self.members if member.lower() == wanted), None)

    def read(self, name: str, most: int = 64 * MEBI) -> bytes:
        """A small member as a whole; refused beyond `most` bytes."""
        parts: list[bytes] = []
        size = 0
        for block in self.blocks(name):
            size += len(block)
            if size > most:
                raise InputError(
                    f"the part {name!r} of the workbook is larger than {most // MEBI} MiB",
                    mend="do not trust this file; ask its sender for a clean copy",
                    file=self.file,
                )
            parts.append(block)
        return b"".join(parts)

    def measure(self, later: Collection[str] = ()) -> None:
        """Unpack what was not unpacked yet and may be read by others, to know its true size.

        Members named in `later` are left for the caller to unpack.
        """
        for name in self.members:
            if name in self.seen or name in later:
                continue
            if name.lower().endswith((".xml", ".bin", ".rels")):
                for _ in self.blocks(name):
                    pass

    def blocks(self, name: str) -> Iterator[bytes]:
        """The unpacked bytes of a member in blocks of about 1 MiB."""
        info = self.members[name]
        self.seen.add(name)
        total = checksum = 0
        for block in self._unpack(info):
            total += len(block)
            checksum = zlib.crc32(block, checksum)
            self.unpacked += len(block)
            self._check(name, info, total)
            yield block
        if total != info.file_size:
            raise self.damaged(
                f"{name} has {total:,} bytes, not the {info.file_size:,} it declares"
            )
        if checksum == info.CRC:
            self.sound.add(name)

    def _check(self, name: str, info: zipfile.ZipInfo, total: int) -> None:
        limits = self.limits
        if self.unpacked > limits.unpacked_bytes:
            raise InputError(
                f"the workbook unpacks to more than {limits.unpacked_bytes // MEBI:,} MiB",
                mend="split it, or raise the limit of unpacked bytes if you trust the file",
                file=self.file,
            )
        if total > limits.ratio_from_bytes and total > limits.ratio * max(1, info.compress_size):
            raise InputError(
                f"{name} unpacks to more than {limits.ratio} times its packed size, as a zip bomb does",
                mend="raise the limit of the ratio only if you trust the file",
                file=self.file,
            )

    def _unpack(self, info: zipfile.ZipInfo) -> Iterator[bytes]:
        at = info.header_offset
        head = self.data[at : at + 30]
        if len(head) < 30 or not head.startswith(b"PK\x03\x04"):
            raise self.damaged(f"{info.filename} is missing")
        name_length, extra_length = struct.unpack_from("<HH", head, 26)
        start = at + 30 + name_length + extra_length
        end = start + info.compress_size
        if end > len(self.data):
            raise self.damaged(f"{info.filename} is cut off")
        view = memoryview(self.data)
        if info.compress_type == zipfile.ZIP_STORED:
            for position in range(start, end, _BLOCK):
                yield bytes(view[position : min(position + _BLOCK, end)])
            return
        if info.compress_type != zipfile.ZIP_DEFLATED:
            raise self.damaged(f"{info.filename} is packed by an unknown method")
        unpacker = zlib.decompressobj(-15)
        try:
            for position in range(start, end, _BLOCK):
                packed = bytes(view[position : min(position + _BLOCK, end)])
                while packed:
                    block = unpacker.decompress(packed, _BLOCK)
                    if block:
                        yield block
                    packed = unpacker.unconsumed_tail
            tail = unpacker.flush()
        except zlib.error as error:
            raise self.damaged(f"{info.filename} cannot be unpacked") from error
        if tail:
            yield tail
