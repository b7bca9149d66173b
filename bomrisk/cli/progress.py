"""A progress bar on a terminal, and silence anywhere else."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager


@contextmanager
def progress_bar(title: str, stages: Sequence[str]) -> Iterator[Callable[[str], None]]:
    """Yield a function that is told each stage as it begins; a terminal shows it as a bar."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(title, total=len(stages))

        def begin(stage: str) -> None:
            bar.update(task, completed=stages.index(stage), description=f"{title}: {stage}")

        yield begin
