"""Set findings aside with a reason. Only what asks for a reason can be; an error has to be mended."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from attrs import evolve, frozen

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.store import Waiver

_MOST_UNITS = 1_000
_LEAST_REASON = 2


@frozen
class Wish:
    """A reason somebody gave for all findings of a code, or for those of some units."""

    code: str
    why: str
    units: tuple[str, ...] = ()

    def covers(self, finding: Finding) -> bool:
        return finding.code == self.code and (not self.units or finding.unit in self.units)


@frozen
class Weighed:
    """Findings with the reasons given written into them; `open` still want one."""

    findings: tuple[Finding, ...]
    open: tuple[Finding, ...]
    waivers: tuple[Waiver, ...]


def read_wishes(texts: Sequence[str]) -> tuple[Wish, ...]:
    """`CODE=why` or `CODE:unit,unit=why`. Raises CannotGoOn with everything wrong in them."""
    wishes, findings = [], []
    for text in texts:
        head, equals, why = text.partition("=")
        code, _, units = head.partition(":")
        if not equals or not code.strip() or len(why.strip()) < _LEAST_REASON:
            message = f"“--waive {text}”没有写明理由。"
            mend = "请写成 --waive 代号=理由，只对几个单位的写成 --waive 代号:单位,单位=理由。"
            findings.append(Finding(Severity.ERROR, "bad_waiver", message, mend))
            continue
        named = tuple(part.strip() for part in units.replace("、", ",").replace("，", ",").split(",") if part.strip())
        wishes.append(Wish(code.strip(), why.strip(), named))
    if findings:
        raise CannotGoOn(findings)
    return tuple(wishes)


def weigh(
    findings: Sequence[Finding], wishes: Sequence[Wish], asked: Collection[str], form: str, who: str, at: str
) -> Weighed:
    """`asked` are the codes that want a reason."""
    weighed, left, used = [], [], Counter[Wish]()
    units: dict[Wish, dict[str, None]] = {}
    for finding in findings:
        if finding.severity is Severity.ERROR or finding.code not in asked:
            weighed.append(finding)
            continue
        wish = next((one for one in wishes if one.covers(finding)), None)
        if wish is None:
            left.append(finding)
            weighed.append(finding)
            continue
        used[wish] += 1
        units.setdefault(wish, {}).setdefault(finding.unit)
        weighed.append(evolve(finding, mend=f"已说明理由：{wish.why}（{who}）。"))
    waivers = tuple(
        Waiver(wish.code, form, who, wish.why, at, _units(wish, units[wish]), number) for wish, number in used.items()
    )
    return Weighed(tuple(weighed), tuple(left), waivers)


def _units(wish: Wish, found: dict[str, None]) -> tuple[str, ...]:
    """The units set aside, as far as they can be listed; for all, none."""
    named = tuple(unit for unit in found if unit)
    return named if wish.units or ("" not in found and len(named) <= _MOST_UNITS) else ()


def needless(findings: Sequence[Finding], wishes: Sequence[Wish], asked: Collection[str]) -> list[Finding]:
    """Reasons nobody asked for are told, so that nobody thinks them recorded."""
    told = []
    for wish in wishes:
        covered = [finding for finding in findings if wish.covers(finding)]
        if any(finding.severity is Severity.ERROR for finding in covered):
            message = f"“{wish.code}”是错误，不能特批。"
            told.append(Finding(Severity.WARNING, "waiver_refused", message, "请改正后再报；所写的理由没有记下。"))
        elif covered and wish.code not in asked:
            message = f"“{wish.code}”只是提醒，不用说明理由，所写的理由没有记下。"
            told.append(Finding(Severity.WARNING, "waiver_not_needed", message, "请去掉这个 --waive。"))
        elif not covered:
            of = f"单位{'、'.join(wish.units)}的" if wish.units else ""
            message = f"这批文件里没有{of}“{wish.code}”要说明理由，所写的理由没有记下。"
            told.append(
                Finding(Severity.WARNING, "waiver_not_needed", message, "请核对代号（和单位），或去掉这个 --waive。")
            )
    return told
