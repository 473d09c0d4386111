"""A chain of three events, and all that can be done to it behind its back."""

from __future__ import annotations

from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from mujun.digest import Digest, digest_bytes
from mujun.findings import Finding
from mujun.proof import Link, Point, add_link, point_of, verify_chain


def chain(*events: str) -> list[Link]:
    links: list[Link] = []
    for event in events:
        links.append(add_link(links[-1] if links else None, {"action": event, "by": "王"}))
    return links


def told(findings: list[Finding]) -> list[tuple[str, int | None]]:
    return [(finding.code, finding.line) for finding in findings]


def test_link_is_the_hash_of_its_number_its_content_and_the_link_before() -> None:
    first, second = chain("开", "关")

    assert second.content == '{"action":"关","by":"王"}'
    zero = "0" * 64
    content = r"{\"action\":\"开\",\"by\":\"王\"}"
    assert first.digest.sha256 == digest_bytes(f'mujun/audit/1\n[1,"{content}","{zero}"]'.encode()).sha256
    content = r"{\"action\":\"关\",\"by\":\"王\"}"
    before = first.digest
    assert second.digest.sha256 == digest_bytes(f'mujun/audit/1\n[2,"{content}","{before.sha256}"]'.encode()).sha256
    assert second.digest.sm3 == digest_bytes(f'mujun/audit/1\n[2,"{content}","{before.sm3}"]'.encode()).sm3


def test_whole_chain_has_no_findings() -> None:
    links = chain("甲", "乙", "丙")

    assert verify_chain(links, [point_of(links[1]), point_of(links[2])]) == []
    assert verify_chain([]) == []


def test_p03_deleted_event_is_named() -> None:
    links = chain("甲", "乙", "丙", "丁")

    findings = verify_chain([*links[:1], *links[2:]])

    assert told(findings) == [("link_missing", 2)]
    assert findings[0].message == "留痕第2条不见了。"
    assert told(verify_chain(links[2:])) == [("link_missing", 1)]


def test_p03_reordered_events_are_named() -> None:
    one, two, three, four = chain("甲", "乙", "丙", "丁")

    assert told(verify_chain([one, three, two, four])) == [("link_missing", 2), ("link_moved", 4)]
    swapped = [one, evolve(three, sequence=2), evolve(two, sequence=3), four]  # the numbers put right again
    assert told(verify_chain(swapped))[0] == ("link_broken", 2)
    assert told(verify_chain([one, two, two, three]))[0] == ("link_moved", 3)


def test_p03_altered_event_is_named() -> None:
    one, two, three = chain("甲", "乙", "丙")
    altered = evolve(two, content=two.content.replace("乙", "己"))

    assert told(verify_chain([one, altered, three])) == [("link_broken", 2)]


def test_p03_event_altered_with_its_hashes_breaks_the_next_one() -> None:
    one, _, three = chain("甲", "乙", "丙")
    forged = add_link(one, {"action": "己", "by": "王"})

    assert told(verify_chain([one, forged, three])) == [("link_broken", 3)]


def test_p03_chain_that_was_rewritten_whole_shows_beside_a_point_kept_elsewhere() -> None:
    kept = point_of(chain("甲", "乙", "丙")[1])
    rewritten = chain("甲", "己", "丙")

    assert verify_chain(rewritten) == []  # by itself it looks whole
    assert told(verify_chain(rewritten, [kept])) == [("point_differs", 2)]


def test_p04_cut_off_tail_shows_beside_a_point_kept_elsewhere() -> None:
    links = chain("甲", "乙", "丙")
    kept = point_of(links[2])

    assert verify_chain(links[:2]) == []  # nothing inside the chain can tell
    findings = verify_chain(links[:2], [kept])
    assert told(findings) == [("tail_missing", 3)]
    assert findings[0].message == "留痕末尾被截去：库外留存的校验点是第3条，这里只到第2条。"
    assert told(verify_chain([], [kept])) == [("tail_missing", 1)]


def test_only_sm3_altered_is_seen_as_well() -> None:
    one, two = chain("甲", "乙")
    altered = evolve(two, digest=Digest(two.digest.sha256, one.digest.sm3))

    assert told(verify_chain([one, altered])) == [("link_broken", 2)]
    assert told(verify_chain([one, two], [Point(2, altered.digest)])) == [("point_differs", 2)]


@given(st.lists(st.text(max_size=4), min_size=2, max_size=6), st.data())
def test_p03_no_event_can_be_taken_out_before_the_last(events: list[str], data: st.DataObject) -> None:
    links = chain(*events)
    gone = data.draw(st.integers(0, len(links) - 2))

    assert told(verify_chain(links[:gone] + links[gone + 1 :]))[0] == ("link_missing", gone + 1)
