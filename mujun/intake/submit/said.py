"""What a sender says beside the files, and what he is answered. Values only."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path

from attrs import define, field, frozen

from mujun.collection import Form
from mujun.dataset import Dataset
from mujun.findings import Finding, blocking
from mujun.intake.submit.book import Due
from mujun.intake.submit.read_form import FormReading
from mujun.intake.submit.stage import Staged
from mujun.intake.submit.waive import Wish
from mujun.register import Register
from mujun.store import Receipt, Waiver


@frozen(eq=False)
class Wanted:
    """`agency` and `scheme` say which form a file without a stamp is; `previous` is last round's data.

    `controls` are control totals of places. These files are kept with the batch, since the checks rest on them. `ask`
    is what the caller himself has against cells of a form, such as units that are not the sender's.
    """

    agency: str = ""
    scheme: str = ""
    sheet: str | None = None
    wishes: tuple[Wish, ...] = ()
    previous: Path | None = None
    register: Path | None = None
    controls: Path | None = None
    ask: Callable[[Form, FormReading], Iterable[Finding]] | None = None


@frozen(eq=False)
class Submitted:
    """One file. `open` are the findings that still want a reason; `receipt` is there once it is in the store.

    `corrected_since` counts the cells of a file imported before that later files said otherwise.
    """

    original: Path
    form: Form | None
    findings: tuple[Finding, ...]
    open: tuple[Finding, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    units: int = 0
    cells: int = 0
    unreadable: bool = False
    receipt: Receipt | None = None
    corrected_since: int = 0

    @property
    def stopped(self) -> bool:
        return self.unreadable or bool(self.open) or bool(blocking(self.findings))


@frozen(eq=False)
class Submission:
    """All files of one command, in their order. `notes` are about the command, such as reasons nobody asked for."""

    files: tuple[Submitted, ...]
    notes: tuple[Finding, ...] = ()

    @property
    def stopped(self) -> bool:
        return any(one.stopped for one in self.files)

    @property
    def committed(self) -> bool:
        return all(one.receipt is not None for one in self.files)


@define(eq=False)
class OnItsWay:
    """One file between reading and commit."""

    staged: Staged
    due: Due | None = None
    form: Form | None = None
    reading: FormReading | None = None
    previous: Dataset | None = None
    register: Register | None = None
    controls: Dataset | None = None
    findings: list[Finding] = field(factory=list)
    unreadable: bool = False
