"""What the report says of one domain: facts and sentences, no markup. Every count equals the list under it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import polars as pl
from attrs import frozen

from mujun.charts import Table
from mujun.documents.report.changes import Changes, changes_since
from mujun.documents.report.filled import filled_table
from mujun.documents.report.lists import Listing, listings
from mujun.documents.report.noticed import Noticed, noticed
from mujun.documents.report.rules import Ruled, rules_of
from mujun.engine.evaluation import Evaluation
from mujun.findings import Finding
from mujun.law import Law

_COUNTED = (
    ("eligible", "参评"),
    ("exempt", "豁免"),
    ("without_score", "无总分"),
    ("ranked", "参与排名"),
    ("selected", "入选"),
    ("reserve", "备选"),
)


@frozen
class Reported:
    """One evaluation to report on.

    `summary` is what evaluation.json says. `last` is last round's data by this round's scheme.
    """

    evaluation: Evaluation
    summary: dict[str, Any]
    findings: tuple[Finding, ...] = ()
    last: Evaluation | None = None
    rest: tuple[str, ...] = ()
    """The files that hold every unit, as one finds them from the page."""


@frozen
class DomainPage:
    """One domain's part of the report."""

    id: str
    label: str
    marks: tuple[str, ...]
    lead_agency: str
    basis: str
    assumptions: tuple[str, ...]
    rules: tuple[Ruled, ...]
    rest: tuple[str, ...]
    chosen: str
    """What a selected unit is called: 拟入选, or on whose list it is."""
    sentence: str
    counts: dict[str, Any]
    count_table: Table
    not_eligible: Table
    lists: tuple[Listing, ...]
    filled: Table
    noticed: Noticed
    changes: Changes | None
    adopted: dict[str, Any] | None
    differences: Table | None
    files: tuple[tuple[str, str, str, str], ...]
    engine: str


def domain_page(one: Reported, law: Law) -> DomainPage:
    """Gather everything from the evaluation and what was written of it."""
    scheme, summary = one.evaluation.scheme, one.summary
    adopted = summary.get("adopted")
    chosen = "在参照名单上" if scheme.selection is not None and scheme.selection.adopt_from else "拟入选"
    return DomainPage(
        id=scheme.id,
        label=scheme.label,
        marks=marks(summary),
        lead_agency=scheme.lead_agency,
        basis=law.cite(scheme.basis.clause) if scheme.basis.clause else f"假设：{scheme.basis.assumption}",
        assumptions=tuple(summary["assumptions"]),
        rules=rules_of(scheme, law),
        rest=one.rest,
        chosen=chosen,
        sentence=_sentence(one, chosen),
        counts=summary["counts"],
        count_table=_count_table(summary["counts"], scheme.group_by != ()),
        not_eligible=_not_eligible(one.evaluation.units),
        lists=listings(one.evaluation),
        filled=filled_table(one.evaluation),
        noticed=noticed(one.findings or one.evaluation.findings),
        changes=None
        if one.last is None
        else changes_since(one.evaluation, one.last.units, "上一轮的数据按本轮方案计算"),
        adopted=adopted,
        differences=_differences(one.evaluation) if adopted else None,
        files=result_files(summary),
        engine=summary["engine"],
    )


def marks(summary: dict[str, Any]) -> tuple[str, ...]:
    """示例数据, 试评价, 试算 and 有错误, where true."""
    words = (
        summary.get("data_label", ""),
        "试评价" if summary["trial"] else "",
        "试算" if summary["provisional"] else "",
        "有错误，不得发布" if summary["blocked"] else "",
    )
    return tuple(word for word in words if word)


def number(value: int) -> str:
    return f"{value:,}"


def _sentence(one: Reported, chosen: str) -> str:
    counts, what = one.summary["counts"], one.evaluation.scheme.unit_label or "单位"
    words = (
        f"{number(counts['units'])}个{what}中，{number(counts['eligible'])}个参评，{number(counts['ranked'])}个有名次"
    )
    if one.evaluation.scheme.selection is None:
        return f"{words}；本方案只评价，不遴选。"
    reserve = f"，备选{number(counts['reserve'])}个" if counts["reserve"] else ""
    selected = number(counts["selected"])
    return f"{words}；{f'{selected}个{chosen}' if one.summary.get('adopted') else f'{chosen}{selected}个'}{reserve}。"


def _count_table(counts: dict[str, Any], grouped: bool) -> Table:
    tiers = list(counts.get("tiers", {}))
    head = ["分组", *(label for _, label in _COUNTED), *(f"{tier}档" for tier in tiers)]
    if counts.get("no_tier"):
        head.append("未定档")

    def row(name: str, some: dict[str, Any]) -> tuple[str, ...]:
        cells = [name, *(number(some[key]) for key, _ in _COUNTED), *(number(some["tiers"][tier]) for tier in tiers)]
        return (*cells, number(some["no_tier"])) if counts.get("no_tier") else tuple(cells)

    groups = [row(name, some) for name, some in counts["groups"].items()] if grouped else []
    return Table(tuple(head), (*groups, row("合计", counts)))


def _not_eligible(units: pl.DataFrame) -> Table:
    """Every unit that does not take part, once, under all its reasons together."""
    left_out = units.filter(~pl.col("eligible"))
    counted = left_out.group_by("excluded_because").len().sort("len", "excluded_because", descending=[True, False])
    found = [(f"不符合：{because}" if because else "没有写明", number(n)) for because, n in counted.iter_rows()]
    return Table(("原因", "单位"), (*found, ("合计", number(left_out.height))))


def _differences(evaluation: Evaluation) -> Table:
    """Adopted but not among the first so many of their group by this scheme, and the other way round."""
    found: list[tuple[str, ...]] = []
    for _, units in _by_group(evaluation):
        places = units.filter("selected").height
        ranked = units.filter(pl.col("selected") | (pl.col("rank") <= places)).sort("rank", "key", nulls_last=True)
        for unit in ranked.iter_rows(named=True):
            within = unit["rank"] is not None and unit["rank"] <= places
            if unit["selected"] != within:
                word = "在名单上，综合评议靠后" if unit["selected"] else "综合评议靠前，不在名单上"
                rank = "无名次" if unit["rank"] is None else str(unit["rank"])
                found.append((unit["name"], word, f"前{places}名", rank))
    return Table(("单位", "差异", "按名单家数应在", "综合评议名次"), tuple(found), text_columns=3)


def _by_group(evaluation: Evaluation) -> list[tuple[str, pl.DataFrame]]:
    group_by = list(evaluation.scheme.group_by)
    if not group_by:
        return [("全部", evaluation.units)]
    parts = evaluation.units.partition_by(group_by, as_dict=True)
    return [("·".join(map(str, name)), units) for name, units in sorted(parts.items(), key=lambda item: str(item[0]))]


def result_files(summary: dict[str, Any]) -> tuple[tuple[str, str, str, str], ...]:
    """What, file, SHA-256, SM3."""
    listed: list[tuple[str, str, dict[str, str]]] = [
        ("方案", summary["scheme_file"]["name"], summary["scheme_file"]),
        ("数据", summary["data_file"]["name"], summary["data_file"]),
    ]
    if "previous_file" in summary:
        listed.append(("上一轮数据", summary["previous_file"]["name"], summary["previous_file"]))
    listed += [("结果", name, digest) for name, digest in summary.get("results", {}).items()]
    return tuple((what, name, digest.get("sha256", ""), digest.get("sm3", "")) for what, name, digest in listed)


def total_of(pages: Sequence[DomainPage], key: str) -> int:
    return sum(page.counts[key] for page in pages)
