"""What a clerk is told about rows whose unit is not simply the one in the register."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from mujun.findings import Finding, Severity
from mujun.register.credit_code import usual_form
from mujun.register.match import Lookup, Match, MatchKind
from mujun.register.names import plain_name
from mujun.register.told import Told

_SHOWN = 5
_ERROR, _WARNING, _INFO = Severity.ERROR, Severity.WARNING, Severity.INFO


def tell(match: Match, key: str, name: str, row: int, lookup: Lookup, told: Told) -> None:
    """One row that is not plainly right: what was made of it, or what is asked."""
    severity, message, mend = _say(match, key, name, lookup)
    column = "name" if match.kind in (MatchKind.RENAMED, MatchKind.NAME_DIFFERS) else "code"
    told.add(Finding(severity, f"unit_{match.kind.value}", message, mend, unit=match.code or key), row, column)


def _say(match: Match, key: str, name: str, lookup: Lookup) -> tuple[Severity, str, str]:
    here = lookup.names.get(match.code or "", "")
    named = "、".join(f"“{one}”（{code}）" for code, one in match.proposals)
    first_name, first_code = (match.proposals[0][1], match.proposals[0][0]) if match.proposals else ("", "")
    day, why = lookup.day, match.explanation
    written = f"“{name or '（无名称）'}”（{key or '无代码'}）"
    say: dict[MatchKind, Callable[[], tuple[Severity, str, str]]] = {
        MatchKind.SAME: lambda: (_INFO, f"{written}在名录中。", ""),
        MatchKind.CODE_WRITTEN_OTHERWISE: lambda: (
            _INFO if usual_form(key) == match.code else _WARNING,
            f"代码“{key}”读作“{match.code}”（{here}）。",
            "如果不对，请改正代码；代码列请设为“文本”格式，以免丢掉开头的0。",
        ),
        MatchKind.RENAMED: lambda: (_WARNING, f"{written}与名录是同一家：{why}。", f"名称请改为“{here}”。"),
        MatchKind.RECODED: lambda: (
            _WARNING,
            f"{written}已按{day}的代码{match.code}“{here}”计：{why}。",
            f"代码请改为{match.code}。",
        ),
        MatchKind.NAME_DIFFERS: lambda: (
            _WARNING,
            f"代码{match.code}在名录中是“{here}”，这里写的是“{name}”，先按代码计。",
            "请核对是不是填错了行；确已更名的，请连同依据报送名录。",
        ),
        MatchKind.NAME_OF_ANOTHER: lambda: (
            _ERROR,
            f"代码和名称是两家：{key}是“{first_name}”，“{name}”的代码是{match.proposals[1][0]}。",
            "常见的是代码列或名称列错了一行，请逐行核对；没有认定是哪一家。",
        ),
        MatchKind.MERGED: lambda: (
            _ERROR,
            f"{written}在{day}的名录中没有：{why}。",
            f"是不是{named}？请核对后改用承继单位的代码，数据是否并入由报送部门决定。"
            if named
            else "承继单位在名录中也没有有效的一行，请核对名录。",
        ),
        MatchKind.CLOSED: lambda: (
            _WARNING,
            f"{written}在{day}已不在名录中：{why}。这一行没有对应的单位。",
            "确已注销的可以不管；仍在经营的，请报送名录更正。",
        ),
        MatchKind.NOT_YET: lambda: (
            _ERROR,
            f"{written}在{day}还不在名录中：{why}。",
            "请核对数据的时点；应当参评的，请报送名录更正生效日期。",
        ),
        MatchKind.LOOKS_LIKE: lambda: (
            _ERROR,
            f"名录中没有代码“{key}”，是不是{first_code}“{first_name}”？",
            "请对照营业执照核对：代码里没有字母 I、O、S、V、Z，常把1写成I、把0写成O。",
        ),
        MatchKind.BY_NAME: lambda: (
            _ERROR,
            f"名录中没有代码“{key}”；名称相同的是{named}。"
            if named
            else f"名录中没有代码“{key}”，同名的单位已注销或合并。",
            "如果就是这家，请改用名录中的代码；名称相同不足以认定，须核对代码。",
        ),
        MatchKind.NEAR: lambda: (
            _ERROR,
            f"名录中没有{written}，相近的是{named}。",
            "如果是其中一家，请改用它的代码和名称；是新单位的，请先报送名录。",
        ),
        MatchKind.UNKNOWN: lambda: (
            _ERROR,
            f"名录中没有{written}，也没有相近的。",
            "请核对代码；是新单位的，请先连同依据报送名录。",
        ),
    }
    return say[match.kind]()


def tell_written_otherwise(rows: pl.DataFrame, told: Told) -> None:
    """Names that are the same but for brackets, blanks or ST: one note for all."""
    other = rows.filter(
        pl.col("name").is_not_null(), pl.col("name") != pl.col("registered"), pl.col("name") != pl.col("key")
    )
    if other.is_empty():
        return
    shown = "；".join(
        f"“{name}”即“{registered}”" for name, registered in other.select("name", "registered").head(_SHOWN).iter_rows()
    )
    more = "等" if other.height > _SHOWN else ""
    message = f"{other.height:,}个名称的写法与名录略有不同（括号、空格、ST等），已认作同一家：{shown}{more}。"
    told.add(Finding(_INFO, "names_written_otherwise", message), other["row"][0], "name")


def tell_twice(rows: pl.DataFrame, lookup: Lookup, told: Told) -> None:
    """Two rows that turn out to be one unit, such as its old code and its new."""
    found = rows.filter(pl.col("matched").is_not_null() & pl.col("matched").is_duplicated()).sort("matched", "row")
    for (code,), some in found.group_by(["matched"], maintain_order=True):
        keys = "、".join(f"第{row}行“{key}”" for key, row in some.select("key", "row").iter_rows())
        message = f"{keys}是同一家单位：{code}“{lookup.names[str(code)]}”。"
        mend = "一家单位只能有一行，请合并或删去。"
        told.add(Finding(_ERROR, "unit_twice", message, mend, unit=str(code)), some["row"][-1], "code")


def tell_county(rows: pl.DataFrame, told: Told) -> None:
    """The county reported is not the one registered: perhaps it moved."""
    for row, code, county, seat in rows.select("row", "matched", "county", "seat").drop_nulls().iter_rows():
        if plain_name(county) != plain_name(seat):
            message = f"所在县（市、区）这里写“{county}”，名录中是“{seat}”。"
            mend = "请核对；已经迁移的，请连同依据报送名录。"
            told.add(Finding(_WARNING, "unit_moved", message, mend, unit=code), row, "county")
