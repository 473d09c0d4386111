"""说明: what the workbook is, by which rules, how to audit it, what cannot be recalculated."""

from __future__ import annotations

from typing import Any

from mujun.documents.workbook.cells import SLACK
from mujun.documents.workbook.desk import Desk
from mujun.documents.workbook.page import set_up_page, title
from mujun.documents.workbook.styles import Styles

SLACK_PLACE = (3, 1)
"""Where 说明 keeps the nudge: row 4, column B."""


_SLACK_IN_WORDS = (
    "宽限是2的-44次方，约17.6万亿分之一（上一行）。二进制存不准多数小数，1.005存下来略小于1.005，直接四舍五入到两位会变成1.00。"
    "所以先把数放大这么一点再进位，就得1.01。这比存数的误差大得多，比得分之间能有的差别小得多，不会使不该进位的进位。"
    "总分由几项相加，误差来自各项，宽限就按各项绝对值之和取。评价程序用的是同一规则。"
)


def write_guide(sheet: Any, desk: Desk, marks: str, label: str, styles: Styles) -> None:
    """What this is, by which rules, how to audit it, what cannot be recalculated."""
    scheme = desk.scheme
    title(sheet, f"{scheme.label}　怎样核对这份评价", marks, "", styles)
    sheet.set_column(0, 0, 16)
    sheet.set_column(1, 1, 110)
    sheet.write_string(SLACK_PLACE[0], 0, SLACK, styles.bold)
    sheet.write_formula(*SLACK_PLACE, "2^-44", styles.slack, 2.0**-44)
    row = SLACK_PLACE[0] + 1
    for head, text in _guide(desk, label):
        sheet.write_string(row, 0, head, styles.bold)
        sheet.write_string(row, 1, text, styles.wrap)
        row += 1
    set_up_page(sheet, 3, 0)
    sheet.set_portrait()


def _guide(desk: Desk, label: str) -> list[tuple[str, str]]:
    scheme = desk.scheme
    law = desk.law
    basis = law.cite(scheme.basis.clause) if scheme.basis.clause else f"假设：{scheme.basis.assumption}"
    digest = scheme.digest.as_dict()
    lines = [
        ("宽限是什么", _SLACK_IN_WORDS),
        (
            "这是什么",
            f"按方案“{scheme.label}”（{scheme.file}）算出的评价，牵头部门：{scheme.lead_agency}；总的依据：{basis}。",
        ),
        ("方案的指纹", "；".join(f"{name}：{value}" for name, value in digest.items())),
        (
            "怎样核对",
            "在“计算”表点任何一格，编辑栏里就是它的算法；它引用的是同一行的“原始数据”、左边的栏和“基准”里本组的数。“计算”和“原始数据”同一行是同一个单位。",
        ),
        (
            "改数试算",
            "“原始数据”里绿底的格可以改，不必解除保护。改后得分、名次、档次、入选随之重算。请先另存一份再改，不要改原件。",
        ),
        (
            "表头",
            "“计算”表深绿一行是所属指标，下面是栏名，再下面是公式、所依据的条款或假设。灰色的栏是辅助栏，只为排名、定档服务。",
        ),
        ("次序", "单位按组排列，组内按出具时的名次；没有单位参评的组在最后。"),
        ("空格", "空格就是缺数，不是0。缺数按方案的规则办；插补过、赋过分的在“标记”栏写明。"),
        ("不参评", "不参评的单位也在表里，“原始数据”第三栏写明原因；它们不计入任何统计。"),
        (
            "比大小",
            "数表程序自己也只认15位有效数字，所以比大小之前先取14位（“比较用”各栏），相差在第15位以后的算相等。",
        ),
        ("名单", "“名单”左边是出具时的结果，不随改动变化；右边两栏随改动重算。"),
        (
            "换了组的",
            "统计、排名、名额都在出具时的组里算。改动使单位换组的，“组别核对”写“组别已变”，这时须用程序重新评价。",
        ),
        ("固定值", "单位代码、名称，上一轮数据的统计值，方案写定的常数，都是固定值，表中写明。除此以外："),
        *(("", f"{one}是固定值，改数不会重算。") for one in dict.fromkeys(desk.not_live)),
        *(() if desk.not_live else (("", "没有别的固定值，全部得分、名次、档次、入选都是公式。"),)),
        ("保护", "各表加了保护而没有密码，只防误改。看公式、调列宽、筛选都不受影响。"),
        (
            "重算",
            "打开时显示的是程序算出的数。要让数表程序全部重算一遍：WPS、Excel按Ctrl+Alt+F9，LibreOffice按Ctrl+Shift+F9。",
        ),
    ]
    if label:
        lines.append(("数据", f"{label}：不是真实数据。" if "示例" in label else label))
    if scheme.trial:
        lines.append(("试评价", "这是试评价，结果不作为激励依据。"))
    if scheme.provisional:
        lines.append(("试算", "方案里还有假设，只能试算，不得发布。全部假设如下："))
        lines += [("", f"{number}. {one}") for number, one in enumerate(scheme.assumptions, 1)]
    cited = dict.fromkeys(_clauses(desk))
    if cited:
        lines.append(("引用的条款", "；".join(cited)))
    return lines


def _clauses(desk: Desk) -> list[str]:
    scheme = desk.scheme
    rules = (*scheme.eligibility, *scheme.exemptions, *scheme.vetoes, *scheme.adjustments)
    bases = [scheme.basis, *(rule.basis for rule in rules)]
    for node in scheme.nodes():
        bases += [one for one in (node.basis, node.weight_basis, node.normalise_basis, node.missing_basis) if one]
    return [desk.law.cite(basis.clause) for basis in bases if basis.clause]
