"""Fetch the third-party browser files that the project carries, pinned by version and integrity hash.

    python tools/vendor_assets.py           fetch (needs npm and a registry) and rewrite the folders
    python tools/vendor_assets.py --check   only compare the files in the tree with their recorded hashes

Each package comes through `npm pack`; its tarball must have the sha512 written below, which is the
integrity value that the registry publishes for that version. Of Tabulator only the parts that the report
uses are kept: the script is bundled from its sources by esbuild, pinned too, the style sheet is cut to the
rules that can apply, and both results must have the sha256 written below. The licence is kept beside
the files, and `vendored.json` says where every file came from.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
RECORD = "vendored.json"
BUNDLER = "esbuild@0.28.2"


@dataclass(frozen=True, slots=True)
class Bundle:
    """A file built from the sources of a package: entry in this folder, name, and sha256 of the result."""

    entry: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A style sheet cut to what is used: source in the package, name, and sha256 of the result."""

    source: str
    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Vendored:
    """One npm package: version, integrity of its tarball, the files kept of it, and what is built."""

    package: str
    version: str
    integrity: str
    licence: str
    folder: str
    files: tuple[str, ...]
    used_for: str
    bundle: Bundle | None = None
    sheet: Sheet | None = None

    @property
    def made(self) -> dict[str, str]:
        """Files made from the package: name to sha256."""
        return {item.name: item.sha256 for item in (self.bundle, self.sheet) if item}

    @property
    def names(self) -> tuple[str, ...]:
        """Names of the files in the folder."""
        return (*(Path(name).name for name in self.files), *self.made)


UNUSED = re.compile(
    r"tabulator-(?:alert|block-select|calcs|cell\.tabulator-editing|col-group|col-vertical|cross"
    r"|data-tree|edit|footer|frozen|group|header-filter|header-popup|menu|moving|page|paginator|popup"
    r"|print|range|responsive-collapse|row-handle|row-moving|row-resize|rtl|selectable|selected"
    r"|spreadsheet|tick|title-editor|toggle|tooltip|traffic|validation)"
)
"""Class names in selectors of features that the report does not use."""


PACKAGES = (
    Vendored(
        package="tabulator-tables",
        version="6.5.3",
        integrity="sha512-nJ2QaqZzQvd9B4rf4LBnRxfb6sSqA/BX2OsXnSJ2d8k21oXDSTtFtOUrDap04a/6BDGivC/MByCxy43ugadJIg==",
        licence="MIT",
        folder="templates/vendor/tabulator",
        files=("LICENSE",),
        used_for="the table of lines in the HTML report",
        bundle=Bundle(
            "tabulator_entry.mjs",
            "tabulator.js",
            "b8ff8322b3bffc01baa579396cc470f7acb141dce6cdd7e3d854bbaa40b06ddd",
        ),
        sheet=Sheet(
            "dist/css/tabulator.css",
            "tabulator.css",
            "cfd4995f283e11c9f2a54a7825d600db550b8e1d43989e588cab0238a4637c4f",
        ),
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


def run(command: list[str], folder: Path) -> None:
    """Run a command in a folder; ends with what it said if it fails."""
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed: {done.stderr.strip()}")


def fetch(item: Vendored) -> dict[str, bytes]:
    """The kept files of one package by file name; ends with a message if a hash differs."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        run(["npm", "pack", "--silent", f"{item.package}@{item.version}"], folder)
        (tarball,) = folder.glob("*.tgz")
        found = "sha512-" + base64.b64encode(hashlib.sha512(tarball.read_bytes()).digest()).decode()
        if found != item.integrity:
            sys.exit(f"{item.package}@{item.version}: integrity is {found}, not {item.integrity}")
        with tarfile.open(tarball) as archive:
            archive.extractall(folder, filter="data")
        package = folder / "package"
        kept = {Path(n).name: (package / n).read_bytes() for n in item.files}
        licence = (package / "LICENSE").read_text(encoding="utf-8").strip()
        if item.bundle:
            notice = f"/*! {item.package} {item.version}\n\n{licence}\n*/"
            kept[item.bundle.name] = bundled(item.bundle, notice, folder)
        if item.sheet:
            kept[item.sheet.name] = trimmed((package / item.sheet.source).read_text("utf-8"))
        for made, wanted in item.made.items():
            if sha256(kept[made]) != wanted:
                sys.exit(f"{made}: sha256 is {sha256(kept[made])}, not {wanted}")
        return kept


def trimmed(sheet: str) -> bytes:
    """The sheet without comments and without the rules that only unused features need."""
    sheet = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    sheet = re.sub(r"@media \(hover: ?hover\)[^{]*\{((?:[^{}]*\{[^{}]*\})*)\s*\}", r"\1", sheet)
    rules = []
    for selectors, body in re.findall(r"([^{}]+)\{([^{}]*)\}", sheet):
        used = [s.strip() for s in selectors.split(",") if not UNUSED.search(s)]
        if used:
            rules.append(f"{','.join(used)}{{{' '.join(body.split())}}}")
    return ("\n".join(rules) + "\n").encode()


def bundled(bundle: Bundle, notice: str, folder: Path) -> bytes:
    """The parts that the entry names, as one script under its licence."""
    run(["npm", "install", "--silent", "--no-save", "--ignore-scripts", BUNDLER], folder)
    (folder / bundle.entry).write_bytes((ROOT / "tools" / "vendor" / bundle.entry).read_bytes())
    run(
        [
            "node_modules/.bin/esbuild", bundle.entry, "--bundle", "--minify", "--format=iife",
            "--target=es2020", "--charset=utf8", f"--banner:js={notice}", f"--outfile={bundle.name}",
        ],
        folder,
    )  # fmt: skip
    return (folder / bundle.name).read_bytes()


def record(item: Vendored, files: dict[str, bytes]) -> str:
    """The text of `vendored.json` for one package."""
    document: dict[str, Any] = {
        "package": item.package,
        "version": item.version,
        "integrity": item.integrity,
        "licence": item.licence,
        "used_for": item.used_for,
        "files": {name: sha256(data) for name, data in sorted(files.items())},
    }
    if item.bundle:
        document["bundle"] = {
            "file": item.bundle.name,
            "entry": f"tools/vendor/{item.bundle.entry}",
            "bundler": BUNDLER,
        }
    if item.sheet:
        document["sheet"] = {"file": item.sheet.name, "cut_from": item.sheet.source}
    return json.dumps(document, indent=2) + "\n"


def check(root: Path = ROOT) -> list[str]:
    """What is wrong with the files in the tree; empty if each has its recorded hash and pinned version."""
    wrong = []
    for item in PACKAGES:
        folder = root / item.folder
        absent = [name for name in (*item.names, RECORD) if not (folder / name).is_file()]
        if absent:
            wrong.append(f"{item.folder}: missing {', '.join(absent)}")
            continue
        files = {name: (folder / name).read_bytes() for name in item.names}
        if (folder / RECORD).read_text(encoding="utf-8") != record(item, files):
            wrong.append(f"{item.folder}: files are not those recorded in {RECORD}")
        wrong += [
            f"{item.folder}: {name} is not the pinned one"
            for name, wanted in item.made.items()
            if sha256(files[name]) != wanted
        ]
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
