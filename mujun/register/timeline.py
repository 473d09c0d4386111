"""Do the states of each unit follow one another: no overlap, no gap without an event, no successor that lacks."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby, pairwise
from typing import Any

import polars as pl

from mujun.register.columns import EVENTS, GOES_ON_ELSEWHERE, STAYS
from mujun.register.told import Told

_State = dict[str, Any]
_DAY = timedelta(days=1)


def check_timelines(states: pl.DataFrame, told: Told) -> None:
    """`states` is ordered by code and first day."""
    rows = list(states.iter_rows(named=True))
    by_code = {code: list(some) for code, some in groupby(rows, key=lambda state: state["code"])}
    for some in by_code.values():
        for state in some:
            _check_event(state, told)
            _check_successors(state, by_code, told)
        for before, after in pairwise(some):
            _check_neighbours(before, after, told)
        if some[-1]["event"] in STAYS and some[-1]["valid_to"]:
            _error("register_not_continued", some[-1], "event", told)
    _check_names(states, told)


def _check_event(state: _State, told: Told) -> None:
    event, first, last = state["event"], state["valid_from"], state["valid_to"]
    if first and last and first > last:
        _error("register_days_reversed", state, "valid_to", told)
    if event and event not in EVENTS:
        _error("register_event", state, "event", told)
    elif event and not last:
        _error("register_event_without_day", state, "valid_to", told)
    elif last and not event:
        _error("register_day_without_event", state, "event", told)
    if event and not state["evidence"]:
        message = f"{state['name']}的{event}没有写依据。"
        told.warning(
            "register_no_evidence", message, "请写明文件或登记机关的通知书。", state["row"], "evidence", state["code"]
        )


def _check_successors(state: _State, by_code: dict[str, list[_State]], told: Told) -> None:
    event, named = state["event"], successors(state)
    if event in GOES_ON_ELSEWHERE and not named:
        _error("register_no_successor", state, "successor", told)
    for code in named:
        if code == state["code"] or event not in GOES_ON_ELSEWHERE:
            _error("register_successor_not_wanted", state, "successor", told)
        elif code not in by_code:
            _error("register_successor_unknown", state, "successor", told, code)
        elif state["valid_to"] and not any(_holds(one, state["valid_to"] + _DAY) for one in by_code[code]):
            _error("register_successor_gone", state, "successor", told, code)


def _check_neighbours(before: _State, after: _State, told: Told) -> None:
    if before["valid_to"] is None or (after["valid_from"] or date.min) <= before["valid_to"]:
        both = "和".join(f"第{state['row']}行“{state['name']}”" for state in (before, after))
        message = f"{after['code']}的两行时间重叠：{both}。"
        mend = "请填写前一行的失效日期和后一行的生效日期，首尾相接；重复的行请删去。"
        told.error("register_overlap", message, mend, after["row"], "valid_from", after["code"])
    elif before["event"] in STAYS and after["valid_from"] != before["valid_to"] + _DAY:
        message = (
            f"{after['code']}{before['event']}前后没有接上：{before['valid_to']}失效，{after['valid_from']}才生效。"
        )
        mend = f"请把后一行的生效日期改为{before['valid_to'] + _DAY}，或核对变动事项。"
        told.warning("register_gap", message, mend, after["row"], "valid_from", after["code"])


def _check_names(states: pl.DataFrame, told: Told) -> None:
    """Two units of one name at the same time: possible, and a common slip."""
    open_states = states.filter(pl.col("valid_to").is_null())
    twice = open_states.filter(pl.col("name").is_duplicated()).sort("name", "code")
    for name, some in groupby(twice.iter_rows(named=True), key=lambda state: state["name"]):
        same = list(some)
        codes = [state["code"] for state in same]
        if len(set(codes)) > 1:
            message = f"“{name}”有{len(codes)}个代码：{'、'.join(codes)}。"
            told.warning(
                "register_name_twice", message, "请核对是不是同一家单位的新旧代码。", same[-1]["row"], "name", codes[-1]
            )


def successors(state: _State) -> Sequence[str]:
    return [code for code in (state["successor"] or "").split(";") if code]


def _holds(state: _State, day: date) -> bool:
    return (state["valid_from"] or date.min) <= day <= (state["valid_to"] or date.max)


def _error(code: str, state: _State, column: str, told: Told, successor: str = "") -> None:
    event, name, last = state["event"], state["name"], state["valid_to"]
    message, mend = {
        "register_not_continued": (
            f"{name}{last}起{event}，却没有下一行。",
            f"请补上同一代码、自{last + _DAY if last else ''}起生效的一行；单位已不存在的，变动事项应为注销或合并。",
        ),
        "register_days_reversed": (f"{name}的生效日期晚于失效日期。", "请核对两个日期。"),
        "register_event": (f"没有叫“{event}”的变动事项。", f"可填：{'、'.join(EVENTS)}。"),
        "register_event_without_day": (f"{name}有变动事项“{event}”，没有失效日期。", "请填这一行最后有效的一天。"),
        "register_day_without_event": (f"{name}于{last}失效，没有写变动事项。", f"可填：{'、'.join(EVENTS)}。"),
        "register_no_successor": (
            f"{name}{event}，没有写承继代码。",
            "请填变动后的代码；没有承继者的，变动事项应为注销。",
        ),
        "register_successor_not_wanted": (
            f"{name}的变动事项是“{event or ''}”，不该有这个承继代码。",
            f"只有{'、'.join(GOES_ON_ELSEWHERE)}才填承继代码，且不是本身的代码。",
        ),
        "register_successor_unknown": (f"承继代码“{successor}”不在名录中。", "请补上承继单位的一行，或核对代码。"),
        "register_successor_gone": (
            f"承继单位{successor}在{last + _DAY if last else ''}没有有效的一行。",
            "请核对承继单位的生效日期。",
        ),
    }[code]
    told.error(code, message, mend, state["row"], column, state["code"])
