"""Slips on purpose: a file in a wrong unit, rows that a second file mends, a cell taken back, firms by other names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import evolve, frozen

from mujun.demo.names import MARK
from mujun.demo.offices.mail import Mail, Mailing, workday
from mujun.demo.offices.register import former_code, former_name

WRONG_UNITS = {
    ("2019/services", "税务", "tax"): 10_000,
    ("2019/micro_park", "自然资源", "land"): 2000 / 3,
}
"""元 for 万元 and 平方米 for 亩: the first file of these offices, which is sent back."""

CORRECTED = {
    ("2019/county", "统计", ""): ("revenue",),
    ("2019/manufacturing", "统计", ""): ("value_added", "staff"),
    ("2019/manufacturing", "税务", "tax_components"): ("amount",),
    ("2019/services", "统计", ""): ("revenue",),
}
"""Of these forms a few rows are wrong in the first file, and a second one mends them."""

TAKEN_BACK = ("2019/manufacturing", "生态环境", "emissions")
OTHER_NAMES = ("2019/manufacturing", "人力社保")
ROWS = 3


@frozen
class _Rows:
    mail: Mail
    numbers: tuple[int, ...]


def with_slips(mailings: Sequence[Mailing]) -> list[Mailing]:
    """The mailings with their slips, and at the end those that mend them."""
    first, second = [], []
    for mailing in mailings:
        changed = _other_names(_wrong_unit(mailing))
        changed, mended = _corrected(changed)
        first.append(changed)
        second += mended
    start = first[0].at
    return [*first, *(evolve(one, at=workday(start, len(first) + number)) for number, one in enumerate(second))]


def _wrong_unit(mailing: Mailing) -> Mailing:
    for (scheme, source, variable), times in WRONG_UNITS.items():
        if (scheme, source) == (mailing.scheme, mailing.source):
            right, *others = mailing.mails
            wrong = evolve(right, cells=_times(right.cells, variable, times))
            again = evolve(right, file=right.file.replace(".xlsx", "（重报）.xlsx"))
            return evolve(mailing, mails=(wrong, *others), instead=(again,))
    return mailing


def _times(cells: Mapping[str, Sequence[object]], variable: str, times: float) -> dict[str, Sequence[object]]:
    values = [None if value is None else round(float(str(value)) * times, 2) for value in cells[variable]]
    return {**cells, variable: values}


def _corrected(mailing: Mailing) -> tuple[Mailing, list[Mailing]]:
    right, *others = mailing.mails
    columns = CORRECTED.get((mailing.scheme, mailing.source, right.form.table), ())
    withdrawn = (mailing.scheme, mailing.source) == TAKEN_BACK[:2]
    if not columns and not withdrawn:
        return mailing, []
    if withdrawn:
        variable = TAKEN_BACK[2]
        rows = [number for number, value in enumerate(right.cells[variable]) if value is None][:1]
        wrong = _put(right, variable, dict.fromkeys(rows, 0.01))
        why = "一家停产企业没有监测数据，0.01吨是误填，撤回"
    else:
        rows = [row for row in _plain(right) if all(_positive(right.cells[name][row]) for name in columns)][:ROWS]
        wrong = right
        for name in columns:
            wrong = _put(wrong, name, {row: _slip(right.cells[name][row]) for row in rows})
        why = ""
    file = right.file.replace(".xlsx", "·更正.xlsx")
    mended = evolve(
        right,
        file=file,
        keys=tuple(right.keys[row] for row in rows),
        names=tuple(right.names[row] for row in rows),
        cells={name: [values[row] for row in rows] for name, values in right.cells.items()},
        kind="template",
    )
    reasons = (f"value_withdrawn={why}",) if why else ()
    again = evolve(mailing, mails=(mended,), instead=(), reasons=reasons, corrects=True)
    return evolve(mailing, mails=(wrong, *others)), [again]


def _plain(mail: Mail) -> list[int]:
    """Rows of units that stand there for no rule; of a detail, any."""
    return [row for row, name in enumerate(mail.names) if mail.form.table or name.endswith(MARK)]


def _positive(value: object) -> bool:
    return isinstance(value, int | float) and value > 1


def _slip(value: object) -> object:
    """A digit too many, or too few: too little to be seen by any check."""
    assert isinstance(value, int | float)
    return value + 1 if isinstance(value, int) else round(value * 1.09, 2)


def _put(mail: Mail, variable: str, values: Mapping[int, object]) -> Mail:
    column = [values.get(row, value) for row, value in enumerate(mail.cells[variable])]
    return evolve(mail, cells={**mail.cells, variable: column})


def _other_names(mailing: Mailing) -> Mailing:
    """One firm by its former name, one by its former code, one as the stock exchange calls it."""
    if (mailing.scheme, mailing.source) != OTHER_NAMES:
        return mailing
    mail, *others = mailing.mails
    keys, names = list(mail.keys), list(mail.names)
    for row in range(len(keys)):
        names[row] = former_name(keys[row], names[row]) or names[row]
        keys[row] = former_code(keys[row]) or keys[row]
    starred = next((row for row in reversed(_plain(mail)) if names[row] == mail.names[row]), None)
    if starred is not None:
        names[starred] = f"*ST{names[starred]}"
    return evolve(mailing, mails=(evolve(mail, keys=tuple(keys), names=tuple(names)), *others))
