"""What kind of file an input is, by its content: the name and its extension decide nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.bom import compound
from bomrisk.bom.encoding import utf_16
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import zipfile

SPREADSHEETS = ("xlsx", "xlsb", "xls", "ods", "parquet", "html", "xml2003", "text")
"""Kinds that can be read. `xls` is Excel 97 binary, `xml2003` the XML of Excel 2003."""

SAVE_AS = "save the list as .xlsx or .csv and give that file"

_MAGIC = (
    (
        b"%PDF",
        "a PDF document",
        "export the parts list as .xlsx or .csv from the program that made it",
    ),
    (b"\x1f\x8b", "a gzip archive", "unpack it and give the file inside"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive", "unpack it and give the file inside"),
    (b"Rar!", "a RAR archive", "unpack it and give the file inside"),
    (b"BZh", "a bzip2 archive", "unpack it and give the file inside"),
    (b"\xfd7zXZ", "an xz archive", "unpack it and give the file inside"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive", "unpack it and give the file inside"),
    (b"\x89PNG", "a PNG picture", SAVE_AS),
    (b"\xff\xd8\xff", "a JPEG picture", SAVE_AS),
    (b"GIF8", "a GIF picture", SAVE_AS),
    (b"BM\x00", "a BMP picture", SAVE_AS),
    (b"II*\x00", "a TIFF picture", SAVE_AS),
    (b"MM\x00*", "a TIFF picture", SAVE_AS),
    (b"{\\rtf", "an RTF document", SAVE_AS),
    (b"SQLite format 3", "an SQLite database", "export the parts table as .csv"),
    (b"MZ", "a program", SAVE_AS),
    (b"\x7fELF", "a program", SAVE_AS),
)

_OTHER_ZIPS = (
    ("word/", "a Word document"),
    ("ppt/", "a PowerPoint presentation"),
    ("visio/", "a Visio drawing"),
    ("Index/Document.iwa", "an Apple Numbers or Pages document"),
    ("META-INF/MANIFEST.MF", "a Java archive"),
)

_OPENDOCUMENT = {
    "text": "an OpenDocument text",
    "presentation": "an OpenDocument presentation",
    "graphics": "an OpenDocument drawing",
}


def kind_of(data: bytes, file: str) -> str:
    """The kind of spreadsheet that `data` is; one of `SPREADSHEETS`.

    Raises InputError for anything else, with what it is instead (a PDF, a picture, a locked or
    truncated workbook …) and what to do about it.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf\xff\xfe"):
        raise InputError("the file is empty", mend="give a file with a parts list in it", file=file)
    for magic, what, mend in _MAGIC:
        if data.startswith(magic) and not (magic in (b"MZ", b"BZh") and _is_text(data)):
            raise InputError(f"this is {what}, not a spreadsheet", mend=mend, file=file)
    if data.startswith(b"PK"):
        return _kind_of_zip(data, file)
    if data.startswith(compound.MAGIC):
        return _kind_of_compound(data, file)
    if data.startswith(b"PAR1"):
        if not data.endswith(b"PAR1"):
            raise InputError("the Parquet file is cut off", mend="copy it again", file=file)
        return "parquet"
    if data[:2] in (b"\x09\x08", b"\x09\x04", b"\x09\x02", b"\x09\x00") and b"\x00" in data[:16]:
        raise InputError(
            "this is a workbook of Excel 4 or older", mend="save it as .xlsx in Excel", file=file
        )
    return _kind_of_text(data, file)


def _kind_of_text(data: bytes, file: str) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<table", b"<meta", b"<head", b"<style")):
        return "html"
    if head.startswith((b"<?xml", b"<workbook")):
        if b"urn:schemas-microsoft-com:office:spreadsheet" in data[:16384]:
            return "xml2003"
        if b"<html" in head or b"<table" in head:
            return "html"
        raise InputError("this is an XML file, not a spreadsheet", mend=SAVE_AS, file=file)
    if head.startswith((b'{"', b"[{", b"{\n", b"{\r", b"[\n")):
        raise InputError("this is a JSON file, not a spreadsheet", mend=SAVE_AS, file=file)
    if not _is_text(data):
        raise InputError(
            "this is a binary file of unknown kind, not a spreadsheet", mend=SAVE_AS, file=file
        )
    return "text"


def _is_text(data: bytes) -> bool:
    """Whether the bytes look like text: hardly any control bytes, or the NUL pattern of UTF-16."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    if utf_16(data) is not None:
        return True
    sample = data[:65536]
    control = sum(
        sample.count(bytes((code,))) for code in range(32) if code not in (9, 10, 12, 13, 26)
    )
    return control <= len(sample) * 0.01


def _kind_of_zip(data: bytes, file: str) -> str:
    import io
    import zipfile
    import zlib

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            if "content.xml" in names:
                return _kind_of_opendocument(archive, file)
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        ValueError,
        NotImplementedError,
        OSError,
        RuntimeError,
    ) as error:
        raise InputError(
            "the workbook is damaged or cut off (its zip directory cannot be read)",
            mend="copy or download it again, or open and save it in Excel",
            file=file,
        ) from error
    lowered = {name.lower().replace("\\", "/") for name in names}
    if any(name.endswith("xl/workbook.bin") for name in lowered):
        return "xlsb"
    if "xl/workbook.xml" in lowered or any(name.startswith("xl/") for name in lowered):
        return "xlsx"
    for part, what in _OTHER_ZIPS:
        if any(name.startswith(part.lower()) for name in lowered):
            raise InputError(f"this is {what}, not a spreadsheet", mend=SAVE_AS, file=file)
    raise InputError(
        "this is a zip archive, not a spreadsheet",
        mend="unpack it and give the file inside",
        file=file,
    )


def _kind_of_opendocument(archive: zipfile.ZipFile, file: str) -> str:
    names = set(archive.namelist())
    kind = (
        archive.open("mimetype").read(200).decode("ascii", "replace") if "mimetype" in names else ""
    )
    if "META-INF/manifest.xml" in names:
        manifest = archive.open("META-INF/manifest.xml").read(1 << 20)
        if b"encryption-data" in manifest:
            raise locked(file)
    for word, what in _OPENDOCUMENT.items():
        if kind.strip().endswith("." + word):
            raise InputError(f"this is {what}, not a spreadsheet", mend=SAVE_AS, file=file)
    return "ods"


def _kind_of_compound(data: bytes, file: str) -> str:
    try:
        names = set(compound.entries(data))
    except compound.DamagedError as error:
        raise InputError(
            "the workbook is damaged or cut off (its directory cannot be read)",
            mend="copy or download it again, or open and save it in Excel",
            file=file,
        ) from error
    if "EncryptedPackage" in names:
        raise locked(file)
    if names & {"Workbook", "Book", "WORKBOOK", "BOOK"}:
        return "xls"
    for name, what in (
        ("WordDocument", "a Word document"),
        ("PowerPoint Document", "a PowerPoint presentation"),
        ("VisioDocument", "a Visio drawing"),
        ("__properties_version1.0", "an Outlook message"),
    ):
        if name in names:
            raise InputError(f"this is {what}, not a spreadsheet", mend=SAVE_AS, file=file)
    raise InputError("this file holds no workbook", mend=SAVE_AS, file=file)


def locked(file: str) -> InputError:
    """The error for a workbook that asks for a password."""
    return InputError(
        "the workbook is protected by a password and cannot be opened",
        mend="save a copy without the password (File > Info > Protect Workbook) and give that",
        file=file,
    )
