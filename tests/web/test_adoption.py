"""Domain ①: the document published elsewhere is recorded, its differences from our ranking explained, and adopted."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from mujun.web.actions.adoption import explain_differences, record_document
from mujun.web.actions.refused import Refused
from mujun.web.actions.step import propose, take
from mujun.web.doer import Doer
from mujun.web.evidence import keep
from mujun.web.living.evaluation import DRAWN, SIGNED, SUBMITTED
from mujun.web.models import AdoptedDocument, Round, Track
from mujun.web.queries.adoption import differences_of, match_names, ranked_units, told_document
from tests.web.located import freeze_tracks

DoerAt = Callable[[str, datetime], Doer]
SCAN = b"%PDF-1.4\n%%EOF\n"


@pytest.fixture
def county(planned: Round, province: Path) -> Track:
    freeze_tracks(planned, province, "county")
    return Track.objects.select_related("round").get(domain="county")


def record(track: Track, doer: DoerAt, keys: list[str], scan: bytes = SCAN) -> None:
    record_document(
        track=track,
        title="示例名单（虚构）",
        document_number="示例〔2019〕1号",
        dated=date(2019, 5, 8),
        scan_hash=keep(scan) if scan else "",
        keys=keys,
        by=doer("a", DRAWN),
        now=DRAWN,
    )


def test_w21_document_and_explained_differences_are_there_before_a_list_is_adopted(county: Track, doer: DoerAt) -> None:
    best = ranked_units(county)
    clerk, head = doer("a", DRAWN), doer("b", DRAWN)
    record(county, doer, [best[0].key, best[1].key, best[3].key], scan=b"")

    with pytest.raises(Refused) as bare:
        propose("T7a", county, told_document(county), by=clerk, now=DRAWN)
    record(county, doer, [best[0].key, best[1].key, best[3].key])
    with pytest.raises(Refused) as silent:
        propose("T7a", county, told_document(county), by=clerk, now=DRAWN)
    why = {best[2].name: "名单上没有", best[3].name: "督查激励另看改革工作"}
    explain_differences(track=county, explained=why, by=clerk, now=DRAWN)
    propose("T7a", county, told_document(county), by=clerk, now=DRAWN)
    take("T7a", county, by=head, now=DRAWN)
    take("T8a", county, by=doer("b", SIGNED), now=SIGNED)
    take("T9", county, by=doer("b", SUBMITTED), now=SUBMITTED)

    assert [one.code for one in bare.value.reasons] == ["adopted_incomplete", "difference_unexplained"]
    assert "扫描件" in bare.value.reasons[0].message
    assert [one.code for one in silent.value.reasons] == ["difference_unexplained"]
    assert [(one.unit.name, one.on_list, one.why) for one in differences_of(county)] == [
        (best[2].name, False, "名单上没有"),
        (best[3].name, True, "督查激励另看改革工作"),
    ]
    nomination = county.nominations.get()
    assert list(nomination.items.values_list("key", flat=True)) == [best[0].key, best[1].key, best[3].key]
    assert (nomination.drafted_by, nomination.signed_by) == (clerk.person, head.person)
    assert county.state == "SUBMITTED"


def test_the_list_adopted_is_to_the_letter_the_one_proposed(county: Track, doer: DoerAt) -> None:
    best = ranked_units(county)
    record(county, doer, [best[0].key])
    propose("T7a", county, told_document(county), by=doer("a", DRAWN), now=DRAWN)
    AdoptedDocument.objects.update(document_number="示例〔2019〕2号")

    with pytest.raises(Refused) as refused:
        take("T7a", county, by=doer("b", DRAWN), now=DRAWN)

    assert [one.code for one in refused.value.reasons] == ["document_changed"]
    assert Track.objects.get(pk=county.pk).state == "FROZEN"


def test_one_person_neither_signs_what_he_adopted_nor_accepts_what_he_signed(county: Track, doer: DoerAt) -> None:
    best = ranked_units(county)
    record(county, doer, [best[0].key])
    propose("T7a", county, told_document(county), by=doer("a", DRAWN), now=DRAWN)
    take("T7a", county, by=doer("b", DRAWN), now=DRAWN)
    take("T8a", county, by=doer("b", SIGNED), now=SIGNED)
    take("T9", county, by=doer("b", SUBMITTED), now=SUBMITTED)
    propose("T10", county, by=doer("a", SUBMITTED), now=SUBMITTED)

    with pytest.raises(Refused) as refused:
        take("T10", county, by=doer("b", SUBMITTED), now=SUBMITTED)
    take("T10", county, by=doer("b2", SUBMITTED), now=SUBMITTED)

    assert [one.code for one in refused.value.reasons] == ["second_person"]
    assert county.nominations.get().accepted_by == doer("b2", SUBMITTED).person


def test_pasted_names_are_matched_and_strangers_are_told(county: Track) -> None:
    by_county = {unit.county: unit.key for unit in ranked_units(county)}

    keys, unknown = match_names(county, "余杭区、德清县，\n乌有县；余杭区")

    assert (keys, unknown) == ([by_county["余杭区"], by_county["德清县"]], ["乌有县"])


def test_the_page_records_the_document_and_its_differences(
    county: Track, as_: Callable[[str, datetime], Client]
) -> None:
    browser = as_("a", DRAWN)
    url = "/rounds/2019/county/adoption/"
    typed = {
        "title": "示例名单（虚构）",
        "document_number": "示例〔2019〕1号",
        "dated": "2019-05-08",
        "pasted": "余杭区、乌有县",
    }

    wrong = browser.post(url, {**typed, "scan": SimpleUploadedFile("a.pdf", SCAN)})
    right = browser.post(url, {**typed, "pasted": "余杭区", "scan": SimpleUploadedFile("a.pdf", SCAN)})
    page = browser.get(url).content.decode()

    assert "这些不是评议范围内的县（市、区）：乌有县。" in wrong.content.decode()
    assert right.status_code == 302
    assert "示例〔2019〕1号" in page
    assert AdoptedDocument.objects.get().explained == {}
