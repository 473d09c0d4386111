"""A computer whose Python has no SM3: it is worked out by hand, and where that takes too long, that is said."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from mujun.proof.archive import make_archive
from mujun.proof.offline import hashes, manifest
from mujun.proof.package import Packed
from mujun.proof.verify import verify_bundle
from tests.proof.lists import bundle_of

WITHOUT = """\
import hashlib, runpy, sys
whole = hashlib.new
def without(name, *more, **named):
    if name == "sm3":
        raise ValueError("unsupported hash type sm3")
    return whole(name, *more, **named)
hashlib.new = without
sys.argv = ["verify.py"]
runpy.run_path("verify.py", run_name="__main__")
"""


def test_small_bundle_is_checked_with_sm3_by_hand(tmp_path: Path) -> None:
    for name, content in bundle_of().items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(content)
    command = [sys.executable, "-X", "utf8", "-c", WITHOUT]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False)

    assert (done.returncode, done.stderr) == (0, "")
    assert "SM3" not in done.stdout.partition("      SHA-256")[0]
    assert done.stdout.splitlines()[-1] == "结论：核对过的都相符。没有核对的见上。"


def test_large_file_is_said_to_be_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    large = Packed("minutes/scan.pdf", "纪要扫描件", bytes(hashes.MOST_BYTES_BY_HAND + 1))
    archive = make_archive("2019年", [large])
    for room in (hashes, manifest):
        monkeypatch.setattr(room, "SM3_AT_HAND", False)
    monkeypatch.setattr(hashes, "SM3", hashes.sm3_by_hand)

    verified = verify_bundle(archive)

    said = [finding.message for finding in verified.findings]
    assert "这台电脑的 Python 不带 SM3，大文件只核对了 SHA-256，没有核对 SM3。" in said
    assert verified.held == ("清单里的3个文件都在，每个字节都与指纹相符。",)
    changed = {**archive, large.path: large.data[:-1] + b"x"}
    assert next(finding.file for finding in verify_bundle(changed).findings) == large.path
