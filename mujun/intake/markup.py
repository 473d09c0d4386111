"""The XML inside a workbook: parsed a piece at a time. A document type is refused: it can name files and explode."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from xml.parsers import expat

from mujun.intake.cells import Progress, silent
from mujun.intake.package import Package, broken, refused

Start = Callable[[str, dict[str, str]], None]

_NAMES = (".xml", ".rels", ".vml")
_BEFORE_MARKUP = b"\xef\xbb\xbf\xff\xfe \t\r\n\0"
_DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-le"), "<!DOCTYPE".encode("utf-16-be"))
_HEAD = 1 << 16
_ENCODINGS = {"utf-8", "utf-16", "us-ascii", "ascii", "iso-8859-1"}


def parse_entry(
    package: Package,
    entry: str,
    start: Start,
    watch: Callable[[Any], None] = lambda parser: None,
    progress: Progress = silent,
) -> None:
    """Call `start` for every element, by its local name."""
    if entry.lower() not in package.entries:
        raise broken(package.path)
    parser = _parser(package.path)
    parser.StartElementHandler = lambda name, attributes: start(name.rpartition(":")[2], attributes)
    parser.buffer_text = True
    watch(parser)
    done, end = 0, max(package.entries[entry.lower()].file_size, 1)
    try:
        for piece in package.inflate(entry):
            parser.Parse(piece, False)
            done += len(piece)
            progress(done, end)
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError, TypeError, OverflowError) as error:
        raise broken(package.path) from error


def check_prologue(package: Package, entry: str) -> None:
    """Inflate an entry to its end, and look at what comes before its first element: there alone can a DTD stand."""
    pieces = package.inflate(entry)
    head = b""
    for piece in pieces:
        head += piece
        if len(head) >= _HEAD:
            break
    if entry.endswith(_NAMES) or head.strip(_BEFORE_MARKUP).startswith(b"<"):
        _parse_prologue(package.path, head, pieces)
    elif any(doctype in head for doctype in _DOCTYPES):
        raise _doctype(package.path)
    for _ in pieces:
        pass


def _parse_prologue(path: Path, head: bytes, pieces: Iterable[bytes]) -> None:
    reached = False

    def start(*_: object) -> None:
        nonlocal reached
        reached = True

    def first_element() -> Iterable[bytes]:
        nonlocal head
        while head:  # a little at a time, so that nothing behind the first element is parsed
            part, head = head[:1024], head[1024:]
            yield part
            if reached:
                return
        for piece in pieces:
            yield piece
            if reached:
                return

    parser = _parser(path)
    parser.StartElementHandler = start
    try:
        for piece in first_element():
            parser.Parse(piece, False)
        if not reached:
            parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError) as error:
        if not reached:  # what comes later is for those who read it
            raise broken(path) from error
    if not reached:
        raise broken(path)


def _parser(path: Path) -> Any:
    parser = expat.ParserCreate()

    def doctype(*_: object) -> None:
        raise _doctype(path)

    def declaration(version: str, encoding: str | None, standalone: int) -> None:
        if encoding is not None and encoding.lower() not in _ENCODINGS:
            raise broken(path)  # readers would disagree on what it says

    parser.StartDoctypeDeclHandler = doctype
    parser.XmlDeclHandler = declaration
    return parser


def _doctype(path: Path) -> Exception:
    return refused(path, "doctype", "工作簿里夹带了文档类型定义（DTD），可能是恶意文件，没有打开。")
