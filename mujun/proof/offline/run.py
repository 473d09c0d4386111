"""`verify.py`: what a person types, and what he reads."""

from __future__ import annotations

import argparse
import os
import sys
from typing import Any

from mujun.proof.offline.account import Account, attempt
from mujun.proof.offline.chain import chain_faults
from mujun.proof.offline.checkpoint import CHECKPOINT, check_checkpoint
from mujun.proof.offline.container import read_bundle
from mujun.proof.offline.hashes import WRITTEN, read_canonical
from mujun.proof.offline.lists import check_forms
from mujun.proof.offline.manifest import MANIFEST, check_manifest
from mujun.proof.offline.own import check_own, checkpoint_code

AUDIT, POINTS, SIGNATURE = "audit/chain.jsonl", "audit/points.json", "signature.json"


def check_files(files: dict[str, bytes], account: Account, code: str = "") -> dict[str, Any] | None:
    """Everything that can be checked of a bundle or an archive without its data. Returns what the manifest says."""
    manifest: dict[str, Any] | None = attempt(account, MANIFEST, check_manifest, files, account)
    if CHECKPOINT in files or (manifest is not None and manifest["kind"] == "list"):
        checkpoint = attempt(account, CHECKPOINT, check_checkpoint, files, account)
        if checkpoint is not None:
            for mark in checkpoint["lists"]:
                attempt(account, f"lists/{mark['id']}/", check_forms, mark["id"], files, account)
            check_code(checkpoint, code, account)
    elif manifest is not None:
        text = "这份档案是不是当初存的那一份，要靠人核对：请把下面清单的指纹同存放在别处的比一比。"
        account.cannot(text + _in_lines(manifest["own"]))
    if AUDIT in files:
        attempt(account, AUDIT, _check_audit, files, account)
    if SIGNATURE in files:
        account.cannot("附有签名（signature.json），本程序不含 SM2，没有核对签名，请用签发单位的工具核对。")
    return manifest


def check_code(checkpoint: dict[str, Any], code: str, account: Account) -> None:
    """Whether the checkpoint is the one that was printed: only a reader who has the paper can say."""
    own = checkpoint_code(checkpoint)
    given = code.replace(" ", "").lower()
    if not given:
        text = "这份校验单是不是印发的那一份，要靠人核对：请把下面的校验码同公文、公示上印的比一比。"
        account.cannot(text + _in_lines(own))
    elif given in own.values():
        account.holds("校验码与给出的相同。")
    else:
        account.fails("code_differs", CHECKPOINT, "校验码与给出的不同：这一包不是印发的那一份，或抄错了。")


def _in_lines(hashes: dict[str, str]) -> str:
    return "".join(f"\n      {what} {hashes[name]}" for name, what in WRITTEN.items() if name in hashes)


def _check_audit(files: dict[str, bytes], account: Account) -> None:
    rows = [read_canonical(line) for line in files[AUDIT].split(b"\n")[:-1]]
    points = read_canonical(files[POINTS]) if POINTS in files else []
    faults = chain_faults(rows, points)
    for sequence, name, text in faults:
        account.fails(name, f"{AUDIT} 第{sequence}条", text)
    if not faults:
        account.holds(f"留痕{len(rows)}条首尾相接，没有增删改换。")
    if not points:
        account.cannot("没有库外留存的校验点，留痕末尾是否被截去，无从得知。")


def verdict(account: Account) -> str:
    """The last sentence."""
    if account.failed:
        return f"结论：不符，{len(account.failed)}处。这一包不能当作原来的那一份。"
    return "结论：核对过的都相符。" + ("没有核对的见上。" if account.unable else "")


def main(arguments: list[str] | None = None) -> int:
    """0: what was checked holds; 1: something fails; 2: it cannot be read at all."""
    here = os.path.dirname(os.path.abspath(__file__))
    parser = argparse.ArgumentParser(description="核对名单：不用联网，只用 Python 自带的库。")
    parser.add_argument("bundle", nargs="?", default=here, help="名单包：文件夹或 zip；不写就是本程序所在的文件夹")
    parser.add_argument("--unit", metavar="文件", help="一个单位自己的证明文件（或名单一行的证明文件）")
    parser.add_argument("--code", metavar="校验码", default="", help="公文上印的校验码（SHA-256 或 SM3）")
    options = parser.parse_args(arguments)
    account = Account()
    try:
        files: dict[str, bytes] | None = read_bundle(options.bundle, account)
        if options.unit:
            with open(options.unit, "rb") as file:
                data = file.read()
            files = files if files and CHECKPOINT in files else None
            own = attempt(account, options.unit, check_own, data, files, account)
            if own is not None:
                check_code(own["checkpoint"], options.code, account)
        else:
            check_files(files or {}, account, options.code)
    except OSError as error:
        print(f"打不开“{error.filename}”：{error.strerror}。")
        return 2
    print("\n".join([*account.lines(), verdict(account)]))
    return 1 if account.failed else 0


def speak() -> None:
    """Chinese on every screen, a question mark rather than a stop."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="replace")
