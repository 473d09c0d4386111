"""`mujun render` and `mujun check-layout`, from files to files."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from mujun.cli.app import app
from mujun.cli.render import render
from mujun.findings import CannotGoOn
from tests.cli.test_process import mujun
from tests.documents.conftest import specimen_docx
from tests.documents.gongwen.test_check import MAIN, spoil

PLAN = """\
scheme: 2019/services
year: 2019
made_on: 2019-04-20
dispatch:
  issuer: 浙江省发展和改革委员会
  to: [各设区市亩均办]
  printed_by: 浙江省发展和改革委员会办公室
  marks: {provisional: true, standing: 征求意见稿}
"""


def run(*arguments: str) -> tuple[int, str]:
    ended = CliRunner().invoke(app, list(arguments))
    return ended.exit_code, ended.output


def test_specimens_come_with_facts_that_make_the_same_document_again(tmp_path: Path) -> None:
    code, told = run("render", "sample", "--out", str(tmp_path / "样本"))
    assert (code, len(list((tmp_path / "样本").glob("*.docx")))) == (0, 13)
    assert "示例数据" in told
    facts, again = tmp_path / "样本" / "06公示.json", tmp_path / "again.docx"
    assert run("render", "public-notice", str(facts), "--out", str(again))[0] == 0
    assert again.read_bytes() == (tmp_path / "样本" / "06公示.docx").read_bytes() == specimen_docx("公示")


def test_plan_of_a_scheme_is_marked_and_passes_every_measure(tmp_path: Path) -> None:
    facts, made = tmp_path / "plan.yaml", tmp_path / "plan.docx"
    facts.write_text(PLAN, encoding="utf-8")
    code, told = run("render", "plan", str(facts), "--out", str(made))
    assert (code, "〔试算　征求意见稿〕" in told.replace("\n", "")) == (0, True)
    code, told = run("check-layout", str(made))
    assert (code, told.strip().splitlines()[-1]) == (0, "量了43项，全部相合。")


def test_spoiled_document_ends_with_exit_code_1(tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(spoil(specimen_docx("公示"), MAIN, "2019年9月27日", "2019年09月27日"))
    code, told = run("check-layout", str(tmp_path / "x.docx"))
    assert (code, told.strip().splitlines()[-1]) == (1, "量了31项，1项不合。")


def test_wrong_facts_are_told_all_at_once_and_nothing_is_written(tmp_path: Path) -> None:
    (tmp_path / "f.yaml").write_text("year: 二\n", encoding="utf-8")
    with pytest.raises(CannotGoOn) as refused:
        render("issued-list", tmp_path / "f.yaml", tmp_path / "x.docx")
    assert [str(one) for one in refused.value.findings[:2]] == [
        "f.yaml:1 缺少“dispatch”。请补上。",
        "f.yaml:1 “year”是'二'，应为整数。请改正。",
    ]
    assert (len(refused.value.findings), (tmp_path / "x.docx").exists()) == (7, False)


def test_unknown_kind_and_format_are_told() -> None:
    with pytest.raises(CannotGoOn, match="没有“letter”这种文件"):
        render("letter", Path("x.yaml"), Path("x.docx"))
    ended = mujun("render", "minutes", "x.yaml", "--out", "x.odt")
    told = ended.stdout.decode().splitlines()
    assert (ended.returncode, told) == (2, ["错误 公文写不成“.odt”。请让 --out 以 .docx 或 .pdf 结尾。"])
