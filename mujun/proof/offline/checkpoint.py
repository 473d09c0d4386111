"""The checkpoint as it is printed, and whether lists are those it names."""

from __future__ import annotations

from typing import Any

from mujun.proof.offline.account import Account, attempt
from mujun.proof.offline.hashes import both_hashes, canonical, read_canonical, same_hashes
from mujun.proof.offline.lists import row_values
from mujun.proof.offline.tree import lies_under, root_over

CHECKPOINT, CHECKPOINT_TEXT = "checkpoint.json", "checkpoint.txt"


def list_purpose(year: int, list_id: str) -> str:
    """The purpose of the tree over a list's rows."""
    return f"mujun/list/1/{year}/{list_id}"


def units_purpose(year: int, list_id: str) -> str:
    """The purpose of the tree over all units' results."""
    return f"mujun/units/1/{year}/{list_id}"


def checkpoint_text(value: dict[str, Any]) -> str:
    """As it is printed on the documents."""
    lines = [f"校验单　{value['standing']}", value["round"]]
    if value["document_number"]:
        lines.append(f"文号　{value['document_number']}　{value['issued_on']}".rstrip())
    lines += _hashes("审定", value["decision"])
    if value["audit"]:
        lines += _hashes(f"留痕至第{value['audit']['sequence']}条", value["audit"])
    for one in value["lists"]:
        lines += ["", f"{one['title']}　{one['count']}个", *_hashes("名单", one["list"]), *_hashes("条目", one["rows"])]
        if one["units"]:
            lines += _hashes(f"全部{one['units']['count']}个单位的结果", one["units"])
    return "\n".join([*lines, "", *_hashes("校验码", both_hashes(canonical(value)))]) + "\n"


def _hashes(what: str, written: dict[str, Any] | None) -> list[str]:
    if not written:
        return []
    return [f"{what}　SHA-256　{written['sha256']}", f"{what}　SM3　{written['sm3']}"]


def check_checkpoint(files: dict[str, bytes], account: Account) -> dict[str, Any] | None:
    """The checkpoint, once its text and its lists were compared with it; None if there is no reading it."""
    if CHECKPOINT not in files:
        account.fails("no_checkpoint", CHECKPOINT, "校验单不见了。")
        return None
    try:
        value: dict[str, Any] = read_canonical(files[CHECKPOINT])
        text = checkpoint_text(value)
    except (ValueError, KeyError, TypeError):
        account.fails("checkpoint_changed", CHECKPOINT, "校验单被改动，读不出来。")
        return None
    if files.get(CHECKPOINT_TEXT) != text.encode("utf-8"):
        account.fails("checkpoint_text", CHECKPOINT_TEXT, "印出的校验单与 checkpoint.json 不一致。")
    marked = {one["id"] for one in value["lists"]}
    for list_id in sorted({path.split("/")[1] for path in files if path.startswith("lists/")} - marked):
        account.fails("list_unmarked", f"lists/{list_id}/", "校验单上没有这份名单，是后来放进来的。")
    for one in value["lists"]:
        attempt(account, f"lists/{one['id']}/", _check_list, value, one, files, account)
    return value


def _check_list(value: dict[str, Any], mark: dict[str, Any], files: dict[str, bytes], account: Account) -> None:
    title, path = mark["title"], f"lists/{mark['id']}/list.json"
    if path not in files:
        account.fails("list_missing", path, f"校验单上的{title}名单不见了。")
        return
    if not same_hashes(mark["list"], files[path]):
        account.fails("list_differs", path, f"{title}名单不是校验单上的那一份：指纹不符。")
        return
    try:
        listed = read_canonical(files[path])
        records = [canonical(record) for record in row_values(listed)]
        purpose = list_purpose(value["year"], mark["id"])
        root = root_over(purpose, records) if records else None
        counts = [len(group["rows"]) for group in listed["groups"]]
        adds_up = counts == [group["count"] for group in listed["groups"]] and sum(counts) == listed["count"]
    except (ValueError, KeyError, TypeError):
        account.fails("list_unreadable", path, f"{title}名单读不出来。")
        return
    if any(listed[key] != value[key] for key in ("year", "round", "document_number", "issued_on", "decision")):
        account.fails("list_state", path, f"{title}名单的年度、文号、日期或审定与校验单上的不同。")
    elif not adds_up or listed["count"] != mark["count"]:
        account.fails("list_count", path, f"{title}名单的个数对不上：各类相加、合计、校验单上的数应当相等。")
    elif root != mark["rows"]:
        account.fails("rows_differ", path, f"{title}名单的条目与校验单上的指纹不符。")
    else:
        account.holds(f"{title}名单（{listed['standing']}）就是校验单上的那一份，{mark['count']}个，各类相加无误。")
    _check_rules(mark, listed, files, account)
    _check_proofs(mark, purpose, records, files, account)


def _check_rules(mark: dict[str, Any], listed: dict[str, Any], files: dict[str, bytes], account: Account) -> None:
    """Whether the rules that lie here are those the list names."""
    named = {"scheme": (f"/schemes/{mark['id']}.yaml", "评价方案"), "publication": ("/publication.yaml", "公开规则")}
    for key, (ending, what) in named.items():
        found = [path for path in files if path.startswith("rules/") and path.endswith(ending)]
        if not found:
            account.cannot(f"这一包里没有{mark['title']}的{what}，没有核对。")
        elif not same_hashes(listed[key], files[found[0]]):
            account.fails("rules_differ", found[0], f"不是{mark['title']}名单所依据的{what}。")


def _check_proofs(
    mark: dict[str, Any], purpose: str, records: list[bytes], files: dict[str, bytes], account: Account
) -> None:
    path = f"lists/{mark['id']}/proofs.json"
    if not records:
        return
    try:
        proofs = read_canonical(files[path])
        wrong = [
            number
            for number, record in enumerate(records)
            if proofs[number]["index"] != number or not lies_under(mark["rows"], purpose, record, proofs[number])
        ]
        wrong += range(len(records), len(proofs))
    except (KeyError, ValueError, TypeError, IndexError):
        account.fails("proofs_unreadable", path, f"{mark['title']}的逐条证明缺失或读不出来。")
        return
    if wrong:
        account.fails("proof_fails", path, f"{mark['title']}第{wrong[0] + 1}条的证明不成立。")
    else:
        account.holds(f"{mark['title']}{len(records)}条，逐条都能证明在名单之内。")
