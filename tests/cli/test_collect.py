"""Collecting the data of a round as a clerk does: template, dry run, commit, correction, seal, trace, statement."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import polars as pl
import pytest
import xlsxwriter

from tests.cli.conftest import SCHEME, Ended

Mujun = Callable[..., Ended]
FIRMS = (
    SCHEME.replace("scheme: small", "scheme: firms")
    .replace("{label: 税收, unit: 万元}", "{label: 税收, unit: 万元, source: 税务}")
    .replace("{label: 用地面积, unit: 亩}", "{label: 用地面积, unit: 亩, source: 自然资源}")
)
TAX = 'uscc,name,税收\n01,甲厂,300\n02,乙厂,"1,200.50"\n03,丙厂,0\n'
LAND = "代码,名称,用地面积\n01,甲厂,10\n02,乙厂,20\n03,丙厂,0\n"


@pytest.fixture
def firms(mujun: Mujun, tmp_path: Path) -> Mujun:
    """Run `mujun …` where firms.yaml, tax.csv and land.csv lie."""
    for name, text in (("firms.yaml", FIRMS), ("tax.csv", TAX), ("land.csv", LAND)):
        (tmp_path / name).write_text(text, encoding="utf-8")
    return mujun


def intake(firms: Mujun, file: str, agency: str, *more: str, by: str = "张三") -> Ended:
    asked = ("--store", "st", "--scheme", "firms.yaml", "--agency", agency, "--by", by)
    return firms("intake", file, *asked, *more)


def sealed_in(tmp_path: Path) -> Path:
    (folder,) = (tmp_path / "st/sealed").iterdir()
    return folder


def test_a_dry_run_writes_nothing_into_the_store(firms: Mujun, tmp_path: Path) -> None:
    ended = intake(firms, "tax.csv", "税务")
    assert ended.code == 0
    assert "3个单位、3格" in ended.output
    assert "可以入库" in ended.output
    assert not (tmp_path / "st").exists()


def test_sealed_data_evaluate_as_the_files_themselves(firms: Mujun, tmp_path: Path) -> None:
    (tmp_path / "all.csv").write_text(
        'uscc,name,税收,用地面积\n01,甲厂,300,10\n02,乙厂,"1,200.50",20\n03,丙厂,0,0\n', encoding="utf-8"
    )
    assert intake(firms, "tax.csv", "税务", "--commit").code == 0
    assert intake(firms, "land.csv", "自然资源", "--commit").code == 0
    assert firms("seal", "firms.yaml", "--store", "st", "--by", "李四").code == 0
    assert firms("evaluate", "firms.yaml", "all.csv", "--out", "direct").code == 0
    assert firms("evaluate", "firms.yaml", str(sealed_in(tmp_path) / "data.parquet"), "--out", "sealed").code == 0
    for name in ("units.csv", "benchmarks.csv"):
        assert (tmp_path / "direct" / name).read_bytes() == (tmp_path / "sealed" / name).read_bytes()


def test_f07_the_same_file_again_is_answered_with_the_same_receipt(firms: Mujun, tmp_path: Path) -> None:
    """F07 Same file uploaded twice, and double click → one import."""
    first = intake(firms, "tax.csv", "税务", "--commit")
    (tmp_path / "tax.csv").rename(tmp_path / "别名.csv")
    again = intake(firms, "别名.csv", "税务", "--commit", by="李四")
    receipt = first.output.partition("回执")[2][:15]
    assert again.code == 0
    assert f"此前已入库 回执{receipt}：tax.csv" in again.output
    assert "没有新的内容" in again.output
    assert "日志1行" in firms("verify-store", "st").output


def test_one_bad_file_keeps_all_out(firms: Mujun, tmp_path: Path) -> None:
    (tmp_path / "bad.csv").write_text("uscc,name,税收\n04,丁厂,三百\n", encoding="utf-8")
    ended = firms(
        "intake", "tax.csv", "bad.csv", "--store", "st", "--scheme", "firms.yaml", "--agency", "税务", "--commit"
    )
    assert ended.code == 1
    assert "有一份不行，其余的也不入库" in ended.output
    assert "bad.csv!C2" in ended.output
    assert firms("verify-store", "st").code == 2  # no journal was begun
    with (tmp_path / "核对结果/findings.csv").open(encoding="utf-8-sig", newline="") as file:
        assert [(row["代号"], row["单元格"], row["单位"]) for row in csv.DictReader(file)] == [
            ("not_a_number", "C2", "04")
        ]


def test_a_file_that_vanishes_between_dry_run_and_commit_refuses_all(firms: Mujun, tmp_path: Path) -> None:
    (tmp_path / "more.csv").write_text("uscc,name,税收\n04,丁厂,5\n", encoding="utf-8")
    both = ("intake", "tax.csv", "more.csv", "--store", "st", "--scheme", "firms.yaml", "--agency", "税务")
    assert firms(*both).code == 0
    (tmp_path / "more.csv").unlink()
    ended = firms(*both, "--commit")
    assert ended.code == 2
    assert "more.csv 没有这个文件。" in ended.output
    assert not Path("st").exists()


def test_units_the_register_does_not_know_are_asked_about_and_changed_codes_followed(
    firms: Mujun, tmp_path: Path
) -> None:
    (tmp_path / "register.csv").write_text(
        "代码,名称,生效日期,失效日期,变动事项,承继代码\n"
        "91330100MAEX000011,甲厂,2010-01-01,2015-12-31,换码,91330100MAEX000024\n"
        "91330100MAEX000024,甲厂,2016-01-01,,,\n",
        encoding="utf-8",
    )
    (tmp_path / "tax.csv").write_text("uscc,name,税收\n91330100MAEX000011,甲厂,300\nX,乙厂,1\n", encoding="utf-8")
    ended = intake(firms, "tax.csv", "税务", "--register", "register.csv")
    assert ended.code == 1
    assert "名录中没有“乙厂”（X）" in ended.output
    (tmp_path / "tax.csv").write_text("uscc,name,税收\n91330100MAEX000011,甲厂,300\n", encoding="utf-8")
    asked = intake(firms, "tax.csv", "税务", "--register", "register.csv", "--commit")
    assert asked.code == 1
    assert "须说明理由：unit_recoded（1处）" in asked.output
    waive = ("--register", "register.csv", "--commit", "--waive", "unit_recoded=2016年三证合一换码")
    assert intake(firms, "tax.csv", "税务", *waive).code == 0
    assert firms("seal", "firms.yaml", "--store", "st").code == 0
    assert pl.read_parquet(sealed_in(tmp_path) / "data.parquet")["uscc"].to_list() == ["91330100MAEX000024"]


def test_a_correction_is_told_and_an_emptied_cell_asks_for_a_reason(firms: Mujun, tmp_path: Path) -> None:
    assert intake(firms, "tax.csv", "税务", "--commit").code == 0
    (tmp_path / "更正.csv").write_text("uscc,name,税收\n01,甲厂,310\n02,乙厂,\n", encoding="utf-8")
    ended = intake(firms, "更正.csv", "税务", "--commit", by="李四")
    assert ended.code == 1
    assert "更正.csv!C2 “税收”更正：原来是300（tax.csv，张三" in ended.output
    assert "更正.csv!C3 “税收”原来是1200.5（tax.csv，张三" in ended.output
    assert "须说明理由：value_withdrawn（1处），写法是 --waive value_withdrawn=理由" in ended.output
    waived = intake(firms, "更正.csv", "税务", "--commit", "--waive", "value_withdrawn:02=企业已注销", by="李四")
    assert waived.code == 0
    assert "已说明理由：企业已注销（李四）。" in waived.output
    assert firms("seal", "firms.yaml", "--store", "st").code == 0
    walk = firms("trace", str(sealed_in(tmp_path)), "乙厂", "税收").output
    assert "= （缺）" in walk
    assert "1200.5（原文“1,200.50”）" in walk
    assert "tax.csv!C3" in walk
    assert "特批 value_withdrawn：企业已注销（李四，" in walk


def test_a_reason_for_what_needs_none_is_told(firms: Mujun) -> None:
    ended = intake(firms, "tax.csv", "税务", "--waive", "renamed=已更名")
    assert ended.code == 0
    assert "这批文件里没有“renamed”要说明理由，所写的理由没有记下。" in ended.output
    assert intake(firms, "tax.csv", "税务", "--waive", "renamed").code == 2


def test_a_form_brings_only_its_own_variables(firms: Mujun, tmp_path: Path) -> None:
    assert intake(firms, "land.csv", "自然资源", "--commit").code == 0
    (tmp_path / "both.csv").write_text("uscc,name,税收,用地面积\n01,甲厂,300,999\n", encoding="utf-8")
    ended = intake(firms, "both.csv", "税务", "--commit")
    assert ended.code == 1
    assert "both.csv!D1 “用地面积”这一列由自然资源报送，本表不应填。" in ended.output
    assert intake(firms, "tax.csv", "税务", "--commit").code == 0
    assert firms("seal", "firms.yaml", "--store", "st").code == 0
    data = pl.read_parquet(sealed_in(tmp_path) / "data.parquet")
    assert data.select("uscc", "tax", "land").row(0) == ("01", 300.0, 10.0)


def test_another_name_under_a_known_code_is_asked_about(firms: Mujun, tmp_path: Path) -> None:
    assert intake(firms, "tax.csv", "税务", "--commit").code == 0
    (tmp_path / "land.csv").write_text("代码,名称,用地面积\n01,甲股份公司,10\n", encoding="utf-8")
    ended = intake(firms, "land.csv", "自然资源", "--commit")
    assert ended.code == 1
    assert "单位名称原来是“甲厂”" in ended.output
    assert intake(firms, "land.csv", "自然资源", "--commit", "--waive", "renamed=2018年更名").code == 0


def test_two_files_that_contradict_each_other_are_refused(firms: Mujun, tmp_path: Path) -> None:
    (tmp_path / "other.csv").write_text("uscc,name,税收\n01,甲厂,301\n", encoding="utf-8")
    ended = firms(
        "intake", "tax.csv", "other.csv", "--store", "st", "--scheme", "firms.yaml", "--agency", "税务", "--commit"
    )
    assert ended.code == 1
    assert "other.csv!C2 单位01的“税收”两份文件说法不一：tax.csv!C2是300，这里是301。" in ended.output


def test_which_form_it_is_has_to_be_known(firms: Mujun) -> None:
    unknown = firms("intake", "tax.csv", "--store", "st")
    assert unknown.code == 2
    assert "认不出是哪张报表" in unknown.output
    wrong = intake(firms, "tax.csv", "统计")
    assert wrong.code == 2
    assert "请用 --agency 写明部门：税务、自然资源" in wrong.output


def test_a_template_goes_round_and_a_stale_one_is_refused_by_name(firms: Mujun, tmp_path: Path) -> None:
    assert firms("template", "firms.yaml", "--agency", "税务", "--out", "税务.xlsx").code == 0
    book = openpyxl.load_workbook("税务.xlsx")
    sheet = book["填报"]
    for column, value in enumerate(("01", "甲厂", 300), start=1):  # code, name, the one variable
        sheet.cell(2, column, value)
    book.save("税务.xlsx")
    ended = firms("intake", "税务.xlsx", "--store", "st", "--scheme", "firms.yaml", "--commit")
    assert ended.code == 0, ended.output
    assert "1个单位、1格" in ended.output
    (tmp_path / "firms.yaml").write_text(FIRMS.replace("{label: 税收, ", "{label: 税收总额, "), encoding="utf-8")
    stale = firms("intake", "税务.xlsx", "--store", "st", "--scheme", "firms.yaml", "--commit")
    assert stale.code == 2
    assert "税务.xlsx 这份模板是报表“小方案·税务”的旧版" in stale.output


def test_a_workbook_comes_back_with_its_cells_marked(firms: Mujun, tmp_path: Path) -> None:
    with xlsxwriter.Workbook(tmp_path / "税务.xlsx") as book:
        sheet = book.add_worksheet("填报")
        sheet.write_row(0, 0, ["uscc", "name", "税收"])
        sheet.write_row(1, 0, ["01", "甲厂", "三百"])
    assert intake(firms, "税务.xlsx", "税务").code == 1
    marked = openpyxl.load_workbook(tmp_path / "核对结果/税务.核对.xlsx")
    comment = marked["填报"]["C2"].comment
    assert comment is not None
    assert "三百" in comment.text


def test_a_statement_is_written_from_a_seal(firms: Mujun, tmp_path: Path) -> None:
    assert intake(firms, "tax.csv", "税务", "--commit").code == 0
    assert firms("seal", "firms.yaml", "--store", "st").code == 0
    until = ("--deadline", "2999-06-14", "--contact", "示例县亩均办 王某某，0571-00000000")
    ended = firms("statement", str(sealed_in(tmp_path)), "甲厂", "--out", "甲厂.xlsx", "--label", "示例数据", *until)
    assert ended.code == 0
    texts = [cell.value for row in openpyxl.load_workbook("甲厂.xlsx").worksheets[0].iter_rows() for cell in row]
    assert "税收" in " ".join(str(text) for text in texts)
    assert "请于2999年6月14日前逐项核对" in " ".join(str(text) for text in texts)
    assert "示例县亩均办 王某某，0571-00000000" in " ".join(str(text) for text in texts)
    assert firms("statement", str(sealed_in(tmp_path)), "甲厂", "--out", "甲厂.pdf", *until).code == 2


def test_a_statement_says_till_when_and_whom_to_call(firms: Mujun) -> None:
    without = firms("statement", "x", "甲厂", "--out", "甲厂.xlsx")
    assert without.code == 2
    assert "没有写截止日期" in without.output
    assert "没有写联系人" in without.output
    late = firms("statement", "x", "甲厂", "--out", "甲厂.xlsx", "--deadline", "2019-06-14", "--contact", "王某某")
    assert late.code == 2
    assert "截止日期2019-06-14已经过了" in late.output


def test_a_template_says_where_it_goes_till_when_and_whom_to_call(firms: Mujun) -> None:
    until = ("--deadline", "2999-06-14", "--contact", "王某某，0571-00000000", "--return-to", "示例县亩均办")
    assert firms("template", "firms.yaml", "--agency", "税务", "--out", "税务.xlsx", *until).code == 0
    texts = [str(row[0].value) for row in openpyxl.load_workbook("税务.xlsx")["填表说明"].iter_rows()]
    for line in ("报送示例县亩均办。", "截止日期：2999年6月14日。", "联系人：王某某，0571-00000000。"):
        assert sum(line in text for text in texts) == 1


def test_firms_that_do_not_add_up_to_the_countys_total_are_asked_about(mujun: Mujun, tmp_path: Path) -> None:
    firms = "统一社会信用代码,企业名称,行业代码,工业增加值,综合能耗,年平均职工人数,主营业务收入\n"
    firms += "A,甲厂,3441,60,1,1,900\nB,乙厂,3441,30,1,1,900\n"
    (tmp_path / "统计.csv").write_text(firms, encoding="utf-8")
    (tmp_path / "经信.csv").write_text(
        "统一社会信用代码,企业名称,所在县（市、区）\nA,甲厂,上城区\nB,乙厂,上城区\n", encoding="utf-8"
    )
    totals = "代码,单位名称,县（市、区）名称,规模以上工业增加值\n330102,上城区,上城区,100\n330103,下城区,下城区,5\n"
    (tmp_path / "全县数.csv").write_text(totals, encoding="utf-8")
    asked = ("--store", "st", "--scheme", "2019/manufacturing", "--agency")
    assert mujun("intake", "经信.csv", *asked, "经信", "--commit").code == 0
    ended = mujun("intake", "统计.csv", *asked, "统计", "--controls", "全县数.csv")
    assert ended.code == 1
    assert "上城区2家的“工业增加值”合计90万元，全县数是100万元，相差超过2%。" in ended.output
    told = ("--waive", "county_control_totals=一家停产未报")
    assert mujun("intake", "统计.csv", *asked, "统计", "--controls", "全县数.csv", "--commit", *told).code == 0


def test_a_round_is_evaluated_from_its_store_and_explained_down_to_the_cell(mujun: Mujun, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    plots = "记录号,单位代码,宗地号,用地类别,面积\n001,A,甲1,登记,20000\n"
    (tmp_path / "用地.csv").write_text(plots, encoding="utf-8")
    (tmp_path / "税收.csv").write_text(
        "记录号,单位代码,税种,金额\n001,A,增值税,300\n002,A,即征即退,20\n", encoding="utf-8"
    )
    head = "统一社会信用代码,企业名称,行业代码,工业增加值,综合能耗,年平均职工人数,主营业务收入"
    statistics = f"{head}\nA,甲厂,3441,600,10,9,2500\n"
    (tmp_path / "统计.csv").write_text(statistics, encoding="utf-8")
    for file, agency in (("用地.csv", "land_parcels"), ("税收.csv", "tax_components"), ("统计.csv", "统计")):
        asked = ("--store", "st", "--scheme", "2019/manufacturing", "--agency", agency, "--commit")
        assert mujun("intake", file, *asked).code == 0
    assert mujun("run", "2019", "--data", "data", "--store", "st", "--out", "out").code == 2  # nothing is sealed yet
    assert mujun("seal", "2019/manufacturing", "--store", "st").code == 0
    assert mujun("run", "2019", "--data", "data", "--store", "st", "--out", "out").code == 1  # other domains lack data
    shown = mujun("explain", "out", "甲厂")
    assert shown.code == 0
    for line in (
        "工业增加值                            600   统计.csv!D2",
        "由2条“税收明细”算出：各项带符号相加",
        "002   20    －    -20   税收.csv!B3、C3、D3",
        "001   20000  ＋×0.0015  30    用地.csv!B2、C2、D2、E2",
    ):
        assert " ".join(line.split()) in " ".join(shown.output.split()), line
    (tmp_path / "st").rename(tmp_path / "moved")
    assert "查不到来历；请用 --dataset 写明它在哪里" in mujun("explain", "out", "甲厂").output
    moved = next((tmp_path / "moved/sealed").iterdir())
    assert "统计.csv!D2" in mujun("explain", "out", "甲厂", "--dataset", str(moved)).output


def test_a_changed_byte_is_named_by_verify_store(firms: Mujun, tmp_path: Path) -> None:
    assert intake(firms, "tax.csv", "税务", "--commit").code == 0
    whole = firms("verify-store", "st")
    assert whole.code == 0
    assert "完好：日志1行首尾相接" in whole.output
    (file,) = (tmp_path / "st/evidence").glob("*/*")
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"300", b"900"))
    broken = firms("verify-store", "st")
    assert broken.code == 1
    assert f"{file.relative_to(tmp_path / 'st')} 内容被改过：与文件名上的指纹不符。" in broken.output
