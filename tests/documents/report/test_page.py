"""The report in a real browser: it stands alone, everyone can use it, and every count is that of the list under it."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from tests.browser import DESK, PHONE, Visit, visit
from tests.documents.report.conftest import FIRMS, SCHEME, Written

Counts = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def opened(province: Path) -> Iterator[Visit]:
    with visit(province / "report.html") as visited:
        yield visited


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_page_stands_alone_and_fits(province: Path, width: int) -> None:
    with visit(province / "report.html", width) as visited:
        assert visited.too_wide() == 0
        visited.unfold()
        assert visited.too_wide() == 0
        assert (visited.complaints, visited.requests) == ([], [])
        assert visited.page.locator("script, link, img, iframe").count() == 0


@pytest.mark.parametrize("width", [PHONE, DESK])
def test_everyone_can_use_it(report: Callable[..., Written], width: int) -> None:
    """A small report has all kinds of parts; axe takes minutes for that of a province."""
    with visit(report(last=FIRMS[:3], label="示例数据").page, width) as visited:
        assert visited.page.locator("figure").count() == 6
        assert visited.violations() == []


def test_index_has_every_domain_in_the_order_of_the_round_and_adds_up(opened: Visit, counted: Counts) -> None:
    domains = [text.removeprefix("#") for text in _links(opened, "#counts tbody th a")]
    assert domains == [
        "county", "characteristic_town", "economic_zone", "hightech_zone", "micro_park", "manufacturing",
        "manufacturing_below_scale", "services",
    ]  # fmt: skip
    assert opened.texts("section.domain > h2")[0].startswith("县（市、区）“亩均论英雄”改革领跑者")
    keys = ("units", "not_eligible", "eligible", "exempt", "without_score", "ranked", "selected", "reserve")
    for column, key in enumerate(keys, start=3):
        *each, total = opened.numbers(f"#counts tbody tr > :nth-child({column})")
        assert each == [counted[domain][key] for domain in domains]
        assert total == sum(each)


def test_opening_sentence_says_what_the_index_counts(opened: Visit, counted: Counts) -> None:
    adopted = counted["county"]["selected"]
    total = {
        key: sum(one[key] for one in counted.values()) for key in ("units", "eligible", "ranked", "selected", "reserve")
    }
    assumptions = len(opened.texts(".assumptions li"))
    assert opened.texts("main > .lead") == [
        f"8份方案共收到{total['units']:,}个单位的数据，{total['eligible']:,}个参评，{total['ranked']:,}个有名次；"
        f"拟入选{total['selected'] - adopted}个，备选{total['reserve']}个，另有{adopted}个由参照名单确定。"
        f"各项规则里还有{assumptions}处假设，所以这是试算，可以讨论，不得发布。"
    ]


def test_lists_are_as_long_as_their_headings_say(opened: Visit, province: Path, counted: Counts) -> None:
    for domain, counts in counted.items():
        rows = opened.texts(f"#{domain} .listing tbody tr[data-selected] > th")
        every = opened.texts(f"#{domain} .listing tbody tr > th")
        assert len(rows) == counts["selected"]
        assert len(every) == counts["selected"] + counts["reserve"]
        units = pl.read_csv(province / domain / "units.csv", infer_schema=False)
        assert sorted(rows) == sorted(units.filter(pl.col("selected") == "true")["name"])
        for group in opened.page.locator(f"#{domain} details.list").all():
            said = [int(number) for number in re.findall(r"(\d+)个", group.locator("summary").text_content() or "")]
            taken = group.locator("tbody tr[data-selected]").count()
            assert said in ([taken], [taken, group.locator("tbody tr").count() - taken])


def test_tables_of_counts_add_up(opened: Visit, counted: Counts) -> None:
    for domain, counts in counted.items():
        table = f"#{domain} .scroll[aria-label$='各组单位数'] tbody tr"
        for column, key in enumerate(("eligible", "exempt", "without_score", "ranked", "selected", "reserve"), start=2):
            *groups, total = opened.numbers(f"{table} > :nth-child({column})")
            assert total == counts[key]
            assert not groups or sum(groups) == total
        if counts["not_eligible"]:
            *reasons, total = opened.numbers(f"#{domain} .scroll[aria-label$='不参评的原因'] tbody td")
            assert total == sum(reasons) == counts["not_eligible"]


def test_figures_show_as_many_as_are_counted(opened: Visit, counted: Counts) -> None:
    for domain, counts in counted.items():
        place = f"#{domain} .scroll[aria-label"
        assert sum(opened.numbers(f"{place}$='得分分布的表格'] td:nth-child(3)")) == counts["ranked"]
        assert sum(opened.numbers(f"{place}$='得分分布的表格'] td:nth-child(4)")) == counts["selected"]
        if opened.page.locator(f"{place}$='在哪里的表格']").count():
            assert sum(opened.numbers(f"{place}$='在哪里的表格'] td:nth-child(3)")) == counts["selected"]
        for tiers in ("各组档次比例", "各市档次比例"):
            if "tiers" in counts:
                assert sum(opened.numbers(f"{place}$='{tiers}的表格'] td:last-child")) == counts["ranked"]


def test_findings_and_assumptions_are_as_many_as_said(opened: Visit, counted: Counts) -> None:
    for domain in counted:
        text = opened.texts(f"#{domain}")[0]
        *kinds, total = opened.numbers(f"#{domain} .scroll[aria-label$='的发现'] td:last-child")
        important = len(opened.texts(f"#{domain} .important li"))
        rest = re.search(r"看其余(\d+)处", text)
        assert sum(kinds) == total == important + (int(rest[1]) if rest else 0)
        assert f"读取和评价中共发现{total}处" in text
        rules, assumptions = re.search(r"看(\d+)项规则和(\d+)处假设", text).groups()  # type: ignore[union-attr]
        assert len(opened.texts(f"#{domain} table.rules tbody th")) == int(rules)
        assert len(opened.texts(f"#{domain} .assumptions li")) == int(assumptions)


def test_every_rule_has_its_clause_or_leads_to_its_assumption(opened: Visit) -> None:
    said = opened.texts("table.rules .why")
    assert all(text.startswith(("假设", "浙", "《")) for text in said)
    targets = opened.page.eval_on_selector_all(".assumptions li", "all => all.map(one => '#' + one.id)")
    assert len(targets) == len(set(targets)) > 200
    assert set(_links(opened, "table.rules .why a")) <= set(targets)


def test_newcomers_and_leavers_are_named(opened: Visit, counted: Counts) -> None:
    said = re.compile(r"的(\d+)个中，(\d+)个上一轮也在，(\d+)个是新的；上一轮的(\d+)个这一轮不在了")
    found = {domain: said.search(opened.texts(f"#{domain}")[0]) for domain in counted}
    compared = {domain: [int(number) for number in one.groups()] for domain, one in found.items() if one}
    assert len(compared) > 4
    for domain, (selected, stayed, came, left) in compared.items():
        names = opened.texts(f"#{domain} dl.changes dd")
        assert selected == counted[domain]["selected"] == stayed + came
        assert [0 if name == "没有" else len(name.split("、")) for name in names] == [came, left]


def test_pages_are_marked(opened: Visit) -> None:
    assert opened.texts(".top .mark") == ["内部资料", "示例数据", "试算"]
    assert opened.texts("#services > h2 .mark") == ["示例数据", "试评价", "试算"]


def test_units_on_no_list_are_not_on_the_page(province: Path) -> None:
    html = (province / "report.html").read_text(encoding="utf-8")
    units = pl.read_csv(province / "manufacturing" / "units.csv", infer_schema=False)
    ranked = units.filter(pl.col("rank") != "")
    chosen = set(ranked.filter(pl.col("selected") == "true")["name"])
    named = {name for name in ranked["name"] if name in html}
    assert chosen <= named
    assert len(named) < len(chosen) * 2
    assert "见 manufacturing/units.csv" in html


def test_what_is_folded_on_the_screen_is_printed(province: Path, tmp_path: Path, opened: Visit) -> None:
    opened.page.pdf(path=tmp_path / "report.pdf", prefer_css_page_size=True)
    printed = subprocess.run(
        ["pdftotext", tmp_path / "report.pdf", "-"], capture_output=True, check=True
    ).stdout.decode()
    flat = re.sub(r"\s", "", printed)
    for text in (*opened.texts(".listing tbody th"), *opened.texts("#services .assumptions li")):
        assert re.sub(r"\s", "", text)[:9] in flat
    assert "内部资料" in printed


def test_same_evaluation_same_bytes(report: Callable[..., Written]) -> None:
    first = report(last=FIRMS[:3]).page.read_bytes()
    assert report(last=FIRMS[:3]).page.read_bytes() == first


def test_small_report_says_what_was_found(report: Callable[..., Written]) -> None:
    with visit(report(last=[*FIRMS[1:3], {"key": "9", "name": "九厂", "tax": 1, "land": 1}]).page) as visited:
        assert visited.texts("main > .lead") == [
            "5个企业中，4个参评，4个有名次；拟入选1个，备选1个。各项规则里还有2处假设，所以这是试算，可以讨论，不得发布。"
        ]
        assert visited.texts(".listing tbody tr > *") == [
            "一厂", "1", "苍南县", "120.0", "1", "A", "入选", "二厂", "2", "长兴县", "103.2", "2", "A", "备选1",
        ]  # fmt: skip
        assert visited.texts(".scroll[aria-label='小方案的赋分'] tbody tr > *") == ["研发", "取本组平均得分", "1"]
        assert visited.texts("dl.changes dd") == ["一厂", "二厂"]
        assert visited.texts("table.rules tbody tr > *")[:3] == ["参评条件 有用地", "用地面积大于0", "假设1"]
        assert visited.texts(".top .mark") == ["内部资料", "试算"]
        assert [title for title in visited.texts("svg title") if not title.endswith("：0拟入选")].count(
            "苍南县：1拟入选"
        ) == 1


def test_scheme_that_only_rests_on_clauses_is_not_called_provisional(report: Callable[..., Written]) -> None:
    clause = "clause: zhe-mujunban-2019-4#2.6"
    text = SCHEME.replace("assumption: 为测试而设", clause).replace("assumption: 封顶以免畸高", clause)
    with visit(report(scheme=text, label="示例数据").page) as visited:
        assert visited.texts(".top .mark") == ["内部资料", "示例数据"]
        assert visited.texts("main > .lead") == ["5个企业中，4个参评，4个有名次；拟入选1个，备选1个。"]
        assert visited.texts("table.rules .why")[0] == "浙亩均办〔2019〕4号二（六）制造业“亩均效益”领跑者"


def test_names_cannot_bring_markup_into_the_page(report: Callable[..., Written]) -> None:
    firms = [{**FIRMS[0], "name": "<img src=x onerror=alert(1)>"}, *FIRMS[1:]]
    with visit(report(firms).page) as visited:
        assert visited.page.locator("img").count() == 0
        assert visited.texts(".listing tbody th")[0] == "<img src=x onerror=alert(1)>"
        assert (visited.complaints, visited.requests) == ([], [])


def _links(visited: Visit, selector: str) -> list[str]:
    found = visited.page.eval_on_selector_all(selector, "all => all.map(one => one.getAttribute('href'))")
    return [str(link) for link in found]
