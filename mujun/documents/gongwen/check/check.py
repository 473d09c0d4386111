"""Which measures are taken of which form of document. Each is taken elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from attrs import frozen

from mujun.documents.gongwen.check.head_and_foot import (
    measure_code,
    measure_imprint,
    measure_letterhead,
    measure_recipients,
    measure_signature,
)
from mujun.documents.gongwen.check.measure import Measure, near
from mujun.documents.gongwen.check.page import measure_marks, measure_page, measure_page_numbers
from mujun.documents.gongwen.check.read import Sheet, read_sheet
from mujun.documents.gongwen.check.text import measure_text, measure_title, measure_wording
from mujun.documents.gongwen.norm import PAGE
from mujun.documents.gongwen.parts import Form
from mujun.findings import Finding, Severity


@frozen
class Checked:
    """All measures of one document, in the order in which they were taken."""

    form: str
    measures: tuple[Measure, ...]

    @property
    def passed(self) -> bool:
        return all(one.passed for one in self.measures)

    @property
    def findings(self) -> list[Finding]:
        return [
            Finding(
                Severity.ERROR, "layout", f"{one.name}：应为{one.wanted}，实为{one.found}。", "请按GB/T 9704—2012改正。"
            )
            for one in self.measures
            if not one.passed
        ]


Take = Callable[[Sheet], Iterator[Measure]]


def check_layout(package: bytes) -> Checked:
    """Measure a DOCX. What says nothing of its form is measured as a document with a letterhead."""
    sheet = read_sheet(package)
    form = sheet.form if sheet.form in set(Form) else Form.DOCUMENT.value
    measures = [one for take in _TAKEN[Form(form)] for one in take(sheet)]
    return Checked(form, tuple(measures))


def _certificate_page(sheet: Sheet) -> Iterator[Measure]:
    yield near("纸张宽", PAGE[1], sheet.section.page_width.mm, 0.5)
    yield near("纸张高", PAGE[0], sheet.section.page_height.mm, 0.5)


_ALWAYS: tuple[Take, ...] = (measure_page, measure_page_numbers, measure_text, measure_wording, measure_marks)
_TAKEN: dict[Form, tuple[Take, ...]] = {
    Form.DOCUMENT: (
        *_ALWAYS, measure_title, measure_letterhead, measure_recipients, measure_signature, measure_imprint,
    ),
    Form.MINUTES: (*_ALWAYS, measure_letterhead, measure_signature, measure_imprint),
    Form.PLAIN: (*_ALWAYS, measure_title, measure_recipients, measure_signature),
    Form.CERTIFICATE: (_certificate_page, measure_wording, measure_marks, measure_code),
}  # fmt: skip
