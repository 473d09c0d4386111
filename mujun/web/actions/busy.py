"""The write lock of the database was somebody else's for longer than one waits for it."""

from __future__ import annotations

from django.db import OperationalError


def is_busy(error: BaseException | None) -> bool:
    """SQLite says so after the timeout of the settings; nothing was changed. Others may have put it in their own words:
    for a session that could not be saved Django says that it is gone.
    """
    while error is not None:
        if isinstance(error, OperationalError) and "locked" in str(error):
            return True
        error = error.__cause__ or error.__context__
    return False
