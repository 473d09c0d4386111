"""Whether a list may be made public at all: its counts add up, nobody stands in it twice, nothing private is in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.proof.published_list import PublishedList, Status, printed

_PRIVATE = (
    (
        re.compile(r"(?<!\d)[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dXx])"),
        "身份证号码",
    ),
    (re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)"), "手机号码"),
    (re.compile(r"(?<!\d)0\d{2,3}[-—－ ]?\d{7,8}(?!\d)"), "电话号码"),
)


def reconcile(published: PublishedList) -> list[Finding]:
    """Errors for all that keeps the list from being written."""
    return [
        *_counts(published),
        *_rows(published),
        *_private(published),
        *(_state(published) if published.status is not Status.DRAFT else ()),
    ]


def require_reconciled(published: PublishedList) -> None:
    """Raises CannotGoOn with every finding: a list that does not add up is not written in any form."""
    findings = reconcile(published)
    if findings:
        raise CannotGoOn(findings)


def _counts(published: PublishedList) -> Iterator[Finding]:
    for group in published.groups:
        if len(group.rows) != group.count:
            message = f"“{group.label}”审定{group.count}个，名单里有{len(group.rows)}个。"
            yield _error(published, "group_count", message, "请核对审定的名单，缺的补上，多的删去。")
    total = sum(len(group.rows) for group in published.groups)
    if total != published.count:
        parts = "＋".join(str(len(group.rows)) for group in published.groups) or "0"
        message = f"共{published.count}个，各类相加却是{parts}＝{total}个。"
        yield _error(published, "total_count", message, "请核对总数和各类的数。")


def _rows(published: PublishedList) -> Iterator[Finding]:
    labels = Counter(group.label for group in published.groups)
    for label in (label for label, times in labels.items() if times > 1):
        yield _error(published, "group_twice", f"“{label}”一类写了两次。", "请合并。")
    names = {column.id: place for place, column in enumerate(published.columns)}
    seen: Counter[tuple[str, ...]] = Counter()
    for group, number, row in published.numbered():
        if len(row) != len(published.columns):
            message = f"“{group}”第{number}行有{len(row)}格，应有{len(published.columns)}格。"
            yield _error(published, "row_width", message, "请核对列。")
            continue
        if "name" in names and not printed(row[names["name"]]).strip():
            yield _error(published, "no_name", f"“{group}”第{number}行没有名称。", "请补上名称。")
        seen[tuple(printed(row[names[name]]) for name in ("name", "county") if name in names)] += 1
    for who in (who for who, times in seen.items() if times > 1 and who):
        message = f"“{'，'.join(who)}”在名单里出现{seen[who]}次，分不清是同一家还是两家。"
        yield _error(published, "row_twice", message, "同一家的请删去一行；两家的请在公开规则里加一列来分辨。")


def _private(published: PublishedList) -> Iterator[Finding]:
    texts = [(f"“{group}”第{number}行", printed(cell)) for group, number, row in published.numbered() for cell in row]
    texts += [("说明", note) for note in (published.title, *published.notes)]
    for where, text in texts:
        for pattern, what in _PRIVATE:
            if pattern.search(text):
                yield _error(published, "private", f"{where}里像有{what}。", "公开的名单不得有，请删去。")


def _state(published: PublishedList) -> Iterator[Finding]:
    state = published.status.label
    if published.decision is None:
        yield _error(published, "not_decided", f"没有审定的依据，不能{state}。", "请先由领导小组审定。")
    if published.status is Status.ISSUED:
        if not published.document_number or not published.issued_on:
            yield _error(published, "no_document", "没有文号或印发日期，不能印发。", "请补上文号和日期。")
        if published.assumptions:
            message = f"还有{len(published.assumptions)}处假设没有由方案确定，只能试算，不能印发。"
            yield _error(published, "assumed", message, "请先印发具体方案，把假设换成条款。")


def _error(published: PublishedList, code: str, message: str, mend: str) -> Finding:
    return Finding(Severity.ERROR, code, message, mend, file=published.title)
