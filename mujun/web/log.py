"""One event, one line: whatever somebody typed cannot start a line of its own."""

from __future__ import annotations

import logging


class OneLine(logging.Formatter):
    """With the time and its offset from UTC."""

    default_time_format = "%Y-%m-%dT%H:%M:%S%z"

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s", datefmt=self.default_time_format)

    def format(self, record: logging.LogRecord) -> str:
        return super().format(record).replace("\r", "\\r").replace("\n", "\\n")
