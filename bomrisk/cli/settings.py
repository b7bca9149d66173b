"""Settings of a folder: bomrisk.toml, else [tool.bomrisk] of pyproject.toml.

Flags and environment variables outrank them.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bomrisk.errors import InputError


def defaults(folder: Path | None = None) -> dict[str, Any]:
    """Default values per command, as click wants them, from the settings file of the folder.

    A file holds a table per command: ``[assess]`` with ``delivery = "2027-02-01"``. Raises
    `InputError` for a file that is no TOML or whose tables are not tables.
    """
    import tomllib

    folder = folder or Path.cwd()
    for name, path in (("bomrisk.toml", ()), ("pyproject.toml", ("tool", "bomrisk"))):
        file = folder / name
        if not file.is_file():
            continue
        try:
            found: Any = tomllib.loads(file.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise InputError(
                f"not readable as TOML ({error})", mend="correct or remove the file", file=name
            ) from error
        for key in path:
            found = found.get(key, {})
        if found:
            return _checked(found, name)
    return {}


def _checked(found: Any, file: str) -> dict[str, Any]:
    checked: dict[str, Any] = {}
    for command, values in found.items():
        if not isinstance(values, dict):
            raise InputError(
                f"{command!r} must be a table of settings of one command",
                mend=f"write it under a heading such as [assess], not as {command} = …",
                file=file,
            )
        checked[command] = {
            key.replace("-", "_"): str(value) if hasattr(value, "isoformat") else value
            for key, value in values.items()
        }
    return checked
