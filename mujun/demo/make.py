"""Make the province: draw its tables, write its files, as tables or as what the offices mail."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from attrs import frozen

from mujun.demo.files import Progress, write_beside, write_province
from mujun.demo.offices import Mailing, write_mail, write_register
from mujun.demo.offices.mail import FIRMS
from mujun.demo.province import draw_province
from mujun.intake.submit import Beside, FormBook


@frozen
class Mailed:
    """The mail of a province. `beside` says, by scheme such as `2019/county`, what intake compares it with."""

    mailings: tuple[Mailing, ...]
    beside: Mapping[str, Beside]

    @property
    def files(self) -> int:
        return sum(len(one.mails) + len(one.instead) for one in self.mailings)

    @property
    def schemes(self) -> tuple[str, ...]:
        return tuple(self.beside)

    @property
    def sealed_at(self) -> datetime:
        return max(one.at for one in self.mailings)


def make_province(
    out: Path, *, seed: int = 2019, manufacturers: int = 12_000, progress: Progress | None = None
) -> list[Path]:
    """Write a table a scheme, replacing any of the same names. Same seed and size, same bytes."""
    return write_province(out, draw_province(seed, manufacturers), seed, progress)


def mail_province(
    data: Path,
    mail: Path,
    book: FormBook,
    *,
    seed: int = 2019,
    manufacturers: int = 12_000,
    progress: Progress = lambda now, end: None,
) -> Mailed:
    """The same province, this year's numbers as mail, all else into `data`. Same seed and size, same bytes."""
    province = draw_province(seed, manufacturers)
    previous = write_beside(data, province, seed, None)
    register = write_register(data, province)
    mailings = write_mail(mail, province, seed, book, progress)
    beside = {f"2019/{name}": Beside(path, register if name in FIRMS else None) for name, path in previous.items()}
    return Mailed(tuple(mailings), beside)
