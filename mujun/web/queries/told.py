"""A proposed form in words, for the person who is to confirm it: no code and no letter that only the program knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from mujun.law import Clause
from mujun.web.models import Meeting, Publication, PublishedItem, Round
from mujun.web.models.rounds import Machine
from mujun.web.queries.compiled import item_labels, standing_items
from mujun.web.queries.issued import first_notice
from mujun.web.queries.publishing.notice_rules import notice_rules
from mujun.workflow.moment import CHINA, in_words

_LABELS = {
    "list_hash": "名单指纹",
    "names": "名单",
    "scope": "公布的范围",
    "title": "文件名称",
    "document_number": "文号",
    "dated": "成文日期",
    "scan": "扫描件指纹",
    "differences": "不一致之处",
    "corrects": "所更正、变更的",
    "domain": "领域",
    "key": "哪一项",
    "withdraw": "撤销称号的",
    "meeting": "会议",
    "reason": "理由",
}
"""Of what no field of the form has a label for."""
_MOST = 12


def told_form(row: Machine, form: dict[str, Any], labels: Mapping[str, str]) -> list[tuple[str, str]]:
    """Each entry with its label. Hashes are shortened; long lists are counted and begun."""
    return [
        (labels.get(name) or _LABELS.get(name, name), _said(row, form, name))
        for name, value in form.items()
        if value not in ("", None, [], {})
    ]


def clauses_to_write(row: Machine, edge: str, form: dict[str, Any]) -> tuple[Clause, ...]:
    """What the first notice of a round writes of the rules of publication, once it is confirmed."""
    if edge != "R7" or not isinstance(row, Round) or first_notice(row) is not None:
        return ()
    day = datetime.fromisoformat(form["opens_at"]).astimezone(CHINA).date()
    return notice_rules(row, 1, form.get("scope", {}), day).clauses


def _said(row: Machine, form: dict[str, Any], name: str) -> str:
    value = form[name]
    if isinstance(row, Round) and name in _OF_A_ROUND:
        return _OF_A_ROUND[name](row, form)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        shown = ("\n" if name == "differences" else "、").join(str(one) for one in value[:_MOST])
        return shown if len(value) <= _MOST else f"{shown}等{len(value)}项"
    if isinstance(value, str) and len(value) == 64 and set(value) <= set("0123456789abcdef"):
        return f"{value[:12]}…"
    return _moment(value) if isinstance(value, str) else str(value)


def _moment(text: str) -> str:
    try:
        if len(text) == 10:
            day = date.fromisoformat(text)
            return f"{day.year}年{day.month}月{day.day}日"
        return in_words(datetime.fromisoformat(text))
    except ValueError:
        return text


def _meeting(row: Round, form: dict[str, Any]) -> str:
    meeting = Meeting.objects.filter(round=row, pk=form["meeting"]).first()
    return f"第{meeting.number}次会议（{_moment(str(meeting.held_on))}）" if meeting is not None else "（没有找到）"


def _names(row: Round, form: dict[str, Any]) -> str:
    """All of the list, or those that are new on it."""
    labels = item_labels(row, standing_items(row))
    names = [labels.get(key, key) for key in form["names"]]
    if set(form["names"]) == set(labels):
        return f"审定名单的全部{len(names)}项"
    return "、".join(names[:_MOST]) + (f"等{len(names)}项" if len(names) > _MOST else "")


def _scope(row: Round, form: dict[str, Any]) -> str:
    scope = form["scope"]
    return "\n".join(
        f"{track.label}：{'公布' if told.get('publish', True) else '不公布'}"
        + (f"，依据：{told['why']}" if told.get("why") else "")
        for track in row.tracks.all()
        if (told := scope.get(track.domain)) is not None
    )


def _publication(row: Round, form: dict[str, Any]) -> str:
    found = Publication.objects.filter(round=row, pk=form["corrects"]).first()
    return found.document_number if found is not None else "（没有找到）"


def _item(row: Round, domain: str, key: str) -> str:
    found = PublishedItem.objects.filter(publication__round=row, domain=domain, key=key).last()
    return key if found is None else f"{found.name}（{_domain(row, domain)}）"


def _domain(row: Round, domain: str) -> str:
    return next((track.label for track in row.tracks.all() if track.domain == domain), domain)


_OF_A_ROUND: dict[str, Callable[[Round, dict[str, Any]], str]] = {
    "meeting": _meeting,
    "names": _names,
    "scope": _scope,
    "corrects": _publication,
    "domain": lambda row, form: _domain(row, form["domain"]),
    "key": lambda row, form: _item(row, form["domain"], form["key"]),
    "withdraw": lambda row, form: _item(row, *form["withdraw"].split(":", 1)),
}
