"""The commands write their pages."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from mujun.demo import LEAST_MANUFACTURERS, make_province
from tests.cli.conftest import DATA, Ended


def test_evaluate_writes_the_report_of_one_domain(mujun: Callable[..., Ended], tmp_path: Path) -> None:
    ended = mujun("evaluate", "small.yaml", "data.csv", "--out", "out")
    assert ended.code == 0
    assert "结果在 out：报告 report.html" in ended.output
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "3个企业中，2个参评，2个有名次；拟入选1个。" in html
    assert "全部3个单位的得分、名次见 units.csv" in html
    assert "与上一轮相比" not in html


def test_evaluate_compares_with_the_last_round(mujun: Callable[..., Ended], tmp_path: Path) -> None:
    (tmp_path / "last.csv").write_text(DATA.replace("甲厂,300", "甲厂,30"), encoding="utf-8")
    assert mujun("evaluate", "small.yaml", "data.csv", "--out", "out", "--previous", "last.csv").code == 0
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "拟入选的1个中，0个上一轮也在，1个是新的；上一轮的1个这一轮不在了。" in html


def test_run_says_which_domains_are_lacking(mujun: Callable[..., Ended], tmp_path: Path) -> None:
    make_province(tmp_path / "province", seed=2019, manufacturers=LEAST_MANUFACTURERS)
    (tmp_path / "data").mkdir()
    (tmp_path / "province" / "hightech_zone.csv").rename(tmp_path / "data" / "hightech_zone.csv")
    ended = mujun("run", "2019", "--data", "data", "--out", "out")
    assert ended.code == 1
    assert "报告 out/report.html，名单 out/lists.xlsx" in ended.output
    html = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "没有评价的（6处）" in html
    assert "“data”里没有 services 的数据。" in html


def test_explain_writes_the_walk_as_a_page(mujun: Callable[..., Ended], tmp_path: Path) -> None:
    mujun("evaluate", "small.yaml", "data.csv", "--out", "out")
    ended = mujun("explain", "out", "乙厂", "--html", "pages/乙厂.html")
    assert (ended.code, ended.output.splitlines()[-1]) == (0, "网页 pages/乙厂.html")
    html = (tmp_path / "pages" / "乙厂.html").read_text(encoding="utf-8")
    assert "<h1>乙厂</h1>" in html
    assert "总分100.0000，在本组2个有名次的单位中列第2名" in html
