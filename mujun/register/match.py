"""Who in the register is meant by a code and a name on a day. Proposes where it cannot know; tells nothing to anybody.

A code decides, a name confirms. A name alone never decides: it is proposed and asked about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property
from typing import Any

import polars as pl
from attrs import frozen

from mujun.register.columns import CLOSED, GOES_ON_ELSEWHERE, RECODED
from mujun.register.credit_code import usual_form
from mujun.register.names import plain_name, plain_names
from mujun.register.near import NearNames

_LOOKS_LIKE = str.maketrans({"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U", "L": "1"})
_MOST_STEPS = 20


class MatchKind(StrEnum):
    """SAME to NAME_DIFFERS are matched; the others are asked about."""

    SAME = "same"
    CODE_WRITTEN_OTHERWISE = "code_written_otherwise"
    RENAMED = "renamed"
    RECODED = "recoded"
    NAME_DIFFERS = "name_differs"
    NAME_OF_ANOTHER = "name_of_another"
    MERGED = "merged"
    CLOSED = "closed"
    NOT_YET = "not_yet"
    LOOKS_LIKE = "looks_like"
    BY_NAME = "by_name"
    NEAR = "near"
    UNKNOWN = "unknown"


MATCHED = (
    MatchKind.SAME,
    MatchKind.CODE_WRITTEN_OTHERWISE,
    MatchKind.RENAMED,
    MatchKind.RECODED,
    MatchKind.NAME_DIFFERS,
)


@frozen
class Match:
    """`code` is the unit meant, None where it is asked about; `proposals` are codes and names it may be."""

    kind: MatchKind
    code: str | None
    proposals: tuple[tuple[str, str], ...] = ()
    explanation: str = ""


class Lookup:
    """A register on one day, ready to be asked. `states` is ordered by code and day, `held` are those that hold."""

    def __init__(self, states: pl.DataFrame, held: pl.DataFrame, day: date) -> None:
        self.day = day
        self.names: dict[str, str] = dict(held.select("code", "name").iter_rows())
        self._states = states

    def find(self, key: str | None, name: str | None) -> Match:
        """The code first, as written and in its usual form, then what became of it, then the name."""
        written = (key or "").strip()
        code = written if written in self.names else usual_form(written)
        if code in self.names:
            return self._with_name(code, written, name or "")
        known = written if written in self._histories else code
        if known in self._histories:
            return self._followed(known, known, 0, ())
        return self._other_code(code) or self._by_name(name or "") or Match(MatchKind.UNKNOWN, None)

    def _with_name(self, code: str, written: str, name: str) -> Match:
        plain, here = plain_name(name), self.names[code]
        kind = MatchKind.SAME if code == written else MatchKind.CODE_WRITTEN_OTHERWISE
        if not plain or plain == plain_name(here) or plain == plain_name(code):
            return Match(kind, code)
        other = [state for state in self._histories[code] if plain_name(str(state["name"])) == plain]
        if other:
            return Match(MatchKind.RENAMED, code, explanation=self._renamed(code, other[0]))
        owners = tuple(one for one in self._by_plain_name.get(plain, []) if one[0] != code)
        if owners:
            return Match(MatchKind.NAME_OF_ANOTHER, None, ((code, here), *owners))
        return Match(MatchKind.NAME_DIFFERS, code)

    def _renamed(self, code: str, other: dict[str, Any]) -> str:
        now = self.names[code]
        if other["valid_to"] is not None and other["valid_to"] < self.day:
            return f"自{other['valid_to'] + timedelta(days=1)}起更名为“{now}”{_evidence(other)}"
        return f"{self.day}时名称是“{now}”，{other['valid_from']}起才叫“{other['name']}”"

    def _followed(self, asked: str, code: str, steps: int, told: tuple[str, ...]) -> Match:
        """Forward to the successor if the code ended before the day, else back to who was there before it."""
        states = [] if steps > _MOST_STEPS else self._histories.get(code, [])
        ended = [one for one in states if one["valid_to"] is not None and one["valid_to"] < self.day]
        if not ended:
            return self._before(code, told)
        last = ended[-1]
        event, since = last["event"] or CLOSED, last["valid_to"] + timedelta(days=1)
        named = [one for one in (last["successor"] or "").split(";") if one]
        told = (*told, f"“{last['name']}”（{code}）自{since}起{event}{_to(named)}{_evidence(last)}")
        if event not in GOES_ON_ELSEWHERE or not named:
            return Match(MatchKind.CLOSED, None, explanation="；".join(told))
        if event == RECODED and len(named) == 1:
            if named[0] in self.names:
                return Match(MatchKind.RECODED, named[0], explanation="；".join(told))
            return self._followed(asked, named[0], steps + 1, told)
        found = [one if one in self.names else self._followed(asked, one, steps + 1, ()).code for one in named]
        proposals = tuple((one, self.names[one]) for one in found if one is not None)
        return Match(MatchKind.MERGED, None, proposals, "；".join(told))

    def _before(self, code: str, told: tuple[str, ...]) -> Match:
        """The code begins after the day: whoever it came from may have been there."""
        for state in self._predecessors.get(code, []):
            before = str(state["code"])
            told = (
                *told,
                f"{code}是“{state['name']}”（{before}）{state['event']}而来，{state['valid_to']}以前用旧代码",
            )
            if state["event"] == RECODED and before in self.names:
                return Match(MatchKind.RECODED, before, explanation="；".join(told))
            if before in self.names:
                return Match(MatchKind.MERGED, None, ((before, self.names[before]),), "；".join(told))
        first = self._histories[code][0]["valid_from"] if code in self._histories else None
        return Match(MatchKind.NOT_YET, None, explanation="；".join((*told, f"名录中自{first}起才有")))

    def _other_code(self, code: str) -> Match | None:
        """Zeros lost at the front, `.0` behind, letters that look like figures."""
        bare = code.removesuffix(".0").lstrip("0")
        same = self._without_zeros.get(bare, []) if bare else []
        if len(same) == 1:
            return Match(MatchKind.CODE_WRITTEN_OTHERWISE, same[0])
        guess = code.translate(_LOOKS_LIKE)
        if guess != code and guess in self.names:
            return Match(MatchKind.LOOKS_LIKE, None, ((guess, self.names[guess]),))
        return None

    def _by_name(self, name: str) -> Match | None:
        plain = plain_name(name)
        if not plain:
            return None
        here = self._by_plain_name.get(plain)
        if here:
            return Match(MatchKind.BY_NAME, None, tuple(here))
        once = [str(state["code"]) for state in self._by_any_name.get(plain, [])]
        codes = dict.fromkeys(self._followed_code(code) for code in once)
        if once:
            return Match(MatchKind.BY_NAME, None, tuple((one, self.names[one]) for one in codes if one))
        return None

    def near(self, name: str) -> Match:
        """Names close to this one. Costs more than the rest, so it is asked for apart."""
        found = [self._by_plain_name[one][0] for one in self._near.near(plain_name(name))]
        return Match(MatchKind.NEAR if found else MatchKind.UNKNOWN, None, tuple(found))

    def _followed_code(self, code: str) -> str | None:
        return code if code in self.names else self._followed(code, code, 0, ()).code

    @cached_property
    def _histories(self) -> dict[str, list[dict[str, Any]]]:
        return _grouped((str(state["code"]), state) for state in self._states.iter_rows(named=True))

    @cached_property
    def _predecessors(self) -> dict[str, list[dict[str, Any]]]:
        ended = self._states.filter(pl.col("successor").is_not_null())
        return _grouped(
            (code, state) for state in ended.iter_rows(named=True) for code in state["successor"].split(";")
        )

    @cached_property
    def _by_plain_name(self) -> dict[str, list[tuple[str, str]]]:
        names = pl.Series(values=list(self.names.values()), dtype=pl.String)
        return _grouped(zip(plain_names(names).to_list(), self.names.items(), strict=True))

    @cached_property
    def _by_any_name(self) -> dict[str, list[dict[str, Any]]]:
        plain = plain_names(self._states["name"]).to_list()
        return _grouped(zip(plain, self._states.iter_rows(named=True), strict=True))

    @cached_property
    def _without_zeros(self) -> dict[str, list[str]]:
        return _grouped((code.lstrip("0"), code) for code in self.names)

    @cached_property
    def _near(self) -> NearNames:
        return NearNames(self._by_plain_name)


def _grouped(pairs: Iterable[tuple[str, Any]]) -> dict[str, list[Any]]:
    groups: dict[str, list[Any]] = defaultdict(list)
    for key, value in pairs:
        groups[key].append(value)
    return dict(groups)


def _to(named: list[str]) -> str:
    return f"（承继{'、'.join(named)}）" if named else ""


def _evidence(state: dict[str, Any]) -> str:
    return f"（依据{state['evidence']}）" if state["evidence"] else ""
