"""Take the mail in as a clerk would: look, send back what is wrong, give reasons where they are asked, commit, seal.

What nothing stands against is committed at the first look; else that look was a dry run, which stores nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path

from attrs import frozen

from mujun.demo.offices.mail import Mailing
from mujun.findings import CannotGoOn, Finding, blocking
from mujun.intake.submit import Beside, FormBook, Submission, Submitted, Wanted, Wish, read_wishes, submit
from mujun.store import Sealed, Store
from mujun.store.derived import derive_values
from mujun.store.seal import Sealing, seal

BY = "示例收表员"
REASONS = {
    "known_county": "示例：龙港市2019年9月才设立，特意放进来的",
    "duplicates": "示例：特意放的并列单位和停产企业，经核对不是同一家",
    "renamed": "示例：名录里是同一家，更名或简称",
    "unit_renamed": "示例：2018年7月更名，报送部门还用旧名",
    "unit_recoded": "示例：2018年7月换码，报送部门还用旧码",
    "unit_name_differs": "示例：报送部门用了简称",
    "value_added_over_revenue": "示例：特意放的单位",
    "rd_over_revenue": "示例：特意放的单位",
    "tax_over_revenue": "示例：补缴以前年度税款",
    "land_year_on_year": "示例：上年以后新供地或租赁到期",
    "value_withdrawn": "示例：原来是误填，撤回",
}
"""What a clerk answers to each code that wants a reason. Codes that are not here stop the demonstration."""

Tell = Callable[[str, int, int | None], None]


@frozen
class Arrived:
    """What came of one go: `sent_back` did not pass and came again mended; `done` is in the store."""

    scheme: str
    mailings: tuple[Mailing, ...]
    sent_back: tuple[Submitted, ...]
    done: Submission

    @property
    def what(self) -> str:
        """明细, 更正, or the offices' own forms."""
        first = self.mailings[0]
        form = first.mails[0].form
        if first.corrects:
            return "更正"
        return "明细" if form.table else "系统导出" if first.mails[0].kind == "csv" else "各部门报表"

    @property
    def units(self) -> int:
        """Of the form that is about most of them."""
        counts: Counter[str] = Counter()
        for one in self.done.files:
            counts[one.form.id if one.form else ""] += one.units
        return max(counts.values())


def take_in(
    mailings: Sequence[Mailing], folder: Path, store: Store, book: FormBook, beside: Mapping[str, Beside], tell: Tell
) -> Iterator[Arrived]:
    """Go by go, a scheme's details, then its other forms, at last the corrections. `beside` is by scheme, such as
    `2019/county`. Raises CannotGoOn when a file that was not meant to be wrong does not pass.
    """
    for scheme, some in in_goes(mailings):
        wanted = _wanted(scheme, some)
        at = max(one.at for one in some)
        files = [folder / mail.file for one in some for mail in one.mails]
        dry = submit(files, store, book, wanted(()), by=BY, now=at, commit=True, beside=beside[scheme], tell=tell)
        if dry.committed:
            yield Arrived(scheme, tuple(some), (), dry)
            continue
        sent_back = tuple(one for one in dry.files if one.unreadable or blocking(one.findings))
        again = [folder / mail.file for one in some for mail in one.instead]
        if len(sent_back) != len(again):
            raise CannotGoOn([finding for one in sent_back for finding in one.findings])
        files = [file for file in files if file not in {one.original for one in sent_back}] + again
        wishes = _wishes(dry, tuple(reason for one in some for reason in one.reasons))
        done = submit(files, store, book, wanted(wishes), by=BY, now=at, commit=True, beside=beside[scheme], tell=tell)
        if not done.committed:
            raise CannotGoOn(_standing(done))
        yield Arrived(scheme, tuple(some), sent_back, done)


def in_goes(mailings: Sequence[Mailing]) -> Iterator[tuple[str, list[Mailing]]]:
    """What is handed to one command: mailings about one scheme; a file without a stamp goes by itself."""

    def go(one: Mailing) -> tuple[str, bool, bool, str]:
        plain = one.mails[0].kind == "csv"
        return one.scheme, one.corrects, bool(one.mails[0].form.table) and not one.corrects, one.source if plain else ""

    for key, some in groupby(mailings, key=go):
        yield key[0], list(some)


def seal_all(
    schemes: Sequence[str], store: Store, book: FormBook, now: datetime, tell: Tell
) -> list[tuple[Sealed, tuple[Finding, ...]]]:
    """A sealed dataset of each scheme, such as `2019/county`."""
    done = []
    for place, scheme in enumerate(schemes):
        due = book.due(scheme)
        tell(f"封存 {due.scheme.label}", place, len(schemes))
        holding = store.look(due.name)
        assert due.plan is not None
        derived = derive_values(store, holding, due.scheme, due.plan)
        forms = tuple((form.id, form.label) for form in due.forms)
        what = Sealing(due.name, due.scheme, due.file.read_bytes(), derived, forms)
        done.append(seal(store, holding, what, by=BY, now=now))
    return done


def _wanted(scheme: str, some: Sequence[Mailing]) -> Callable[[tuple[Wish, ...]], Wanted]:
    plain = some[0].mails[0].kind == "csv"
    agency = some[0].source if plain else ""
    return lambda wishes: Wanted(agency=agency, scheme=scheme, wishes=wishes)


def _wishes(dry: Submission, own: Sequence[str]) -> tuple[Wish, ...]:
    """The mailing's own reasons, and those of the list for whatever else was asked."""
    wishes = list(read_wishes(own))
    asked = Counter(finding.code for one in dry.files for finding in one.open)
    given = {wish.code for wish in wishes}
    return (*wishes, *(Wish(code, REASONS[code]) for code in asked if code not in given and code in REASONS))


def _standing(done: Submission) -> list[Finding]:
    return [finding for one in done.files for finding in (*one.open, *blocking(one.findings))]
