"""The columns of a register, and what may stand in them. A row is a state of a unit, from one day to another."""

from __future__ import annotations

from attrs import frozen


@frozen
class RegisterColumn:
    id: str
    label: str
    meaning: str
    required: bool = False


COLUMNS = (
    RegisterColumn("code", "代码", "统一社会信用代码，或园区、小镇等的编号", required=True),
    RegisterColumn("name", "名称", "这段时间的全称", required=True),
    RegisterColumn("county", "县（市、区）", "经营所在地，不是注册地"),
    RegisterColumn("industry", "行业代码", "GB/T 4754—2017 四位小类"),
    RegisterColumn("valid_from", "生效日期", "含当日；空着是一直如此"),
    RegisterColumn("valid_to", "失效日期", "含当日；空着是至今有效"),
    RegisterColumn("event", "变动事项", "这一行为什么失效：更名、迁移、变更、换码、合并、分立、注销、更正"),
    RegisterColumn("successor", "承继代码", "换码、合并、分立后的代码，几个之间用分号"),
    RegisterColumn("evidence", "依据", "文件、登记机关的通知书、执照扫描件等"),
    RegisterColumn("approved_by", "核准人", "代码校验不符仍须使用时，由谁核准"),
    RegisterColumn("approved_why", "核准理由", "为什么"),
)

RENAMED, MOVED, CHANGED = "更名", "迁移", "变更"
RECODED, MERGED, SPLIT = "换码", "合并", "分立"
CLOSED, CORRECTED = "注销", "更正"

STAYS = (RENAMED, MOVED, CHANGED)
"""The unit goes on under its code, in a row of its own."""
GOES_ON_ELSEWHERE = (RECODED, MERGED, SPLIT)
"""A successor has to be named."""
EVENTS = (*STAYS, *GOES_ON_ELSEWHERE, CLOSED, CORRECTED)


def header_words() -> dict[str, str]:
    """Column ids by everything a header may say."""
    also = {
        "统一社会信用代码": "code",
        "企业代码": "code",
        "单位代码": "code",
        "企业名称": "name",
        "单位名称": "name",
        "所在县（市、区）": "county",
        "县市区": "county",
        "有效期起": "valid_from",
        "有效期止": "valid_to",
    }
    return also | {column.label: column.id for column in COLUMNS} | {column.id: column.id for column in COLUMNS}
