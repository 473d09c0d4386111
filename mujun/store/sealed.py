"""A sealed dataset as it lies in its folder: data, sources, manifest. Opened only when its bytes are those sealed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import polars as pl
from attrs import frozen

from mujun.digest import digest_file
from mujun.findings import CannotGoOn, Finding, Severity

DATA, SOURCES, MANIFEST = "data.parquet", "sources.parquet", "manifest.json"


@frozen(eq=False)
class Sealed:
    """`hash` is the manifest's, which holds the hashes of the other files, and names the folder."""

    hash: str
    folder: Path
    manifest: dict[str, Any]

    @property
    def data(self) -> Path:
        return self.folder / DATA

    def sources(self) -> pl.LazyFrame:
        return pl.scan_parquet(self.folder / SOURCES, glob=False)

    def batch(self, seq: int) -> dict[str, Any]:
        """What the manifest says of a batch."""
        found: dict[str, Any] = next(one for one in self.manifest["batches"] if one["seq"] == seq)
        return found


def open_sealed(path: Path) -> Sealed:
    """From its folder or a file in it. Raises CannotGoOn when there is none, or when it is not as it was sealed."""
    folder = (path if path.is_dir() else path.parent).resolve()
    if not (folder / MANIFEST).is_file():
        message = f"“{path}”不是封存的数据集（没有 {MANIFEST}）。"
        mend = "请给出 mujun seal 写出的文件夹，或其中的 data.parquet。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_seal", message, mend)])
    findings = check_sealed(folder)
    if findings:
        raise CannotGoOn(findings)
    manifest = json.loads((folder / MANIFEST).read_bytes())
    return Sealed(folder.name, folder, manifest)


def sealed_beside(data: Path) -> Sealed | None:
    """The sealed dataset that a data file is of; None if it is just a file."""
    sealed = data.name == DATA and (data.parent / MANIFEST).is_file()
    return open_sealed(data) if sealed else None


def check_sealed(folder: Path) -> list[Finding]:
    """Whether folder name, manifest and files agree."""
    place = f"sealed/{folder.name}"
    manifest = folder / MANIFEST
    if not manifest.is_file():
        return [_broken(place, f"少了 {MANIFEST}")]
    if digest_file(manifest).sha256 != folder.name:
        return [_broken(place, f"{MANIFEST} 与封存时的指纹不符")]
    findings = []
    for name, digest in json.loads(manifest.read_bytes())["files"].items():
        path = folder / name
        if not path.is_file():
            findings.append(_broken(place, f"少了 {name}"))
        elif digest_file(path).as_dict() != digest:
            findings.append(_broken(place, f"{name} 与封存时的指纹不符"))
    return findings


def _broken(place: str, what: str) -> Finding:
    mend = "它不再是封存的那一份：请从备份恢复，或重新封存。"
    return Finding(Severity.ERROR, "seal_broken", f"{what}。", mend, file=place)
