"""Write all that is mailed into one folder, and the register of firms beside it. Says how far it is."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from pathlib import Path

from attrs import evolve

from mujun.demo.copula import stream
from mujun.demo.offices.habits import as_typed
from mujun.demo.offices.mail import FIRMS, Mail, Mailing, mail_of
from mujun.demo.offices.register import HEAD, register_rows
from mujun.demo.offices.slips import with_slips
from mujun.demo.offices.workbook import write_mail_file
from mujun.demo.province import Province
from mujun.intake.submit import FormBook

Progress = Callable[[int, int], None]
EXPORTS = ("电力",)
"""Offices that send what their system puts out."""
_OWN_EVERY = 3
_REGISTER = "企业名录.csv"


def write_mail(folder: Path, province: Province, seed: int, book: FormBook, progress: Progress) -> list[Mailing]:
    """The mailings, whose files lie in the folder under their names."""
    folder.mkdir(parents=True, exist_ok=True)
    mailings = with_slips(mail_of(province, seed, book))
    total = sum(len(one.mails) + len(one.instead) for one in mailings)
    rng, done, laid_out = stream(seed, "typing"), 0, []
    for mailing in mailings:
        due = book.due(mailing.scheme)
        written: list[list[Mail]] = []
        for mails in (mailing.mails, mailing.instead):
            written.append([])
            for mail in mails:
                typed = as_typed(_laid_out(mail, done), rng)
                write_mail_file(folder, typed, due)
                written[-1].append(typed)
                done += 1
                progress(done, total)
        laid_out.append(evolve(mailing, mails=tuple(written[0]), instead=tuple(written[1])))
    return laid_out


def write_register(folder: Path, province: Province) -> Path:
    """All firms, of the three schemes that have firms."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEAD)
    writer.writerows(register_rows({name: province.tables[name] for name in FIRMS}))
    path = folder / _REGISTER
    path.write_bytes(text.getvalue().encode("utf-8-sig"))
    return path


def _laid_out(mail: Mail, number: int) -> Mail:
    """Most keep to the template; every third who has rows for it lays the table out anew."""
    if mail.form.source in EXPORTS:
        return evolve(mail, kind="csv", file=mail.file.replace(".xlsx", ".csv"))
    own = number % _OWN_EVERY == 1 and not mail.form.table and "更正" not in mail.file
    return evolve(mail, kind="own" if own else "template")
