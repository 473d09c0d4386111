"""What somebody types for an edge: checked here for form, by the core for substance. Writes nothing but uploaded bytes.

A form's `content` is JSON, so that it can be proposed by one person and confirmed by another exactly as it was.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any, ClassVar, TypeVar

from django import forms
from django.core.files.uploadedfile import UploadedFile

from mujun.web.actions.keep import keep_upload
from mujun.web.doer import Doer
from mujun.web.models.rounds import Machine

Kind = TypeVar("Kind", bound="type[ActForm]")
FORMS: dict[str, type[ActForm]] = {}
ROOMS: dict[str, str] = {}
"""Edges of a track that are prepared on a page of their own: its address by name."""
ROOM_ANSWERS: dict[str, frozenset[str]] = {}
"""Codes of reasons that doing the work in the edge's room takes away: they do not stand against entering it."""
WITHOUT_PAGE: set[str] = set()
"""Edges taken by what somebody does elsewhere (a file brought in, a county checked): they have no page of their own."""
_MOST = 20 << 20
_SCANS = {b"%PDF": "PDF", b"\xff\xd8\xff": "JPEG", b"\x89PNG": "PNG", b"PK\x03\x04": "OFD"}


def form_for(*edges: str) -> Callable[[Kind], Kind]:
    """Register the form of an edge; one without needs no more than a click."""

    def register(kind: Kind) -> Kind:
        for name in edges:
            if name in FORMS:
                raise ValueError(f"two forms for {name}")
            FORMS[name] = kind
        return kind

    return register


def without_page(*edges: str) -> None:
    WITHOUT_PAGE.update(edges)


class ScanField(forms.FileField):
    """A scan: PDF, OFD, JPEG or PNG up to 20 MiB, known by its first bytes and not by its name."""

    def __init__(self, **more: Any) -> None:
        super().__init__(help_text="PDF、OFD、JPG或PNG，不超过20MB", **more)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if isinstance(file, UploadedFile):
            if file.size is not None and file.size > _MOST:
                raise forms.ValidationError("文件超过20MB，请压缩后再传。")
            head = file.read(4)
            file.seek(0)
            if not any(head.startswith(magic) for magic in _SCANS):
                raise forms.ValidationError("这不是PDF、OFD、JPG或PNG文件，请传扫描件。")
        return file


class ActForm(forms.Form):
    """`answers` are the codes of reasons that this form itself fills in, so they are not told before it is sent."""

    answers: ClassVar[frozenset[str]] = frozenset()
    template: ClassVar[str] = ""
    once = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, row: Machine, doer: Doer, now: datetime, **more: Any) -> None:
        self.row, self.doer, self.now = row, doer, now
        super().__init__(*args, **more)
        self.label_suffix = ""
        self.initial.setdefault("once", uuid.uuid4().hex)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what is known already."""

    def content(self) -> dict[str, Any]:
        """What was typed, as JSON. Scans are stored; their hash takes their place."""
        return {name: as_json(value) for name, value in self.cleaned_data.items() if name != "once"}


class ReasonForm(ActForm):
    """An act that wants nothing but a typed reason."""

    answers = frozenset({"no_reason"})
    reason = forms.CharField(label="理由", widget=forms.Textarea(attrs={"rows": 4}), strip=True)


def as_json(value: Any) -> Any:
    if isinstance(value, UploadedFile):
        return keep_upload(value)
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value
