"""What became of each unit of a run, in the few words that lists and search need. The walk stays in the files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from django.db.models import TextChoices
from pypinyin import Style, lazy_pinyin

from mujun.engine import Evaluation
from mujun.rounding import fixed, half_up
from mujun.scheme import Scheme
from mujun.web.models import Run, RunUnit


class Status(TextChoices):
    """`CANDIDATE` may be on a list if its rank is good enough; `RANKED` has a rank, but a rule keeps it off."""

    CANDIDATE = "candidate", "有名次"
    RANKED = "ranked", "有名次，不参加遴选"
    EXEMPT = "exempt", "豁免"
    NO_SCORE = "no_score", "没有总分"
    NOT_ELIGIBLE = "not_eligible", "不参评"


class Selected(TextChoices):
    """What the plan alone says; a list may depart from it, with reasons."""

    SELECTED = "selected", "入选"
    RESERVE = "reserve", "备选"
    TIED = "tied", "末位并列"
    NONE = "", "未入选"


FULL = "名额已满"
_LONGEST = 200


def outcome_rows(run: Run, evaluation: Evaluation, cities: Mapping[str, str]) -> Iterator[RunUnit]:
    """A row for each unit, in the order of keys."""
    scheme = evaluation.scheme
    rules = [f"{kind}:{one.id}" for kind, some in _rules(scheme) for one in some]
    wanted = [name for name in ("column:county", *rules) if name in evaluation.details.columns]
    more = evaluation.details.select("key", *wanted)
    for unit, detail in zip(evaluation.units.iter_rows(named=True), more.iter_rows(named=True), strict=True):
        status = _status(scheme, unit, detail)
        selected = _selected(unit)
        county = detail.get("column:county") or ""
        yield RunUnit(
            run=run,
            scheme=scheme.id,
            key=unit["key"],
            name=unit["name"],
            initials=initials_of(unit["name"])[:80],
            county=county,
            city=cities.get(county, ""),
            group=group_of(scheme, unit),
            status=status.value,
            score="" if unit["score"] is None else printed_score(unit["score"], scheme.precision),
            rank=unit["rank"],
            tier=unit.get("tier") or "",
            selected=selected.value,
            reason=_reason(scheme, unit, detail, status, selected)[:_LONGEST],
            flags=[flag for flag in (unit["flags"] or "").split(";") if flag],
        )


def group_of(scheme: Scheme, unit: Mapping[str, Any]) -> str:
    """As the counts of a run name it: 高端装备制造业, or 现代物流业/占用土地."""
    return "/".join("（空）" if unit[name] is None else str(unit[name]) for name in scheme.group_by) or "全部"


def initials_of(name: str) -> str:
    """zjysdqyxgs for 竹槿1号电气有限公司: Chinese by its first letters, the rest as it stands."""
    return "".join(part[:1] if part.isalpha() else part for part in lazy_pinyin(name, style=Style.FIRST_LETTER)).lower()


def printed_score(score: float, places: int) -> str:
    return fixed(half_up(Fraction(score), places), places)


def _rules(scheme: Scheme) -> tuple[tuple[str, Any], ...]:
    return (("exemption", scheme.exemptions), ("veto", scheme.vetoes))


def _vetoed(scheme: Scheme, detail: Mapping[str, Any]) -> list[str]:
    return [rule.label for rule in scheme.vetoes if detail.get(f"veto:{rule.id}")]


def _exempt(scheme: Scheme, detail: Mapping[str, Any]) -> list[str]:
    return [rule.label for rule in scheme.exemptions if detail.get(f"exemption:{rule.id}")]


def _kept_off(scheme: Scheme, unit: Mapping[str, Any], detail: Mapping[str, Any]) -> str:
    """Why a ranked unit cannot be on a list, whatever its rank."""
    selection = scheme.selection
    if selection is None:
        return "本方案只评档次，不遴选"
    if selection.adopt_from:
        return ""
    if vetoed := _vetoed(scheme, detail):
        return f"一票否决：{'、'.join(vetoed)}"
    if selection.from_tiers and unit.get("tier") not in selection.from_tiers:
        return f"只从{'、'.join(selection.from_tiers)}档中选"
    if selection.minimum_score is not None and Fraction(unit["score"]) < selection.minimum_score:
        return f"总分低于{float(selection.minimum_score):g}分"
    return ""


def _status(scheme: Scheme, unit: Mapping[str, Any], detail: Mapping[str, Any]) -> Status:
    if not unit["eligible"]:
        return Status.NOT_ELIGIBLE
    if _exempt(scheme, detail):
        return Status.EXEMPT
    if unit["rank"] is None:
        return Status.NO_SCORE
    return Status.RANKED if _kept_off(scheme, unit, detail) else Status.CANDIDATE


def _selected(unit: Mapping[str, Any]) -> Selected:
    if unit["selected"]:
        return Selected.SELECTED
    if "入选线并列" in (unit["flags"] or "").split(";"):
        return Selected.TIED
    return Selected.RESERVE if unit["reserve"] is not None else Selected.NONE


def _reason(
    scheme: Scheme, unit: Mapping[str, Any], detail: Mapping[str, Any], status: Status, selected: Selected
) -> str:
    if status is Status.NOT_ELIGIBLE:
        return unit["excluded_because"] or ""
    if status is Status.EXEMPT:
        return "、".join(_exempt(scheme, detail))
    if status is Status.NO_SCORE:
        return "没有总分"
    if status is Status.RANKED:
        return _kept_off(scheme, unit, detail)
    if selected is Selected.TIED:
        return "与别的单位并列在最后一个名额上"
    if selected is Selected.RESERVE:
        return f"备选第{unit['reserve']}位"
    return "" if selected is Selected.SELECTED or scheme.selection is None or scheme.selection.adopt_from else FULL


__all__ = ["FULL", "Selected", "Status", "group_of", "initials_of", "outcome_rows", "printed_score"]
