"""A job holds its lock as long as it lasts, and no longer."""

from __future__ import annotations

from pathlib import Path

from pytest_django import Settings

from mujun.web.alive import alive, lives


def test_one_job_at_a_time_has_a_name(settings: Settings, tmp_path: Path) -> None:
    settings.HOME = tmp_path

    before = lives("upload-1")
    with alive("upload-1") as first, alive("upload-2") as other:
        during = lives("upload-1")
        with alive("upload-1") as second:
            pass

    assert (before, during, lives("upload-1")) == (False, True, False)
    assert (first, other, second) == (True, True, False)
    assert list((tmp_path / "jobs").iterdir()) == []
