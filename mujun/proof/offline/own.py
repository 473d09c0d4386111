"""A unit's own proof, or a row's: a record, its salt if it has one, its way to the root, and the checkpoint."""

from __future__ import annotations

from typing import Any

from mujun.proof.offline.account import Account
from mujun.proof.offline.checkpoint import CHECKPOINT, list_purpose, units_purpose
from mujun.proof.offline.hashes import both_hashes, canonical, read_canonical, unhex
from mujun.proof.offline.tree import lies_under

OWN_FORMAT = "mujun.proof/1"
_SALT_BYTES = 32
_OWN = {"format", "kind", "list", "record", "salt", "inclusion", "checkpoint"}


def check_own(data: bytes, files: dict[str, bytes] | None, account: Account) -> dict[str, Any] | None:
    """The proof, once it was followed up to the checkpoint it carries; with a bundle, to that of the bundle."""
    try:
        own: dict[str, Any] = read_canonical(data)
        kind, list_id, checkpoint, record = own["kind"], own["list"], own["checkpoint"], own["record"]
        if set(own) != _OWN or own["format"] != OWN_FORMAT or kind not in ("unit", "row"):
            raise ValueError("another format")
        mark = next(one for one in checkpoint["lists"] if one["id"] == list_id)
        name = (
            f"{record['name']}（{record['key']}）" if kind == "unit" else f"“{record['group']}”第{record['number']}行"
        )
        purpose = (units_purpose if kind == "unit" else list_purpose)(checkpoint["year"], list_id)
        root, salt = mark["units" if kind == "unit" else "rows"], unhex(own["salt"])
    except (ValueError, KeyError, TypeError, AttributeError, StopIteration):
        account.fails("own_changed", "证明文件", "被改动：不是生成时的格式。")
        return None
    if len(salt) != (_SALT_BYTES if kind == "unit" else 0):
        account.fails("own_salt", "证明文件", "盐的长度不对，被改动。")
    elif not isinstance(root, dict) or not lies_under(root, purpose, canonical(record), own["inclusion"], salt):
        account.fails("own_fails", "证明文件", f"{name}的内容、盐或路径被改动：推不出校验单上的指纹。")
    elif kind == "unit" and own["inclusion"]["size"] != root["count"]:
        account.fails("own_count", "证明文件", "单位总数与校验单不符。")
    else:
        what = f"{name}的全部结果" if kind == "unit" else f"{name}"
        account.holds(f"{what}在{mark['title']}之内，一字未改：由它推得出校验单上的指纹。")
    if files is None or CHECKPOINT not in files:
        account.cannot("没有整包名单在手，没有核对这份校验单是不是名单所附的那一份。")
    elif files[CHECKPOINT] != canonical(checkpoint):
        account.fails("own_checkpoint", "证明文件", "所附的校验单与这一包名单的校验单不是同一份。")
    else:
        account.holds("所附的校验单就是这一包名单的校验单。")
        if kind == "unit":
            _against_list(record, list_id, files, account)
    return own


def _against_list(record: dict[str, Any], list_id: str, files: dict[str, bytes], account: Account) -> None:
    """Whether the list has the unit exactly if its result says so."""
    try:
        listed = read_canonical(files[f"lists/{list_id}/list.json"])
        place = [column["id"] for column in listed["columns"]].index("name")
        names = [row[place] for group in listed["groups"] for row in group["rows"]]
        chosen = record["result"]["selected"] == "true"
    except (ValueError, KeyError, TypeError, AttributeError):
        account.cannot("名单没有名称一列，或结果没有写是否入选，没有核对两者是否一致。")
        return
    if chosen == (record["name"] in names):
        account.holds("结果写的是" + ("入选，名单上有这个名称。" if chosen else "没有入选，名单上也没有这个名称。"))
    else:
        text = "结果写的是" + ("入选，名单上却没有这个名称。" if chosen else "没有入选，名单上却有这个名称。")
        text += "评价以后由审定增减的，应有公开的理由；也可能是同名的另一家。"
        account.cannot(text)


def checkpoint_code(checkpoint: dict[str, Any]) -> dict[str, str]:
    """The 校验码 of a checkpoint."""
    return both_hashes(canonical(checkpoint))
