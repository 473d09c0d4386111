"""A round's archive that verifies itself: plans, manifests of datasets, evaluations, lists, minutes, notices, audit."""

from __future__ import annotations

from collections.abc import Sequence

from mujun.digest import canonical_record
from mujun.proof.hash_chain import Link, Point
from mujun.proof.offline.run import AUDIT, POINTS
from mujun.proof.package import README, Packed, pack

_README = """\
{title}　档案

本包是这一轮的档案，能自己证明没有被改动：

    python verify.py            核对本文件夹（Python 3.8 或更新，不用联网）

manifest.json 列出每个文件的名称、大小、SHA-256 和 SM3；改动任何一个文件的任何一个字节，核对时都会点名。
{audit}

它证明的是“存进来以后没有动过”，不证明存进来的东西当初是对的；谁若把整包连同清单一起换掉，只有拿它的指纹
（核对时印出的 SHA-256、SM3）同存放在别处的比一比，才看得出来。
"""
_AUDIT = "audit/chain.jsonl 是全部留痕，一条接一条；audit/points.json 是存放在库外的校验点，末尾被截去也看得出来。"


def make_archive(
    title: str, blobs: Sequence[Packed], audit: Sequence[Link] = (), points: Sequence[Point] = ()
) -> dict[str, bytes]:
    """The files of the archive by path. Blobs are taken as they are; each has a path and a label to be named by."""
    files = [Packed(README, "说明", _README.format(title=title, audit=_AUDIT if audit else "").encode()), *blobs]
    if audit:
        lines = b"".join(canonical_record(link.as_dict()) + b"\n" for link in audit)
        files.append(Packed(AUDIT, "留痕", lines))
        files.append(Packed(POINTS, "留痕的校验点", canonical_record([point.as_dict() for point in points])))
    return pack("archive", title, files)
