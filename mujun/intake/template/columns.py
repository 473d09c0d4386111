"""What each column of a form asks for: its header, its words to choose from, its check, its hint. Writes no cell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from attrs import frozen

from mujun.collection import CollectionPlan, Form
from mujun.collection.model import UNIT
from mujun.intake.template.words import detail_words, known_words
from mujun.register import divisions_at, load_industries
from mujun.scheme.expression import Kind
from mujun.scheme.model import Scheme, Variable
from mujun.scheme.units import parse_unit

YES_NO = ("是", "否")
DIVISION, INDUSTRY = "county", "gb_code"
"""By these ids schemes call a county's name and an industry's code."""

_AREAS_AND_MASSES = ("平方米", "亩", "公顷", "千克", "吨", "当量吨", "吨标准煤", "千瓦时", "万千瓦时", "立方米")
_COUNTS = ("人", "千人", "万人", "年", "家", "百家", "项", "个", "起")
_NEVER_NEGATIVE = (*_AREAS_AND_MASSES, *_COUNTS)
"""Money may be refunded, a rate may fall: these are left free."""


@frozen
class TemplateColumn:
    """`words` are offered; `strict` says that nothing else is right. `example` is for the sheet of instructions."""

    variable: Variable
    header: str
    words: tuple[str, ...] = ()
    strict: bool = False
    whole: bool = False
    not_negative: bool = False
    example: str = ""

    @property
    def hint(self) -> str:
        """What stands beside the cell while it is being filled in."""
        return "".join((self.what, self.where_missing))

    @property
    def what(self) -> str:
        one = self.variable
        if one.kind is Kind.BOOLEAN or self.words == YES_NO:
            return "选“是”或“否”。"
        if one.kind is Kind.DATE:
            return "填日期，如2019-04-09。"
        if one.id == INDUSTRY:
            return "填四位行业小类代码，如3973；可在“代码表”里查。"
        if self.words and one.id == DIVISION:
            return "从下拉表中选县（市、区）全称。"
        if self.words:
            return f"从下拉表中选：{'、'.join(self.words)}。" + ("" if self.strict else "都不是的可以另填。")
        if one.id == UNIT:
            return "填这条记录是哪家单位的：它的代码，与名录一致。"
        if one.kind is Kind.TEXT:
            return "填文字。"
        unit = f"，单位{one.unit_text}" if one.unit_text else ""
        percent = "，25%填25" if one.unit_text in ("%", "％") else ""
        decimals = f"，最多{one.decimals}位小数" if one.decimals else ""
        sign = "，不能是负数" if self.not_negative else "，可以是负数"
        return f"填{'整数' if self.whole else '数字'}{unit}{percent}{decimals}{sign}。"

    @property
    def where_missing(self) -> str:
        default = self.variable.default
        if default is not None:
            shown = {True: "是", False: "否"}.get(default, str(default)) if isinstance(default, bool) else str(default)
            return "没有的填0；空着也按0计。" if shown == "0" else f"空着按{shown}计。"
        return "没有数据就空着，不要填0。"


def template_columns(
    form: Form, scheme: Scheme | None, day: date, plan: CollectionPlan | None = None
) -> list[TemplateColumn]:
    """A column per variable of the form, in its order. `day` says which divisions there are."""
    words: Mapping[str, Sequence[str]] = {}
    if scheme is not None and not form.table:
        words = known_words(scheme)
    elif scheme is not None and plan is not None:
        words = detail_words(plan, scheme, form.table)
    return [_column(variable, form.round, words, day, bool(form.table)) for variable in form.variables]


def header_of(variable: Variable) -> str:
    """标签（单位）, the unit on a line of its own; reading takes it without the break."""
    return f"{variable.label}\n（{variable.unit_text}）" if variable.unit_text else variable.label


def _column(
    variable: Variable, round_name: str, known: Mapping[str, Sequence[str]], day: date, strict: bool
) -> TemplateColumn:
    header = header_of(variable)
    if variable.kind is Kind.BOOLEAN:
        return TemplateColumn(variable, header, YES_NO, strict=True, example="是")
    if variable.kind is Kind.DATE:
        return TemplateColumn(variable, header, example="2016-05-18")
    if variable.kind is Kind.TEXT:
        return _text(variable, header, round_name, tuple(known.get(variable.id, ())), day, strict)
    whole = variable.type == "integer"
    sign = parse_unit(variable.unit_text) in [parse_unit(unit) for unit in _NEVER_NEGATIVE]
    example = (
        "3" if whole else "12" if variable.unit_text in ("%", "％") else "1204.85" if variable.unit_text else "0.5"
    )
    return TemplateColumn(variable, header, whole=whole, not_negative=sign or whole, example=example)


def _text(
    variable: Variable, header: str, round_name: str, words: tuple[str, ...], day: date, strict: bool
) -> TemplateColumn:
    """`strict`: a rule that counts by words knows no others; a scheme that compares to words does."""
    if variable.id == DIVISION:
        names = tuple(one.name for one in divisions_at(day, round_name))
        return TemplateColumn(variable, header, names, example=names[0] if names else "某县")
    industries = load_industries(round_name)
    if variable.id == INDUSTRY and industries is not None:
        codes = tuple(sorted(code for code in industries.names if len(code) == 4))
        return TemplateColumn(variable, header, codes, example="3973" if "3973" in codes else codes[0])
    if variable.id == UNIT:
        return TemplateColumn(variable, header, example="91330100MAEX000011")
    if set(words) <= set(YES_NO) and words:
        return TemplateColumn(variable, header, YES_NO, strict=True, example=YES_NO[0])
    return TemplateColumn(variable, header, words, strict=strict, example=words[0] if words else "（照实填写）")
