"""Small XML files and parts of a workbook, read by expat with document types refused and nesting bounded."""

from __future__ import annotations

from dataclasses import dataclass
from xml.parsers import expat

from bomrisk.errors import InputError


@dataclass(frozen=True, slots=True)
class Element:
    """A start tag: its local name, its attributes by local name, how deep it stands, and its text."""

    name: str
    attributes: dict[str, str]
    depth: int
    text: str = ""


def elements(
    data: bytes, *, file: str, part: str | None, depth: int, most: int | None = None
) -> list[Element]:
    """All elements of an XML part of a workbook, or of the file itself, in document order.

    Raises InputError for a document type (the door for entities that read other files or grow
    without end), for nesting deeper than `depth`, for more than `most`
    elements, and for XML that is not well-formed.
    """
    found: list[Element] = []
    level = 0

    def refuse(why: str) -> InputError:
        return InputError(
            f"the part {part!r} of the workbook {why}" if part else f"the XML {why}",
            mend="do not trust this file; ask its sender for a clean copy",
            file=file,
        )

    def doctype(*_: object) -> None:
        raise refuse("declares a document type, which it never needs")

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal level
        level += 1
        if level > depth:
            raise refuse(f"nests its elements deeper than {depth}")
        if most is not None and len(found) >= most:
            raise refuse(f"holds more than {most:,} elements")
        local = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append(Element(name.rpartition(":")[2], local, level))

    def end(_: str) -> None:
        nonlocal level
        level -= 1

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = doctype
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        raise refuse(f"is not well-formed XML ({expat.ErrorString(error.code)})") from error
    except (LookupError, ValueError) as error:
        raise refuse("names an encoding that does not exist") from error
    return found
