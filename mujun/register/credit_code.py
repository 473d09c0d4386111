"""统一社会信用代码 (GB 32100—2015): 18 signs, the last a check sign. Says nothing about who bears a code.

The first eight signs are not held to be digits: codes of village collectives begin with N, those of some institutions
with A or Y. The division inside a code is the place of registration, never of operation, and is not looked at.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping

from attrs import frozen

from mujun.findings import Finding, Severity

SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
"""The alphabet: no I, O, S, V, Z."""
LENGTH = 18

_WEIGHTS = tuple(pow(3, place, 31) for place in range(LENGTH - 1))
_LOOKS_LIKE = str.maketrans({"I": "1", "O": "0", "S": "5", "Z": "2", "V": "U"})
_DROPPED = " \t\r\n\u00a0\u3000\u200b\ufeff-'‐–—−"


@frozen
class Override:
    """A code that fails the check and is real all the same: who said so, why, on which document (licence scan)."""

    by: str
    why: str
    document: str

    @property
    def complete(self) -> bool:
        return bool(self.by and self.why and self.document)


@frozen
class CreditCode:
    """`code` is what to go on with; `written` what was typed. `findings` tell every change and every doubt."""

    code: str
    written: str
    findings: tuple[Finding, ...] = ()

    @property
    def valid(self) -> bool:
        return not any(finding.severity is Severity.ERROR for finding in self.findings)


def check_credit_code(text: str, overrides: Mapping[str, Override] | None = None) -> CreditCode:
    """Bring a code into its usual form, show the change, check it; an override with evidence turns an error aside."""
    code = usual_form(text)
    findings = [_changed(text, code)] if code != text else []
    problem = _problem(code)
    if problem is None:
        return CreditCode(code, text, tuple(findings))
    override = (overrides or {}).get(code)
    if override is not None and override.complete:
        findings.append(_set_aside(code, problem[1], override))
    else:
        findings.append(Finding(Severity.ERROR, *problem, unit=code))
    return CreditCode(code, text, tuple(findings))


def usual_form(text: str) -> str:
    """Half width, upper case, without blanks, hyphens and a leading apostrophe."""
    return "".join(sign for sign in unicodedata.normalize("NFKC", text) if sign not in _DROPPED).upper()


def check_sign(first: str) -> str:
    """The 18th sign that belongs to the first 17, which must all be of the alphabet."""
    total = sum(SIGNS.index(sign) * weight for sign, weight in zip(first, _WEIGHTS, strict=True))
    return SIGNS[-total % len(SIGNS)]


def _problem(code: str) -> tuple[str, str, str] | None:
    """Code of the finding, message, mend."""
    if not code:
        return "credit_code_missing", "没有统一社会信用代码。", "请照营业执照或法人证书填写18位代码。"
    if len(code) != LENGTH:
        message = f"统一社会信用代码“{code}”是{len(code)}位，应为{LENGTH}位。"
        return (
            "credit_code_length",
            message,
            "请对照营业执照核对，看是不是漏了、多了字，或写成了旧的组织机构代码、税号。",
        )
    wrong = [place for place, sign in enumerate(code, start=1) if sign not in SIGNS]
    if wrong:
        shown = "、".join(f"第{place}位“{code[place - 1]}”" for place in wrong)
        message = f"统一社会信用代码“{code}”的{shown}不是代码用的字（没有 I、O、S、V、Z）。"
        return "credit_code_sign", message, _meant(code)
    if check_sign(code[:-1]) != code[-1]:
        message = f"统一社会信用代码“{code}”的校验位不符：按前17位末位应为{check_sign(code[:-1])}，写的是{code[-1]}。"
        mend = "请对照营业执照逐字核对；执照上确实如此的，由名录填写核准人、核准理由和依据（执照扫描件）后放行。"
        return "credit_code_check", message, mend
    return None


def _meant(code: str) -> str:
    guess = code.translate(_LOOKS_LIKE)
    if set(guess) <= set(SIGNS) and check_sign(guess[:-1]) == guess[-1]:
        return f"是不是“{guess}”（校验相符）？请对照营业执照核对。"
    return "请对照营业执照核对，常见的是把1写成I、把0写成O、把2写成Z。"


def _changed(written: str, code: str) -> Finding:
    message = f"代码“{written}”读作“{code}”（全角改半角、小写改大写，并去掉空格、短横和撇号）。"
    return Finding(Severity.INFO, "credit_code_changed", message, "如果读得不对，请改正原表。", unit=code)


def _set_aside(code: str, problem: str, override: Override) -> Finding:
    message = f"{problem}已由{override.by}核准使用：{override.why}；依据：{override.document}。"
    return Finding(Severity.WARNING, "credit_code_override", message, unit=code)
