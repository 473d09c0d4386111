"""The archive of a round names what was touched."""

from __future__ import annotations

import pytest

from mujun.digest import canonical_record
from mujun.findings import blocking
from mujun.proof import Link, add_link, point_of
from mujun.proof.archive import make_archive
from mujun.proof.package import Packed
from mujun.proof.verify import verify_bundle

LIST = Packed("lists/制造业.json", "2019年制造业名单", b'{"count":1}')
MINUTES = Packed("minutes/2019-09-24.txt", "审定会议纪要", "同意。".encode())


def chain(*events: str) -> list[Link]:
    links: list[Link] = []
    for event in events:
        links.append(add_link(links[-1] if links else None, {"action": event}))
    return links


LINKS = chain("方案印发", "审定", "印发")
ARCHIVE = make_archive("2019年", [LIST, MINUTES], LINKS, [point_of(LINKS[2])])


def wrong(files: dict[str, bytes]) -> list[tuple[str, str]]:
    return [(finding.file, finding.message) for finding in blocking(verify_bundle(files).findings)]


def test_whole_archive_holds() -> None:
    verified = verify_bundle(ARCHIVE)

    assert verified.held == ("清单里的6个文件都在，每个字节都与指纹相符。", "留痕3条首尾相接，没有增删改换。")
    assert [finding.code for finding in verified.findings] == ["not_checked"]


def test_p02_flipped_byte_of_an_archived_list_names_the_list() -> None:
    changed = LIST.data.replace(b"1", b"2")

    assert wrong({**ARCHIVE, LIST.path: changed}) == [(LIST.path, "2019年制造业名单被改动：与清单里的指纹不符。")]
    lost = {path: data for path, data in ARCHIVE.items() if path != LIST.path}
    assert wrong(lost) == [(LIST.path, "2019年制造业名单不见了。")]


def test_p03_p04_chain_of_an_archive_that_was_made_anew_is_checked_itself() -> None:
    gone = make_archive("2019年", [LIST, MINUTES], [LINKS[0], LINKS[2]], [point_of(LINKS[2])])
    assert wrong(gone) == [("audit/chain.jsonl 第2条", "第2条不见了。")]
    cut = make_archive("2019年", [LIST, MINUTES], LINKS[:2], [point_of(LINKS[2])])
    assert wrong(cut) == [
        ("audit/chain.jsonl 第3条", "末尾被截去：库外留存的校验点是第3条，这里只到第2条。"),
    ]


def test_archive_without_points_says_that_a_cut_could_not_be_missed() -> None:
    verified = verify_bundle(make_archive("2019年", [LIST], LINKS))

    said = [finding.message for finding in verified.findings]
    assert "没有库外留存的校验点，留痕末尾是否被截去，无从得知。" in said


def test_broken_chain_file_does_not_stop_the_checks() -> None:
    broken = make_archive("2019年", [Packed("audit/chain.jsonl", "留痕", canonical_record({"a": 1}) + b"\n")])

    assert wrong(broken) == [("audit/chain.jsonl", "被改动：不是生成时的格式，读不出来。")]


@pytest.mark.parametrize("path", ["../a", "/a", "a//b", "a\\b", "c:a", "manifest.json", "verify.py"])
def test_paths_that_could_lie_elsewhere_or_twice_are_refused(path: str) -> None:
    with pytest.raises(ValueError, match=r"path|two files"):
        make_archive("2019年", [Packed(path, "某", b"")])
