"""The units of a run as people look through them, a unit's walk, a unit about itself, two runs side by side."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import openpyxl
import polars as pl
import pytest
from django.test import Client

from mujun.documents.rows import Column, workbook_of_rows
from mujun.web.actions.evaluate import ask_for_run, carry_out_run
from mujun.web.actions.runs import void_results
from mujun.web.doer import Doer
from mujun.web.living.evaluation import EVALUATED, FROZEN
from mujun.web.living.people import settle_unit
from mujun.web.models import PublicNotice, Round, Run, RunUnit, Track
from mujun.web.queries.comparison import compare_runs
from mujun.web.queries.datasets import sealed_data
from mujun.web.queries.outcomes import initials_of
from tests.web.conftest import PASSWORD
from tests.web.located import chair, freeze_tracks, lock_tracks
from tests.web.shortcuts import jump

AsAt = Callable[[str, datetime], Client]
URL = "/rounds/2019/hightech_zone/"


@pytest.fixture
def frozen(planned: Round, province: Path) -> Run:
    freeze_tracks(planned, province, "hightech_zone")
    return Run.objects.select_related("track__round").get(track__domain="hightech_zone")


def names(browser: Client, query: str) -> set[str]:
    return {unit.name for unit, _ in browser.get(f"{URL}runs/1/{query}").context["rows"]}


def test_units_are_found_by_name_initials_key_and_outcome(frozen: Run, as_: AsAt) -> None:
    browser = as_("c-hightech-zone", FROZEN)
    unit = RunUnit.objects.filter(run=frozen, rank=1).order_by("key")[0]
    selected = set(RunUnit.objects.filter(run=frozen, selected="selected").values_list("name", flat=True))

    assert unit.name in names(browser, f"?q={unit.name[:3]}")
    assert unit.name in names(browser, f"?q={initials_of(unit.name)[:4]}")
    assert names(browser, f"?q={unit.key}") == {unit.name}
    assert names(browser, "?outcome=selected") == selected
    assert names(browser, "?q=没有这样的") == set()
    assert initials_of("杭州高新1号区（示例）") == "hzgx1号q（sl）".replace("号", "h")


def test_the_list_takes_few_queries_however_many_rows(
    frozen: Run, as_: AsAt, django_assert_max_num_queries: Callable[[int], object]
) -> None:
    browser = as_("c-hightech-zone", FROZEN)
    with django_assert_max_num_queries(17):  # type: ignore[attr-defined]
        browser.get(f"{URL}runs/1/")


def test_x10_export_has_the_rows_of_the_page_and_text_stays_text(frozen: Run, as_: AsAt) -> None:
    browser = as_("c-hightech-zone", FROZEN)
    unit = RunUnit.objects.filter(run=frozen, selected="selected").order_by("group", "rank")[0]
    RunUnit.objects.filter(pk=unit.pk).update(name='=HYPERLINK("http://x","点我")')

    data = browser.get(f"{URL}runs/1/units.xlsx?outcome=selected").content

    rows = list(openpyxl.load_workbook(io.BytesIO(data))["名单"].iter_rows(min_row=5))
    assert [row[0].value for row in rows] == list(
        RunUnit.objects.filter(run=frozen, selected="selected")
        .order_by("group", "rank", "key")
        .values_list("key", flat=True)
    )
    cell = next(row[1] for row in rows if row[0].value == unit.key)
    assert (cell.data_type, cell.value) == ("s", '=HYPERLINK("http://x","点我")')
    score = next(row[5] for row in rows if row[0].value == unit.key)
    assert (score.data_type, score.value) == ("n", float(unit.score))


@pytest.mark.parametrize("said", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1"])
def test_x10_text_is_never_a_formula_and_negative_numbers_stay_numbers(said: str) -> None:
    data = workbook_of_rows("表", [Column("文字"), Column("数", number="0.0")], [(said, -1.5)])

    text, number = next(openpyxl.load_workbook(io.BytesIO(data))["名单"].iter_rows(min_row=5))

    assert (text.data_type, number.data_type, number.value) == ("s", "n", -1.5)


def test_a_unit_shows_its_walk_without_any_style_of_its_own(frozen: Run, as_: AsAt) -> None:
    unit = RunUnit.objects.filter(run=frozen, rank=1).order_by("key")[0]

    answer = as_("d-hightech-zone", FROZEN).get(f"{URL}runs/1/units/{unit.key}/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"总分{unit.score}" in page
    assert "<svg" in page
    assert "style=" not in page
    assert "每一步怎样得来" in page


def test_x01_a_unit_sees_itself_from_the_notice_on_and_nobody_else(frozen: Run, as_: AsAt) -> None:
    mine, other = RunUnit.objects.filter(run=frozen, rank__isnull=False).order_by("key")[:2]
    settle_unit(PASSWORD, mine.key, mine.name)
    before = as_(f"e-{mine.key}", FROZEN).get(f"{URL}own/{mine.key}/").status_code
    PublicNotice.objects.create(
        round=frozen.track.round, number=1, list_hash="0" * 64, opens_at=EVALUATED, ends_at=FROZEN, contact="x",
        ways="x", basis="x", drafted_by=chair(frozen.track, "c"), drafted_at=EVALUATED,
        opened_by=chair(frozen.track, "d"), opened_at=EVALUATED,
    )  # fmt: skip
    browser = as_(f"e-{mine.key}", FROZEN)

    own = browser.get(f"{URL}own/{mine.key}/")
    rest = [
        browser.get(URL + path).status_code
        for path in (f"own/{other.key}/", "runs/", "runs/1/", f"runs/1/units/{mine.key}/", "runs/1/units.xlsx", "list/")
    ]

    assert before == 403
    assert own.status_code == 200
    assert f"总分{mine.score}" in own.content.decode()
    assert "不在公示的名单上" in own.content.decode()
    assert "看本单位得分和计算过程" in browser.get("/desk/").content.decode()
    assert other.name not in own.content.decode()
    assert set(rest) == {404}


def test_asking_on_the_page_evaluates_at_once_with_the_immediate_queue(
    planned: Round, province: Path, as_: AsAt
) -> None:
    lock_tracks(planned, province, "hightech_zone")
    browser = as_("c-hightech-zone", EVALUATED)

    asked = browser.post(f"{URL}runs/ask/")
    page = browser.get(f"{URL}runs/")

    assert asked.status_code == 302
    assert Run.objects.get().progress == "done"
    assert Track.objects.get(domain="hightech_zone").state == "EVALUATED"
    assert "第1次" in page.content.decode()
    assert as_("d-hightech-zone", FROZEN).post(f"{URL}runs/ask/").status_code == 403


def test_two_runs_side_by_side_say_who_moved_and_what_was_changed(
    frozen: Run, doer: Callable[[str, datetime], Doer], as_: AsAt
) -> None:
    track = Track.objects.select_related("round").get(pk=frozen.track.pk)
    best = RunUnit.objects.filter(run=frozen, group="省级", rank=1)[0]
    same = compare_runs(frozen, frozen)
    void_results(track, reason="补报税收", now=FROZEN)
    change_sealed(track, best.key, tax=1.0)
    jump(track, "COLLECTING", "LOCKED")
    after = carry_out_run(ask_for_run(track=track, by=doer("c-hightech-zone", FROZEN), now=FROZEN), lambda: FROZEN)

    told = compare_runs(frozen, after)
    page = as_("c-hightech-zone", FROZEN).get(f"{URL}runs/{after.number}/against/2019/1/")

    assert (same.came_in, same.went_out, same.moves, same.values_changed) == ((), (), 0, 0)
    assert after.problem == ""
    assert (told.same_data, told.same_rules, told.values_changed, told.rules) == (False, True, 1, ())
    moved = {one.key: one for one in (*told.moved, *told.went_out)}
    assert moved[best.key].places < 0
    assert moved[best.key].changed[0].startswith("税收收入 ")
    assert moved[best.key].changed[0].endswith(" → 1")
    assert page.status_code == 200
    assert "补报税收" in as_("c-hightech-zone", FROZEN).get(f"{URL}runs/").content.decode()


def change_sealed(track: Track, key: str, **values: float) -> None:
    """Another sealed dataset: one unit's values are others."""
    data = sealed_data(track, "hightech_zone")
    frame = pl.read_parquet(data)
    frame = frame.with_columns(
        pl.when(pl.col("code") == key).then(value).otherwise(pl.col(name)).alias(name) for name, value in values.items()
    )
    folder = data.parent.with_name(f"{data.parent.name}-changed")
    folder.mkdir(exist_ok=True)
    frame.write_parquet(folder / data.name)
    sha256 = hashlib.sha256((folder / data.name).read_bytes()).hexdigest()
    track.sealed = {"hightech_zone": {"seal": folder.name, "sha256": sha256, "units": frame.height}}
    track.save(update_fields=["sealed"])


def test_the_page_of_a_run_under_way_shows_how_far_it_is(frozen: Run, as_: AsAt) -> None:
    Run.objects.filter(pk=frozen.pk).update(progress=Run.Progress.RUNNING, step="评分", percent=62)
    text = as_("c-hightech-zone", FROZEN).get(f"{URL}runs/1/").content.decode()
    assert '<progress max="100" value="62">62%</progress>' in text
