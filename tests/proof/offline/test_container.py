"""What comes from anywhere is read with care: nothing is inflated, nothing lies outside, no file stops the reading."""

from __future__ import annotations

import io
import zipfile

import pytest

from mujun.digest import canonical_record, digest_bytes
from mujun.proof.offline.account import Account
from mujun.proof.offline.container import is_plain, read_zip, stored_zip
from mujun.proof.offline.manifest import check_manifest


def codes(data: bytes) -> list[str]:
    account = Account()
    read_zip(data, account)
    return [code for code, _, _ in account.failed]


def test_stored_zip_is_read_by_others() -> None:
    files = {"b.txt": b"2", "名单/a.txt": b""}
    with zipfile.ZipFile(io.BytesIO(stored_zip(files))) as archive:
        assert archive.testzip() is None
        assert {name: archive.read(name) for name in archive.namelist()} == files
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_order_of_the_files_does_not_matter() -> None:
    assert stored_zip({"a": b"1", "b": b"2"}) == stored_zip({"b": b"2", "a": b"1"})


def test_compressed_entries_are_not_inflated() -> None:
    """Ten mebibytes of zeros in ten kibibytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(10 << 20))
    account = Account()

    assert read_zip(buffer.getvalue(), account) == {}
    assert [place for _, place, _ in account.failed] == ["bomb"]


def test_entries_that_would_lie_elsewhere_are_refused() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("../../etc/x", b"1")

    assert codes(buffer.getvalue()) == ["zip_shell"]


def test_bytes_before_after_and_between_are_noticed() -> None:
    whole = stored_zip({"a": b"1"})

    assert codes(whole) == []
    assert codes(b"x" + whole) == ["zip_shell"]
    assert codes(whole + b"x") == ["zip_shell"]
    assert codes(b"no zip at all") == ["damaged_zip"]
    assert codes(b"") == ["damaged_zip"]


def test_manifest_with_a_path_that_lies_elsewhere_is_refused() -> None:
    entry = {"path": "../a", "label": "某", "size": 1, **digest_bytes(b"1").as_dict()}
    manifest = {"format": "mujun.manifest/1", "kind": "list", "title": "", "files": [entry]}
    own = {**manifest, "own": digest_bytes(canonical_record(manifest)).as_dict()}
    account = Account()

    assert check_manifest({"../a": b"1", "manifest.json": canonical_record(own)}, account) is None
    assert [code for code, _, _ in account.failed] == ["manifest_changed"]


@pytest.mark.parametrize(
    ("path", "plain"),
    [
        ("a", True),
        ("a/b.txt", True),
        ("名单/制造业.json", True),
        ("/a", False),
        ("a/../b", False),
        ("c:a", False),
        ("", False),
    ],
)
def test_plain_paths(path: str, plain: bool) -> None:
    assert is_plain(path) is plain
