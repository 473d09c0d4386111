"""What is remembered of who did what, and what follows from an edge. Values; the web application carries them out."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """An act whose doer matters later, because a second person must be another one."""

    ROUND_DRAFTED = "round_drafted"
    PLAN_DRAFTED = "plan_drafted"
    EVALUATED = "evaluated"
    LIST_DRAFTED = "list_drafted"
    LIST_ADOPTED = "list_adopted"
    SIGNED = "signed"
    ACCEPTED = "accepted"
    NOTICE_DRAFTED = "notice_drafted"
    NOTICE_OPENED = "notice_opened"
    COUNTY_SUBMITTED = "county_submitted"
    OBJECTION_FILED = "objection_filed"
    ADMITTED = "admitted"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Act.ROUND_DRAFTED: "起草年度和日程",
    Act.PLAN_DRAFTED: "起草方案",
    Act.EVALUATED: "运行评价",
    Act.LIST_DRAFTED: "拟定名单",
    Act.LIST_ADOPTED: "采用名单",
    Act.SIGNED: "签发推荐名单",
    Act.ACCEPTED: "接收推荐名单",
    Act.NOTICE_DRAFTED: "拟定公示",
    Act.NOTICE_OPENED: "开始公示",
    Act.COUNTY_SUBMITTED: "县级审核上报",
    Act.OBJECTION_FILED: "提出异议",
    Act.ADMITTED: "受理异议",
}


class Effect(StrEnum):
    """What the action that moves along an edge has to do in the same transaction."""

    RECORD_PROPOSAL = "record_proposal"
    ALERT = "alert"
    START_EVALUATING = "start_evaluating"
    WRITE_CLAUSES = "write_clauses"
    STORE_SCHEME = "store_scheme"
    VOID_RUNS = "void_runs"
    VOID_LIST = "void_list"
    RETURN_TRACKS = "return_tracks"
    DROP_ITEMS = "drop_items"
    TAKE_NUMBER = "take_number"
    NEW_NOTICE_NEEDED = "new_notice_needed"
    STATE_PUBLICLY = "state_publicly"
    NEW_PUBLICATION = "new_publication"
    STRIKE_OLD = "strike_old"
    REVOKE_INCENTIVES = "revoke_incentives"
    MARK_CONTESTED = "mark_contested"
    ISSUE_RECEIPT = "issue_receipt"
    MARK_LATE = "mark_late"
    TELL_NEXT_DOOR = "tell_next_door"
    FORWARD_TO_ISSUER = "forward_to_issuer"
    TAKE_PLACE = "take_place"
    RELEASE_PLACE = "release_place"
