"""Verify files and tell it as findings: what `verify.py` checks, and the signature if somebody can check it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from attrs import frozen

from mujun.findings import Finding, Severity
from mujun.proof.offline.account import Account, attempt
from mujun.proof.offline.checkpoint import CHECKPOINT
from mujun.proof.offline.hashes import read_canonical
from mujun.proof.offline.own import check_own
from mujun.proof.offline.run import check_code, check_files
from mujun.proof.signature import SIGNATURE, Checker, Signature

_MEND = "它不是原来的那一份：请向发布单位另取。"


@frozen
class Verified:
    """What was found. `held` are sentences for what holds; findings are errors for what fails, notes for what could not
    be checked.
    """

    held: tuple[str, ...]
    findings: tuple[Finding, ...]
    manifest: dict[str, Any] | None = None


def verify_bundle(files: Mapping[str, bytes], code: str = "", checker: Checker | None = None) -> Verified:
    """A bundle or an archive, as files by path."""
    account = Account()
    manifest = check_files(dict(files), account, code)
    if checker is not None:
        _check_signature(files, checker, account)
    return told(account, manifest)


def verify_own(data: bytes, files: Mapping[str, bytes] | None = None, code: str = "") -> Verified:
    """A unit's own proof file, or a row's; beside a bundle if there is one."""
    account = Account()
    own = attempt(account, "证明文件", check_own, data, None if files is None else dict(files), account)
    if own is not None:
        check_code(own["checkpoint"], code, account)
    return told(account)


def told(account: Account, manifest: dict[str, Any] | None = None) -> Verified:
    """An account as findings."""
    wrong = [Finding(Severity.ERROR, code, text, _MEND, file=place) for code, place, text in account.failed]
    unable = [Finding(Severity.INFO, "not_checked", text) for text in account.unable]
    return Verified(tuple(account.held), (*wrong, *unable), manifest)


def _check_signature(files: Mapping[str, bytes], checker: Checker, account: Account) -> None:
    if SIGNATURE not in files:
        account.fails("no_signature", SIGNATURE, "没有签名。")
        return
    try:
        said = read_canonical(files[SIGNATURE])
        signature = Signature(said["algorithm"], said["signer"], bytes.fromhex(said["value"]))
    except (ValueError, KeyError, TypeError):
        account.fails("signature_unreadable", SIGNATURE, "签名读不出来，被改动。")
        return
    account.unable = [text for text in account.unable if SIGNATURE not in text]
    if checker.check(files.get(CHECKPOINT, b""), signature):
        account.holds(f"校验单由“{signature.signer}”签名（{signature.algorithm}），签名有效。")
    else:
        account.fails("signature_wrong", SIGNATURE, f"“{signature.signer}”的签名与校验单不符。")
