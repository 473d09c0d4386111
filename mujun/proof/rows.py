"""The rows of a list as records that are proved one by one."""

from __future__ import annotations

from mujun.digest import canonical_record
from mujun.proof.offline.lists import row_values
from mujun.proof.published_list import PublishedList, list_record


def row_records(published: PublishedList) -> list[bytes]:
    """One record a row, in the list's order: list, group, number, cells."""
    return [canonical_record(value) for value in row_values(list_record(published))]
