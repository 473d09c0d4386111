"""The register of firms (名录): who there is, and of a few what they were called or coded before. All invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import polars as pl

from mujun.dataset import KEY, NAME
from mujun.demo.names import credit_codes

HEAD = ("代码", "名称", "生效日期", "失效日期", "变动事项", "承继代码", "依据")
CHANGED = 2
"""So many of the first manufacturers changed their name, and as many after them their code, on 2018-07-01."""
_UNTIL, _SINCE = "2018-06-30", "2018-07-01"
_WHY = "示例登记通知书（虚构）"


def former_code(key: str) -> str | None:
    """The code that a firm had before, of those that changed theirs."""
    return _old_codes().get(key)


def former_name(key: str, name: str) -> str | None:
    """The name that a firm had before, of those that changed theirs."""
    return name.replace("有限公司", "厂") if key in _renamed() else None


def register_rows(tables: Mapping[str, pl.DataFrame]) -> Iterator[tuple[str, ...]]:
    """A row per state of a firm."""
    for table in tables.values():
        for key, name in table.select(KEY, NAME).iter_rows():
            code, before = former_code(key), former_name(key, name)
            if code is not None:
                yield code, name, "", _UNTIL, "换码", key, _WHY
                yield key, name, _SINCE, "", "", "", ""
            elif before is not None:
                yield key, before, "", _UNTIL, "更名", "", _WHY
                yield key, name, _SINCE, "", "", "", ""
            else:
                yield key, name, "", "", "", "", ""


@cache
def _renamed() -> tuple[str, ...]:
    return tuple(credit_codes("M", CHANGED))


@cache
def _old_codes() -> dict[str, str]:
    now = credit_codes("M", 2 * CHANGED)[CHANGED:]
    return dict(zip(now, credit_codes("Q", CHANGED), strict=True))
