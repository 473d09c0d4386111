"""What was checked, what holds, what fails, what could not be checked: told apart, and told in sentences."""

from __future__ import annotations

from typing import Any, Callable

NOT_AS_WRITTEN = (ValueError, KeyError, TypeError, AttributeError, IndexError, RuntimeError, ArithmeticError)
"""What reading raises when a file is not as this package writes it. A file from anywhere must not stop the checks."""


class Account:
    """Gathers sentences. `failed` has a code and a place before each."""

    def __init__(self) -> None:
        self.held: list[str] = []
        self.failed: list[tuple[str, str, str]] = []
        self.unable: list[str] = []

    def holds(self, text: str) -> None:
        self.held.append(text)

    def fails(self, code: str, place: str, text: str) -> None:
        self.failed.append((code, place, text))

    def cannot(self, text: str) -> None:
        if text not in self.unable:
            self.unable.append(text)

    def lines(self) -> list[str]:
        """All of it, what fails first."""
        told: list[str] = []
        if self.failed:
            told += [
                "【不符】",
                *(f"  × {place}：{text}" if place else f"  × {text}" for _, place, text in self.failed),
            ]
        if self.held:
            told += ["【相符】", *(f"  √ {text}" for text in self.held)]
        if self.unable:
            told += ["【没有核对】", *(f"  · {text}" for text in self.unable)]
        return told


def attempt(account: Account, place: str, check: Callable[..., Any], *given: Any) -> Any:
    """The check's answer; if the file is so broken that it cannot even be looked at, that is told, and None."""
    try:
        return check(*given)
    except NOT_AS_WRITTEN:
        account.fails("unreadable", place, "被改动：不是生成时的格式，读不出来。")
        return None
