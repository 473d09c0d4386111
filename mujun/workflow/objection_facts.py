"""What is known of an objection when one of its edges is judged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from attrs import field, frozen

from mujun.workflow.facts import Facts
from mujun.workflow.moment import moment
from mujun.workflow.notice import Notice
from mujun.workflow.states import ObjectionState


class Refusal(StrEnum):
    """Why an objection is not admitted."""

    LATE = "超期"
    ANONYMOUS = "匿名"
    DUPLICATE = "重复"
    OTHER_MATTER = "非本事项"
    NO_GROUNDS = "无具体理由"


def _keep_grounds(grounds: Mapping[str, str]) -> Mapping[str, str]:
    return MappingProxyType(dict(grounds))


@frozen(kw_only=True)
class ObjectionFacts(Facts):
    """An objection. `grounds` by its text: the answer given to it, empty while there is none."""

    state: ObjectionState | None
    received_at: datetime = field(validator=moment)
    notice: Notice | None
    text: str = ""
    objector: str = ""
    real_name: bool = False
    scan_hash: str = ""
    duplicate_of: str = ""
    concerns_notice: bool | None = None
    grounds: Mapping[str, str] = field(factory=dict, converter=_keep_grounds, eq=dict)
    refusal: Refusal | None = None
    next_door: str = ""
    open_questions: tuple[str, ...] = ()
    changes_list: bool | None = None
    remedy: str = ""
    answer_sent: bool = False
    adopted_list: bool = False
