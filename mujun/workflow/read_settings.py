"""Read the few numbers that guards go by, each with its basis."""

from __future__ import annotations

from datetime import time
from fractions import Fraction

from mujun.scheme.fields import Fields
from mujun.workflow.calendar import Workdays
from mujun.workflow.read_machine import needed_basis
from mujun.workflow.settings import Settings


def read_settings(fields: Fields, first_domain: str, workdays: Workdays) -> Settings:
    """The settings of a workflow. One that is missing or makes no sense is a finding."""
    group = fields.nested("settings", "参数") or Fields.of(fields.source, None, fields.line(), "参数")
    settings = Settings(
        first_domain=first_domain,
        workdays=workdays,
        notice_workdays=_whole(group, "notice_workdays"),
        notice_closes_at=_clock(group, "notice_closes_at"),
        quorum_share=_number(group, "quorum_share"),
        weights_total=_number(group, "weights_total"),
        unlock_hours=_whole(group, "unlock_hours"),
        answer_workdays=_whole(group, "answer_workdays"),
        reauthentication_minutes=_whole(group, "reauthentication_minutes"),
        document_number=_form(group, "document_number"),
    )
    group.done()
    return settings


def _setting(group: Fields, key: str) -> Fields:
    item = group.nested(key, f"参数“{key}”")
    if item is None:
        group.error("", "missing_key", f"没有参数“{key}”。", "请补上 value 和 basis。")
        return Fields.of(group.source, None, group.line(), key)
    needed_basis(item, f"参数“{key}”")
    return item


def _number(group: Fields, key: str) -> Fraction:
    item = _setting(group, key)
    number = item.number("value")
    if number is None or number <= 0:
        item.error("value", "out_of_range", f"参数“{key}”须是大于0的数。")
    item.done()
    return number or Fraction(1)


def _whole(group: Fields, key: str) -> int:
    number = _number(group, key)
    if number.denominator != 1:
        group.error(key, "wrong_kind", f"参数“{key}”须是整数。")
    return int(number)


def _clock(group: Fields, key: str) -> time:
    item = _setting(group, key)
    text = item.text("value")
    item.done()
    try:
        return time.fromisoformat(text)
    except ValueError:
        item.error("value", "wrong_kind", f"“{text}”不是钟点。", "请写成“17:30”。")
        return time(0)


def _form(group: Fields, key: str) -> str:
    item = _setting(group, key)
    text = item.text("value")
    item.done()
    if text.count("{year}") != 1 or text.count("{number}") != 1 or text.count("{") != 2:
        item.error("value", "bad_form", f"文号格式“{text}”须有{{year}}和{{number}}各一处。")
        return "{year}{number}"
    return text
