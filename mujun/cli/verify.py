"""`mujun verify`: what verify.py checks, and with the data at hand the whole evaluation once more."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from rich.markup import escape

from mujun.cli.progress import progress_bar
from mujun.cli.recompute import recompute_lists
from mujun.cli.secret import read_secret
from mujun.cli.show import console
from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.proof.bundle import DATA
from mujun.proof.offline.account import Account
from mujun.proof.offline.checkpoint import CHECKPOINT
from mujun.proof.offline.container import read_bundle
from mujun.proof.verify import Verified, told, verify_bundle, verify_own


def verify(
    bundle: Path | None,
    unit: Path | None,
    code: str,
    data: Path | None,
    secret_file: Path | None,
    sealed: Sequence[Path] = (),
) -> int:
    """Returns the exit code."""
    if bundle is None and unit is None:
        message = "没有写要核对什么。"
        mend = "请写名单包（文件夹或 zip），或用 --unit 写一个单位的证明文件。"
        raise CannotGoOn([Finding(Severity.ERROR, "nothing_to_verify", message, mend)])
    account = Account()
    files = None if bundle is None else _read(bundle, account)
    opened = told(account)
    if unit is not None:
        return _show([opened, verify_own(_bytes(unit), files, code)])
    assert files is not None
    verified = [opened, verify_bundle(files, code)]
    if any(blocking(one.findings) for one in verified):
        return _show(verified)  # nothing is computed from files that are not the ones of the manifest
    if CHECKPOINT in files:
        secret = None if secret_file is None else read_secret(secret_file, make=False)
        with progress_bar() as progress, TemporaryDirectory(prefix="mujun-") as folder:
            task = progress.add_task("由数据重算", total=None)
            for one in (verified[1].manifest or {})["files"]:  # their paths were found to be plain
                if one["path"].startswith(("rules/", f"{DATA}/")):
                    place = Path(folder) / one["path"]
                    place.parent.mkdir(parents=True, exist_ok=True)
                    place.write_bytes(files[one["path"]])
            own = Path(folder) / DATA
            where = data if data is not None else own if own.is_dir() else None
            rules = Path(folder) / "rules"
            verified.append(
                recompute_lists(
                    files, rules, where, secret, sealed, lambda what: progress.update(task, description=what)
                )
            )
    return _show(verified)


def _read(bundle: Path, account: Account) -> dict[str, bytes]:
    try:
        return read_bundle(str(bundle), account)
    except OSError as error:
        raise _unreadable(bundle, error) from error


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> CannotGoOn:
    reason = "没有这个文件或文件夹。" if isinstance(error, FileNotFoundError) else f"打不开：{error.strerror}。"
    return CannotGoOn([Finding(Severity.ERROR, "unreadable", reason, "请核对路径和权限。", file=str(path))])


def _show(verified: list[Verified]) -> int:
    """What fails first, what could not be checked last."""
    wrong = [finding for one in verified for finding in blocking(one.findings)]
    unable = [finding for one in verified for finding in one.findings if finding not in wrong]
    if wrong:
        console.print("[red]不符[/red]")
        for finding in wrong:
            console.print(f"  [red]×[/red] {escape(finding.place)}：{escape(finding.message)}", soft_wrap=True)
    held = [text for one in verified for text in one.held]
    if held:
        console.print("[green]相符[/green]")
        for text in held:
            console.print(f"  [green]√[/green] {escape(text)}", soft_wrap=True)
    if unable:
        console.print("没有核对")
        for finding in unable:
            console.print(f"  · {escape(finding.message)}", soft_wrap=True)
    if wrong:
        console.print(f"[red]结论：不符，{len(wrong)}处。[/red]不能当作原来的那一份，请向发布单位另取。")
        return 1
    console.print(f"[green]结论：核对过的都相符。[/green]{'没有核对的见上。' if unable else ''}")
    return 0
