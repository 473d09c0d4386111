"""What a document is made of, in the order in which it is read. Values only: how they look is for those who lay out."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from attrs import frozen


class Form(StrEnum):
    """The kind of layout. 文件 has a letterhead, 纪要 its own mark, 单页 neither, 证书 is no official document."""

    DOCUMENT = "文件"
    MINUTES = "纪要"
    PLAIN = "普通格式"
    CERTIFICATE = "证书"


@frozen
class Letterhead:
    """版头: the mark of the issuer in red, the document number, the red line."""

    mark: str
    number: str


@frozen
class Title:
    """`note` stands below in brackets, such as 征求意见稿."""

    lines: tuple[str, ...]
    note: str = ""


@frozen
class Recipients:
    """主送机关, with the colon."""

    text: str


@frozen
class Heading:
    """Level 1 is 一、, 2 is （一）, 3 is 1.; `run_on` goes on in the same line in the type of the body."""

    level: int
    text: str
    run_on: str = ""


@frozen
class Paragraph:
    text: str
    indented: bool = True


@frozen
class AnnexNote:
    """附件说明 after the text."""

    titles: tuple[str, ...]


@frozen
class Signature:
    """署名、代章、成文日期. `seal` marks where the seal goes: a placeholder in words, never a picture of a seal."""

    issuer: str
    dated: date | None
    sealed_by: str = ""
    seal: bool = True
    brackets: str = "（）"


@frozen
class Annex:
    """Begins on a new page. Without a label it is the document that a notice issues (印发)."""

    lines: tuple[str, ...]
    label: str = ""


@frozen
class Table:
    """Widths are millimetres. A row of one cell spans the table and names what follows; `total` is the last row."""

    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    widths: tuple[float, ...]
    aligns: str = ""
    """A letter for each column: l, c or r."""
    caption: str = ""
    total: bool = False
    size: float = 12.0


@frozen
class Code:
    """Figures to be compared sign by sign, such as a hash. `label` stands before."""

    label: str
    text: str


@frozen
class Picture:
    """A square, in PNG. `says` is its text for those who cannot see it."""

    png: bytes
    side: float
    says: str


@frozen
class Large:
    """One line in large type, centred: what a certificate is, whom it is for."""

    text: str
    size: float = 26.0


@frozen
class Imprint:
    """版记: 抄送, 印发机关 and 印发日期, which are neither the issuer nor the day of signing."""

    copies: str
    printed_by: str
    printed_on: date | None


Part = (
    Letterhead | Title | Recipients | Heading | Paragraph | AnnexNote | Signature | Annex | Table | Code | Picture
    | Large
)  # fmt: skip


@frozen(kw_only=True)
class Gongwen:
    """A document, ready to be laid out. `marks` stand on every page; `made_on` is the day in its properties."""

    form: Form
    title: str
    marks: tuple[str, ...]
    parts: tuple[Part, ...]
    made_on: date
    imprint: Imprint | None = None
    foot: str = ""
    """Of a certificate: the line at its foot."""
