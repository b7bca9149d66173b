"""Fetch the third-party browser files that the project carries, pinned by version and integrity hash.

    python tools/vendor_assets.py           fetch (needs npm and a registry) and rewrite the folders
    python tools/vendor_assets.py --check   only compare the files in the tree with their recorded hashes

Each package comes through `npm pack`; its tarball must have the sha512 written below, which is the
integrity value that the registry publishes for that version. The licence is kept beside the files, and
`vendored.json` in each folder says where every file came from.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECORD = "vendored.json"


@dataclass(frozen=True, slots=True)
class Vendored:
    """One npm package: version, integrity of its tarball, and the files that are kept of it."""

    package: str
    version: str
    integrity: str
    licence: str
    folder: str
    files: tuple[str, ...]
    used_for: str


PACKAGES = (
    Vendored(
        package="tabulator-tables",
        version="6.5.3",
        integrity="sha512-nJ2QaqZzQvd9B4rf4LBnRxfb6sSqA/BX2OsXnSJ2d8k21oXDSTtFtOUrDap04a/6BDGivC/MByCxy43ugadJIg==",
        licence="MIT",
        folder="templates/vendor/tabulator",
        files=("dist/js/tabulator.min.js", "dist/css/tabulator.min.css", "LICENSE"),
        used_for="the table of lines in the HTML report",
    ),
    Vendored(
        package="axe-core",
        version="4.14.1",
        integrity="sha512-FHfa+lmNjQZfJz1q8wKqIDwC6DExcHt/pkjNQb09a3NPjCKg2rhu5qb2S4r76ASyFNNtuFooJpZe37OgudVGtQ==",
        licence="MPL-2.0",
        folder="tests/data/vendor/axe-core",
        files=("axe.min.js", "LICENSE", "LICENSE-3RD-PARTY.txt"),
        used_for="the accessibility test of the HTML report; not shipped",
    ),
)


def sha256(data: bytes) -> str:
    """The sha256 of the bytes as hex."""
    return hashlib.sha256(data).hexdigest()


def fetch(item: Vendored) -> dict[str, bytes]:
    """The kept files of one package by file name; ends with a message if the integrity differs."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run(
            ["npm", "pack", "--silent", f"{item.package}@{item.version}"],
            cwd=folder,
            capture_output=True,
            text=True,
            check=False,
        )
        tarballs = sorted(Path(folder).glob("*.tgz"))
        if done.returncode or len(tarballs) != 1:
            sys.exit(f"npm pack {item.package}@{item.version} failed: {done.stderr.strip()}")
        data = tarballs[0].read_bytes()
        found = "sha512-" + base64.b64encode(hashlib.sha512(data).digest()).decode()
        if found != item.integrity:
            sys.exit(f"{item.package}@{item.version}: integrity is {found}, not {item.integrity}")
        kept: dict[str, bytes] = {}
        with tarfile.open(tarballs[0]) as archive:
            for name in item.files:
                member = archive.extractfile(f"package/{name}")
                if member is None:
                    sys.exit(f"{item.package}@{item.version} has no file {name}")
                kept[Path(name).name] = member.read()
        return kept


def record(item: Vendored, files: dict[str, bytes]) -> str:
    """The text of `vendored.json` for one package."""
    document = {
        "package": item.package,
        "version": item.version,
        "integrity": item.integrity,
        "licence": item.licence,
        "used_for": item.used_for,
        "files": {name: sha256(data) for name, data in sorted(files.items())},
    }
    return json.dumps(document, indent=2) + "\n"


def check(root: Path = ROOT) -> list[str]:
    """What is wrong with the files in the tree; empty if each has its recorded hash and pinned version."""
    wrong = []
    for item in PACKAGES:
        folder = root / item.folder
        names = [Path(name).name for name in item.files]
        absent = [name for name in (*names, RECORD) if not (folder / name).is_file()]
        if absent:
            wrong.append(f"{item.folder}: missing {', '.join(absent)}")
            continue
        files = {name: (folder / name).read_bytes() for name in names}
        if (folder / RECORD).read_text(encoding="utf-8") != record(item, files):
            wrong.append(f"{item.folder}: files are not those recorded in {RECORD}")
    return wrong


def main() -> None:
    """Fetch and write, or check."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare hashes, fetch nothing")
    if not parser.parse_args().check:
        for item in PACKAGES:
            folder = ROOT / item.folder
            folder.mkdir(parents=True, exist_ok=True)
            files = fetch(item)
            for name, data in files.items():
                (folder / name).write_bytes(data)
            (folder / RECORD).write_text(record(item, files), encoding="utf-8")
            print(f"{item.package} {item.version}: {len(files)} files in {item.folder}")
    wrong = check()
    for line in wrong:
        print(line, file=sys.stderr)
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
