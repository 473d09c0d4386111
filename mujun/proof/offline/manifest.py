"""Whether the files are those that the manifest names, byte for byte."""

from __future__ import annotations

from typing import Any

from mujun.proof.offline.account import Account
from mujun.proof.offline.container import is_plain
from mujun.proof.offline.hashes import MOST_BYTES_BY_HAND, SM3_AT_HAND, canonical, read_canonical, same_hashes

MANIFEST = "manifest.json"
MANIFEST_FORMAT = "mujun.manifest/1"


def check_manifest(files: dict[str, bytes], account: Account) -> dict[str, Any] | None:
    """What the manifest says, once every file was compared with it; None if there is no reading it."""
    if MANIFEST not in files:
        account.fails("no_manifest", MANIFEST, "文件清单不见了，其余的无从核对。")
        return None
    try:
        manifest: dict[str, Any] = read_canonical(files[MANIFEST])
        named = {one["path"]: one for one in manifest["files"]}
        if manifest["format"] != MANIFEST_FORMAT or len(named) != len(manifest["files"]) or set(manifest) != _KEYS:
            raise ValueError("another format")
        if any(set(one) != _ENTRY or not is_plain(path) for path, one in named.items()):
            raise ValueError("another format")
        if not same_hashes(manifest["own"], canonical({key: manifest[key] for key in _KEYS - {"own"}})):
            raise ValueError("altered")
    except (ValueError, KeyError, TypeError, AttributeError):
        account.fails("manifest_changed", MANIFEST, "文件清单被改动：与它自己的指纹不符，或不是生成时的格式。")
        return None
    before, left_out = len(account.failed), False
    damaged = {place for code, place, _ in account.failed if code == "damaged"}
    for path, one in named.items():
        if path not in files:
            if path not in damaged:
                account.fails("file_missing", path, f"{one['label']}不见了。")
        elif len(files[path]) != one["size"] or not same_hashes(one, files[path]):
            account.fails("file_changed", path, f"{one['label']}被改动：与清单里的指纹不符。")
        left_out = left_out or (not SM3_AT_HAND and one["size"] > MOST_BYTES_BY_HAND)
    if len(account.failed) == before and not damaged:
        account.holds(f"清单里的{len(named)}个文件都在，每个字节都与指纹相符。")
    if left_out:
        account.cannot("这台电脑的 Python 不带 SM3，大文件只核对了 SHA-256，没有核对 SM3。")
    extra = sorted(set(files) - set(named) - {MANIFEST})
    if extra:
        account.cannot(f"清单以外的文件，不属于这一包，没有核对：{'、'.join(extra)}。")
    return manifest


_KEYS = {"format", "kind", "title", "files", "own"}
_ENTRY = {"path", "label", "size", "sha256", "sm3"}
