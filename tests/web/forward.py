"""The next right act of a small round, and forms that fit: services of three firms, and the counties' adopted list.

The rest of the domains is not in it. The counties' data are locked by a short way; everything else goes by the actions.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from mujun.web.actions.adoption import record_document
from mujun.web.actions.decision import declare_conflict, fix_pack, record_minutes, resolve_duplicate
from mujun.web.actions.evaluate import ask_for_run, carry_out_run
from mujun.web.actions.objections import file_objection, send_answer
from mujun.web.actions.rounds import begin_track, create_round, leave_out_track
from mujun.web.actions.step import open_proposal, propose, take
from mujun.web.actions.values.approve import accept_sets, approve_city, check_county
from mujun.web.actions.values.confirm import settle_due
from mujun.web.doer import Doer
from mujun.web.evidence import keep
from mujun.web.living.decision import MINUTES
from mujun.web.living.notice import notice_form
from mujun.web.living.people import demo_doer
from mujun.web.models import Account, FormDue, Meeting, Objection, Person, Round, Run, Track, ValueSet
from mujun.web.models.rounds import Machine
from mujun.web.queries.adoption import document_of, ranked_units, told_document
from mujun.web.queries.compiled import item_key, standing_items
from mujun.web.queries.facts.round import upheld
from mujun.web.queries.issued import extended_form
from mujun.web.queries.pack import pack_hash
from tests.web import collecting
from tests.web.shortcuts import lock_with

LOGINS = (
    "a", "b", "b2", "c-services", "d-services", "c-manufacturing", "d-manufacturing", "l1", "l2", "o1", "o2", "m",
    "sa", "se", "au", "t-3301", "k-330102", "k-330104", "both", "all", "audits",
)  # fmt: skip
"""`both`: C and D of services. `all`: A, B and O. `audits`: A, B and the auditor, and so never a business act."""
_WHY = "示例：经核实"
LEFT_OUT = "micro_park"
IN_IT = {"services": "c-services", "county": "a", LEFT_OUT: "c-micro-park"}
UNLOCKED = ("LOCKED", "EVALUATED", "FROZEN", "LIST_DRAFT", "ADOPTED", "SIGNED")
"""Where data may be unlocked."""
SHORT = "short"
"""Nobody's act: the counties' data are locked as they are."""
Act = tuple[str, "Doer | None", Callable[[], object]]


class Forward:
    """Knows what would come next. `now` may be moved on, where the next thing is to wait."""

    def __init__(self, dice: random.Random, county: Path) -> None:
        self.dice, self.county, self.numbers = dice, county, 0
        self.now = datetime.min

    def logins(self) -> list[str]:
        more = Account.objects.filter(username__regex=r"^[pe]-").values_list("username", flat=True)
        return [*LOGINS, *sorted(more)]

    def by(self, *logins: str) -> Doer:
        return demo_doer(self.dice.choice(logins), self.now)

    def number(self, mark: str) -> str:
        self.numbers += 1
        return f"{mark}〔2019〕{self.numbers}号"

    def next(self) -> Act:
        round_ = Round.objects.exclude(state="CANCELLED").first()
        if round_ is None:
            by = self.by("a", "all")
            return "R1", by, lambda: create_round(year=2019, programme="2019", title="示例", by=by, now=self.now)
        if round_.state in ("PLANNED", "EVALUATING"):
            for domain, clerk in IN_IT.items():
                act = self.on_with(round_, domain, clerk)
                if act is not None:
                    return act
            return self.one("R4", round_, "a")
        return getattr(self, f"_{round_.state.lower()}")(round_)  # type: ignore[no-any-return]

    def on_with(self, round_: Round, domain: str, clerk: str) -> Act | None:
        """The domain's next act; none if it is accepted, or left out."""
        track = round_.tracks.select_related("round").filter(domain=domain).first()
        if track is None:
            by = self.by(clerk)
            return "T1", by, lambda: begin_track(round_=round_, domain=domain, by=by, now=self.now)
        if domain == LEFT_OUT and not track.left_out:
            by = self.by("a")
            return "leave_out", by, lambda: leave_out_track(track=track, reason=_WHY, by=by, now=self.now)
        return None if track.left_out or track.state == "ACCEPTED" else self.of_track(track)

    def one(self, edge: str, row: Machine, *logins: str) -> Act:
        by, form = self.by(*logins), self.form(edge, row)
        return edge, by, lambda: take(edge, row, form, by=by, now=self.now)

    def two(self, edge: str, row: Machine, first: tuple[str, ...], second: tuple[str, ...]) -> Act:
        there = open_proposal(row)
        if there is not None and there.edge == edge and self.dice.random() < 0.8:
            return self.one(edge, row, *second)
        by, form = self.by(*first), self.form(edge, row)
        return f"+{edge}", by, lambda: propose(edge, row, form, by=by, now=self.now)

    def of_track(self, track: Track) -> Act:
        county = track.adopted
        clerks, heads = (("a",), ("b", "b2")) if county else (("c-services", "both"), ("d-services", "both"))
        if track.state in UNLOCKED and self.dice.random() < 0.03:
            return self.two("T14", track, clerks, heads)
        if track.state == "SUBMITTED" and self.dice.random() < 0.2:
            return self.two("T11", track, ("a",), ("b", "b2"))
        match track.state:
            case "COLLECTING":
                return self.collect(track, clerks)
            case "LOCKED":
                by = self.by(*clerks)

                def run() -> None:
                    found = ask_for_run(track=track, by=by, now=self.now)
                    carry_out_run(found, lambda: self.now)
                    found.refresh_from_db()
                    assert found.progress == Run.Progress.DONE, found.problem

                return "run", by, run
            case "FROZEN" if county and document_of(track) is None:
                keys = [one.key for one in ranked_units(track)][:3]
                by = self.by("a")

                def document() -> None:
                    record_document(
                        track=track, title="示例", document_number="示例〔2019〕1号", dated=date(2019, 5, 8),
                        scan_hash=keep(MINUTES), keys=keys, by=by, now=self.now,
                    )  # fmt: skip

                return "document", by, document
            case "RETURNED" if track.data_must_change:
                return self.two("T13", track, clerks, heads)
            case "FROZEN" | "RETURNED" if county:
                return self.two("T7a", track, ("a",), ("b", "b2"))
            case "SUBMITTED":
                return self.two("T10", track, ("a",), ("b", "b2"))
        edge = {
            "PLAN_DRAFT": ("T2", heads), "PLAN_ISSUED": ("T3", clerks), "EVALUATED": ("T6", heads),
            "FROZEN": ("T7", clerks), "RETURNED": ("T12", clerks), "LIST_DRAFT": ("T8", heads),
            "ADOPTED": ("T8a", heads), "SIGNED": ("T9", heads),
        }[track.state]  # fmt: skip
        return self.one(edge[0], track, *edge[1])

    def collect(self, track: Track, clerks: tuple[str, ...]) -> Act:
        by = self.by(*clerks)
        if track.adopted:
            return SHORT, None, lambda: lock_with(track, {"county": self.county})
        due = set(FormDue.objects.filter(track=track, submitted_at=None).values_list("agency", flat=True))
        agency = next((one for one in collecting.VALUES if one in due), "")
        if agency:
            return "report", self.by(f"p-{agency}"), lambda: collecting.report(track, agency, now=self.now)
        sets = ValueSet.objects.filter(track=track)
        states = set(sets.values_list("state", flat=True))
        if "SUBMITTED" in states:
            self.now += timedelta(days=10)
            return "V4", None, lambda: settle_due(track, now=self.now)
        if states <= {"CONFIRMED", "DEEMED_CONFIRMED"}:
            waiting = sets.filter(county_submitted_at=None).first()
            if waiting is not None:
                k = self.by("k-330102" if waiting.county == "上城区" else "k-330104")
                return "V7", k, lambda: check_county(track=track, county=waiting.county, by=k, now=self.now)
            t, counties = self.by("t-3301"), ["上城区", "江干区"]
            return "V8", t, lambda: approve_city(track=track, counties=counties, by=t, now=self.now)
        if states == {"CITY_OK"}:
            return "V9", by, lambda: accept_sets(track=track, by=by, now=self.now)
        if states == {"ACCEPTED"}:
            return self.one("T4", track, *clerks)
        row = sets.exclude(state="ACCEPTED").select_related("track__round").first()
        assert row is not None
        if row.state == "RETURNED":
            p = self.by("p-统计")
            return "V1", p, lambda: take("V1", row, {"agency": "统计"}, by=p, now=self.now)
        edge = {"ENTERED": "V2", "DISPUTED": "V6", "CITY_OK": "V9"}.get(row.state, "V7")
        p = self.by(*(clerks if edge == "V9" else ("p-统计", "k-330102")))
        return edge, p, lambda: take(edge, row, {"agency": "统计"}, by=p, now=self.now)

    def _draft(self, round_: Round) -> Act:
        return self.one("R2", round_, "b", "b2")

    def _compiling(self, round_: Round) -> Act:
        by = self.by("a", "all")
        if round_.pack_hash != pack_hash(round_) or not round_.pack_hash:
            return "fix_pack", by, lambda: fix_pack(round_=round_, by=by, now=self.now)
        return self.two("R5", round_, ("a", "all"), ("b", "b2"))

    def _review(self, round_: Round) -> Act:
        if not Meeting.objects.filter(round=round_, confirmed_at=None).exists() or any(
            not one.outcome for one in standing_items(round_)
        ):
            return self.minutes(round_, self.by("a", "all"))
        if self.dice.random() < 0.1:
            return self.two("R6r", round_, ("a", "all"), ("b", "b2"))
        return self.two("R6", round_, ("a", "all"), ("b", "b2"))

    def minutes(self, round_: Round, by: Doer) -> Act:
        sent_back = self.dice.choice([[], ["services"]])

        def record() -> None:
            record_minutes(
                round_=round_, held_on=date(2019, 9, 24), scan_hash=keep(MINUTES),
                present=list(Person.objects.filter(grants__role="L").values_list("pk", flat=True)),
                outcomes={item_key(one): "同意" for one in standing_items(round_)}, tracks=sent_back, reason_=_WHY,
                by=by, now=self.now,
            )  # fmt: skip

        return "minutes", by, record

    def _decided(self, round_: Round) -> Act:
        edge = "R8" if round_.notices.exists() and self.dice.random() < 0.8 else "R7"
        return self.two(edge, round_, ("a", "all"), ("b", "b2"))

    def _notice(self, round_: Round) -> Act:
        if upheld(round_):
            return self.one("R9", round_, "a")
        objection = Objection.objects.filter(round=round_).exclude(state__in=["CLOSED", "WITHDRAWN"]).first()
        if objection is None and not Objection.objects.filter(round=round_).exists():
            return self.object(round_)
        if objection is not None:
            decided = objection.state not in ("FILED", "ADMITTED")
            if decided and objection.answer_sent_at is None:
                by = self.by("o1", "o2")
                return "send_answer", by, lambda: send_answer(objection=objection, by=by, now=self.now)
            answer = self.dice.choice(["O4r", "O4u", "O4p"])
            found = "O5" if objection.changes_list else "O6n"
            edge = {"FILED": "O2", "ADMITTED": answer, "UPHELD": found, "PARTLY": found}.get(objection.state, "O6")
            edge = "O3" if edge == "O2" and objection.late else edge
            return self.one(edge, objection, "o1", "o2", "all")
        notice = round_.notices.latest("number")
        if self.now <= notice.ends_at:
            self.now = notice.ends_at + timedelta(hours=1)
        return self.one("R10", round_, "b", "b2", "all")

    def object(self, round_: Round) -> Act:
        item = self.dice.choice(standing_items(round_))
        told = {"grounds": ["用地面积不符"], "name": "王实名", "phone": "示例电话"}
        return (
            "O1",
            None,
            lambda: file_objection(
                round_=round_,
                domain=item.domain,
                key=item.key,
                **told,
                now=self.now,  # type: ignore[arg-type]
            ),
        )

    def _published(self, round_: Round) -> Act:
        return self.two("RX1", round_, ("a", "all"), ("b", "b2"))

    def any_act(self, by: Doer) -> Act:
        """Something that is no edge, by anybody, at any time."""
        round_ = Round.objects.latest("pk")
        track = round_.tracks.select_related("round").order_by("?").first() if round_.tracks.exists() else None
        acts: list[Act] = [
            ("fix_pack", by, lambda: fix_pack(round_=round_, by=by, now=self.now)),
            (
                "resolve", by,
                lambda: resolve_duplicate(round_=round_, key="M", keep_in="", resolution=_WHY, by=by, now=self.now),
            ),
            (
                "conflict", by,
                lambda: declare_conflict(round_=round_, domain="services", key="x", why=_WHY, by=by, now=self.now),
            ),
        ]  # fmt: skip
        if track is not None:
            some = track
            acts.append(("ask_for_run", by, lambda: ask_for_run(track=some, by=by, now=self.now)))
            acts.append(("leave_out", by, lambda: leave_out_track(track=some, reason="", by=by, now=self.now)))
        return self.dice.choice(acts)

    def form(self, edge: str, row: Machine) -> dict[str, Any]:
        """One that fits, as far as the row lets it."""
        form: dict[str, Any] = {"reason": _WHY}
        if isinstance(row, Round):
            if edge in ("R2", "R10", "RX1", "RX2"):
                day = self.now.date().isoformat()
                form |= {"document_number": self.number("浙亩均办"), "issued_on": day, "dated": day, "printed_on": day}
            if edge in ("R6", "R6r", "RC", "RX2"):
                meeting = row.meetings.order_by("-number").first()
                form |= {"meeting": meeting.pk if meeting is not None else 0, "public_statement": _WHY}
            if edge in ("R7", "R8"):
                ends = (self.now + timedelta(days=14)).replace(hour=17, minute=30)
                form |= {**notice_form(row), "opens_at": self.now.isoformat(), "ends_at": ends.isoformat()}
            if edge == "R7e" and row.notices.exists():
                form = extended_form(row, row.notices.latest("number").ends_at + timedelta(days=2), _WHY)
            first = row.publications.first()
            if edge in ("RX1", "RX2") and first is not None:
                item = first.items.order_by("pk").first()
                form |= {"corrects": first.pk}
                if item is not None:
                    form |= {"domain": item.domain, "key": item.key, "name": f"{item.name}改", "county": ""}
        elif isinstance(row, Track):
            if edge in ("T2", "T15"):
                form["document_number"] = self.number("示例亩均")
            if edge == "T7a" and document_of(row) is not None:
                return told_document(row)
            if edge in ("T7", "T12"):
                form["left_out"] = []
            if edge in ("T13", "T14", "T14x"):
                form["unlock_until"] = (self.now + timedelta(hours=48)).isoformat()
            if edge == "T11":
                form["data_must_change"] = self.dice.choice(["", "on"])
        elif isinstance(row, Objection):
            answers = {str(one.pk): "不成立" for one in row.grounds.all()}
            form |= {"answers": answers, "changes_list": edge == "O4u", "remedy": _WHY}
            if edge == "O4u":
                form["change"] = {"remove": row.key}
            if edge == "O3":
                form |= {"refusal": "超期" if row.late else "无具体理由", "next_door": "信访"}
        else:
            form |= {"agency": "统计", "disputed": ["年平均职工人数"], "signed_scan": "0" * 64}
        return form
