"""Bytes that somebody uploads: stored by hash before anyone reads them. Storing them decides nothing."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import UploadedFile

from mujun.web.evidence import keep


def keep_upload(file: UploadedFile[Any]) -> str:
    """The SHA-256 under which they are kept. The sender's file name is not used for anything."""
    file.seek(0)
    return keep(file.read())
