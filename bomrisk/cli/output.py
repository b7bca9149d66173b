"""Writing results: to files so that nothing is half written and nothing old is lost, and to the screen."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from bomrisk.errors import InputError

if TYPE_CHECKING:
    from rich.console import Console

PIPED_WIDTH = 200
"""Columns of a table that goes into a file or a pipe, where no terminal says how wide it is."""


def console() -> Console:
    """The console on standard output: as wide as the terminal, or wide enough to read from a file."""
    from rich.console import Console

    found = Console(highlight=False)
    if not found.is_terminal and not os.environ.get("COLUMNS"):
        found.width = PIPED_WIDTH
    return found


def write_atomically(path: Path, data: bytes) -> None:
    """Write the bytes beside the target, flush them to disk, and put them in its place in one step.

    Raises `InputError` where the folder is missing or not writable; the old file then stays.
    """
    try:
        handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    except OSError as error:
        raise InputError(
            f"cannot write here ({error.strerror})",
            mend="name a folder that exists and is writable with -o",
            file=str(path),
        ) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except OSError as error:
        Path(name).unlink(missing_ok=True)
        raise InputError(
            f"cannot be replaced ({error.strerror})",
            mend="close it in other programs or name another file with -o",
            file=str(path),
        ) from error
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def write_folder_atomically(folder: Path, fill: Callable[[Path], None]) -> None:
    """Let `fill` write into a new folder beside the target, then put it in the target's place.

    Raises `InputError` where it cannot be written; an older folder of the same name then stays.
    """
    made: Path | None = None
    try:
        made = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        made.chmod(0o755)
        fill(made)
        if folder.is_dir():
            shutil.rmtree(folder)
        made.replace(folder)
    except OSError as error:
        raise InputError(
            f"cannot be written ({error.strerror})",
            mend="name a folder that is writable with -o, with room on its disk",
            file=str(folder),
        ) from error
    finally:
        if made is not None:
            shutil.rmtree(made, ignore_errors=True)
