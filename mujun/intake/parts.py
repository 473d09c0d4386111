"""What a workbook may not bring along: programs, links to other files, embedded documents, document types.

Told by the names of the parts, by what the package calls them, and by what they point to; then each is inflated once.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake.cells import Progress, silent
from mujun.intake.file_name import visible
from mujun.intake.markup import check_prologue, parse_entry
from mujun.intake.package import Package, broken

_TYPES = "[content_types].xml"
_FOLDERS = {
    "xl/macrosheets/": "macro",
    "xl/dialogsheets/": "macro",
    "xl/activex/": "macro",
    "xl/externallinks/": "external_link",
    "xl/querytables/": "external_link",
    "xl/embeddings/": "embedded_object",
}
_FILES = {"vbaproject.bin": "macro", "vbadata.xml": "macro", "connections.xml": "external_link"}
_TYPE_WORDS = {
    "macroenabled": "macro",
    "vbaproject": "macro",
    "macrosheet": "macro",
    "activex": "macro",
    "externallink": "external_link",
    "oleobject": "embedded_object",
}
_RELATIONS = {
    "connections": "external_link",
    "querytable": "external_link",
    "package": "embedded_object",
    "control": "macro",
}
"""By the last word of a relationship's type."""
_POINTS_OUT = "external"
_MAY_POINT_OUT = "hyperlink"
"""A link that somebody may click in a spreadsheet program; nothing here follows it."""

_SAID: Mapping[str, tuple[str, str]] = {
    "macro": (
        "工作簿里有宏或控件（程序代码）：{part}。没有打开。",
        "请用 WPS 或 Excel 打开，另存为不带宏的 .xlsx，再报。",
    ),
    "external_link": (
        "工作簿链接着别的文件或数据库：{part}。数会跟着别处变，没有打开。",
        "请用 WPS 或 Excel 打开，在“数据”里断开链接、删去数据连接（或粘贴为数值），保存后再报。",
    ),
    "embedded_object": (
        "工作簿里嵌有别的文件：{part}。没有打开。",
        "请删去嵌入的对象；要一起报的材料请单独作附件。",
    ),
}


def check_parts(package: Package, progress: Progress = silent) -> None:
    """Raises CannotGoOn with every reason there is."""
    found: dict[str, list[str]] = {}
    for name in package.entries:
        _gather(found, _by_name(name), name)
    if _TYPES not in package.entries:
        raise broken(package.path)
    for word in _content_types(package):
        _gather(found, next((code for sign, code in _TYPE_WORDS.items() if sign in word), ""), word)
    for name in package.entries:
        if name.endswith(".rels"):
            for code, target in _relations(package, name):
                _gather(found, code, target)
    if found:
        raise CannotGoOn([forbidden(package.path, code, parts[0]) for code, parts in found.items()])
    done = 0
    for name, entry in package.entries.items():
        check_prologue(package, name)
        done += entry.file_size
        progress(done, max(package.size, 1))


def forbidden(path: Path, code: str, part: str) -> Finding:
    """The finding about a part that may not be there."""
    message, mend = _SAID[code]
    return Finding(Severity.ERROR, code, message.format(part=visible(part)), mend, file=path.name)


def _gather(found: dict[str, list[str]], code: str, part: str) -> None:
    if code:
        found.setdefault(code, []).append(part)


def _by_name(name: str) -> str:
    folder = next((code for start, code in _FOLDERS.items() if name.startswith(start)), "")
    return folder or _FILES.get(name.rpartition("/")[2], "")


def _content_types(package: Package) -> list[str]:
    types: list[str] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        types.append(attributes.get("ContentType", "").lower())

    parse_entry(package, _TYPES, start)
    return types


def _relations(package: Package, entry: str) -> list[tuple[str, str]]:
    """What a part points to, of what must not be pointed to."""
    found: list[tuple[str, str]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        if name != "Relationship":
            return
        kind = attributes.get("Type", "").rpartition("/")[2].lower()
        target = attributes.get("Target", "")
        code = _RELATIONS.get(kind) or next((code for sign, code in _TYPE_WORDS.items() if sign in kind), "")
        if not code and attributes.get("TargetMode", "").lower() == _POINTS_OUT and kind != _MAY_POINT_OUT:
            code = "external_link"
        if code:
            found.append((code, target))

    parse_entry(package, entry, start)
    return found
