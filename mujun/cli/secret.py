"""The round's secret, from which the salts of all units are derived. Lies in a file of its own."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from mujun.cli.show import console
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.proof.salt import LEAST_SECRET


def read_secret(path: Path, *, make: bool) -> bytes:
    """The round's secret; made where there is none, readable by its owner alone."""
    if make and not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(LEAST_SECRET))
        console.print(
            f"新建了本轮的密钥 {path}：请妥善保管，不得公开；丢了，就无从由数据重算单位的指纹。", soft_wrap=True
        )
    try:
        secret = path.read_bytes()
    except OSError as error:
        message = f"密钥文件打不开：{error.strerror}。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_secret", message, file=str(path))]) from error
    if len(secret) < LEAST_SECRET:
        message = f"密钥只有{len(secret)}个字节，至少要{LEAST_SECRET}个。"
        raise CannotGoOn([Finding(Severity.ERROR, "short_secret", message, "请另换一个。", file=str(path))])
    return secret
