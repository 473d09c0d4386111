"""The sentences of a statement, the same in every form it takes."""

from __future__ import annotations

from mujun.documents.content.wording import chinese_day
from mujun.documents.statement.content import Item, Statement

AGREED, DISPUTED = "属实", "有异议"


def title(statement: Statement) -> str:
    return "".join(title_lines(statement))


def title_lines(statement: Statement) -> tuple[str, str]:
    """Two, so that no line breaks inside a word."""
    each = "企" if statement.unit_label == "企业" else "单位"
    return statement.round_title, f"数据确认单（一{each}一单）"


def opening(statement: Statement) -> str:
    """What this is, and till when one may answer: in a sentence, first."""
    until = f"请于{chinese_day(statement.deadline)}前" if statement.deadline else "请"
    to = f"交回{statement.return_to}" if statement.return_to else "交回发单部门"
    return (
        f"下面是{statement.scheme_label}评价中用到的你单位全部{len(statement.items)}项数据及其来源。"
        f"{until}逐项核对：对的勾“{AGREED}”；不对的勾“{DISPUTED}”，写明应为多少，并附证据。签字盖章后{to}。{statement.silence}"
    )


def facts(statement: Statement) -> list[tuple[str, str]]:
    """Whom it is about and whom to ask; what is not known is left out."""
    pairs = [
        (f"{statement.unit_label}名称", statement.name),
        ("统一社会信用代码" if statement.unit_label == "企业" else "代码", statement.key),
        ("合并评价", "、".join(statement.together_with)),
        ("核对截止", chinese_day(statement.deadline) if statement.deadline else ""),
        ("联系人", statement.contact),
    ]
    return [(label, text) for label, text in pairs if text]


def source_lines(item: Item, annex: int | None) -> list[str]:
    """Where a value comes from, what it was before, and what else is to be known."""
    lines = []
    if item.rule:
        see = f"，共{len(item.parts)}条，见附表{annex}" if annex else ""
        lines.append(f"{item.rule}{see}。")
    elif item.source is not None:
        lines.append(f"{item.source}。")
    lines += [f"{one}。" for one in item.earlier]
    lines += [f"{note}。" for note in item.notes]
    return lines


def annexes(statement: Statement) -> dict[int, Item]:
    """Items with parts, numbered from 1."""
    return dict(enumerate((item for item in statement.items if item.parts), start=1))


def closing(statement: Statement) -> str:
    made = f"{chinese_day(statement.made_on)}生成"
    return f"{made}，数据集 {statement.dataset[:16]}。" if statement.dataset else f"{made}。"


SIGNING = (
    "我单位已逐项核对以上数据，对勾“属实”的各项无异议。",
    "法定代表人（负责人）签字：                    （单位公章）",
    "经办人：                联系电话：                      年    月    日",
)
