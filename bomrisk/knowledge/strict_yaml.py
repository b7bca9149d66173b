"""YAML as data only: no tags, no aliases, no duplicate keys, of limited size and depth."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from bomrisk.errors import InputError

MAX_BYTES = 8 * 1024 * 1024
"""Greatest size of a file."""
MAX_DEPTH = 24
"""Greatest nesting of lists and mappings."""

_BOOL = "tag:yaml.org,2002:bool"
_TIMESTAMP = "tag:yaml.org,2002:timestamp"
_Base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Loader(_Base):  # type: ignore[misc]
    """Safe loader in which only true and false are booleans (NO is a text) and a date is a text."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag not in (_BOOL, _TIMESTAMP)]
    for first, resolvers in _Base.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(_BOOL, re.compile(r"^(?:true|false)$"), ["t", "f"])


def read_yaml(path: Path) -> tuple[Any, bytes]:
    """The content of a YAML file, and its bytes.

    Raises `InputError` for a file that is missing, too large or too deep, that is no text in UTF-8, or
    that is no plain YAML: with an alias, a tag, a second document or a key that stands twice.
    """
    content = _bytes(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _wrong(path, "is no text in UTF-8", "save it as UTF-8") from error
    try:
        _prove_plain(text, path)
        loader = _Loader(text)
        try:
            node = loader.get_single_node()
            _prove_keys(node, path)
            return (None if node is None else loader.construct_document(node)), content
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        what = f"is no YAML: {error.problem or error.context}"
        raise _wrong(path, what, "mend the line", mark.line + 1 if mark else None) from error
    except yaml.YAMLError as error:
        raise _wrong(path, f"is no YAML: {error}", "save it as plain text in UTF-8") from error
    except ValueError as error:
        raise _wrong(
            path, f"holds a value that cannot be read: {error}", "mend the value"
        ) from error


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise _wrong(path, "is a folder", "name the YAML file in it")
        if path.stat().st_size > MAX_BYTES:
            limit = MAX_BYTES // (1024 * 1024)
            raise _wrong(path, f"is larger than {limit} MB", "split it into several files")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise _wrong(path, "does not exist", "check the name") from error
    except OSError as error:
        raise _wrong(path, f"cannot be read ({error.strerror})", "check its permissions") from error


def _prove_plain(text: str, path: Path) -> None:
    """Walk the events, which needs no memory for what they describe."""
    depth = documents = 0
    for event in yaml.parse(text, Loader=_Loader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _wrong(path, "uses an anchor or alias", "write the entry out", line)
        if tag := getattr(event, "tag", None):
            raise _wrong(path, f"uses the tag {tag}", "write plain values", line)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise _wrong(path, f"is nested deeper than {MAX_DEPTH}", "write it flatter", line)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.DocumentStartEvent):
            documents += 1
            if documents > 1:
                raise _wrong(path, "holds several documents", "remove the line '---'", line)


def _prove_keys(node: Any, path: Path) -> None:
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            line = key.start_mark.line + 1
            if not isinstance(key, yaml.ScalarNode):
                raise _wrong(path, "has a key that is no text", "write plain keys", line)
            if key.value in seen:
                raise _wrong(path, f"has the key {key.value!r} twice", "keep one of them", line)
            if key.tag == "tag:yaml.org,2002:merge":
                raise _wrong(path, "uses a merge key", "write the entry out", line)
            seen.add(key.value)
            _prove_keys(value, path)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _prove_keys(value, path)


def _wrong(path: Path, what: str, mend: str, row: int | None = None) -> InputError:
    place = f"line {row}" if row is not None else None
    return InputError(what, mend=mend, file=str(path), path=place)
