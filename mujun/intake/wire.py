"""What the two processes say to each other: a letter, a length, and JSON or Arrow. Never objects, never code."""

from __future__ import annotations

import io
import json
import struct
from typing import IO, Any

import polars as pl
from attrs import asdict

from mujun.findings import Finding, Severity
from mujun.intake.cells import Cells

READY, ASKED, DONE_SO_FAR = b"O", b"Q", b"P"
REFUSED, CELLS, COLUMNS, TAKEN = b"R", b"C", b"A", b"T"

_HEAD = struct.Struct("<cQ")


def write_frame(stream: IO[bytes], kind: bytes, content: bytes | memoryview) -> None:
    stream.write(_HEAD.pack(kind, len(content)))
    stream.write(content)
    stream.flush()


def read_frame(stream: IO[bytes]) -> tuple[bytes, bytes]:
    """Raises EOFError when the other side is gone."""
    head = stream.read(_HEAD.size)
    if len(head) < _HEAD.size:
        raise EOFError
    kind, length = _HEAD.unpack(head)
    content = stream.read(length)
    if len(content) < length:
        raise EOFError
    return kind, content


def as_json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode()


def findings_as_json(findings: list[Finding]) -> bytes:
    return as_json([asdict(finding) for finding in findings])


def findings_from_json(content: bytes) -> list[Finding]:
    return [Finding(**{**one, "severity": Severity(one["severity"])}) for one in json.loads(content)]


def write_cells(stream: IO[bytes], cells: Cells) -> None:
    """The plain facts as JSON, then the columns."""
    plain = {
        "file": cells.file,
        "sheet": cells.sheet,
        "top": cells.top,
        "first_row": cells.first_row,
        "ragged": cells.ragged,
        "other_sheets": cells.other_sheets,
        "merged": cells.merged,
    }
    columns = io.BytesIO()
    named = [column.alias(str(place)) for place, column in enumerate(cells.columns)]
    pl.DataFrame(named).write_ipc_stream(columns)
    write_frame(stream, CELLS, as_json(plain))
    write_frame(stream, COLUMNS, columns.getbuffer())


def read_cells(plain: bytes, columns: bytes) -> Cells:
    facts = json.loads(plain)
    frame = pl.read_ipc_stream(io.BytesIO(columns))
    return Cells(
        file=facts["file"],
        sheet=facts["sheet"],
        top=tuple(tuple(row) for row in facts["top"]),
        columns=tuple(column.alias("") for column in frame.get_columns()),
        first_row=facts["first_row"],
        ragged=facts["ragged"],
        other_sheets=tuple(facts["other_sheets"]),
        merged=tuple((top, left, bottom, right) for top, left, bottom, right in facts["merged"]),
    )
