"""Names of files that others chose: shown without tricks, offered for download by the rules. Touches no file.

The name is never used as a path; where a file is kept has nothing to do with what it was called.
"""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

LONGEST = 100
"""Characters of a name that is shown or offered."""

_NAMELESS = "未命名"
_FORBIDDEN = re.compile(r'[<>:"/\\|?*%]')
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(?=\.|$)", re.IGNORECASE)
_INVISIBLE = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
"""Control signs, and those that turn the direction of writing: `表\\u202excod.exe` would show as `表exe.docx`."""


def display_name(name: str) -> str:
    """The last part of a path without invisible signs, no longer than LONGEST; its extension is kept."""
    visible = "".join(sign for sign in unicodedata.normalize("NFC", name) if _is_visible(sign))
    last = re.split(r"[/\\]", visible.strip().rstrip("/\\"))[-1]
    return _shortened(last.strip(" .") or _NAMELESS)


def visible(text: str) -> str:
    """A name or path as text to be shown: without invisible signs, no longer than LONGEST."""
    return _shortened("".join(sign for sign in text if _is_visible(sign)))


def download_name(name: str) -> str:
    """A name that every system can save: `display_name` without signs that some forbid."""
    safe = _FORBIDDEN.sub("_", display_name(name))
    return f"_{safe}" if _DEVICES.match(safe) else safe


def content_disposition(name: str) -> str:
    """The value of the header that offers a file for download under its name, by RFC 6266 and RFC 8187."""
    safe = download_name(name)
    plain = re.sub(r"[^A-Za-z0-9 ._()-]", "_", safe)
    if plain == safe:
        return f'attachment; filename="{plain}"'
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def _is_visible(sign: str) -> bool:
    return unicodedata.category(sign) not in _INVISIBLE


def _shortened(name: str) -> str:
    if len(name) <= LONGEST:
        return name
    stem, dot, extension = name.rpartition(".")
    ending = dot + extension if dot and stem and len(extension) <= 10 else ""
    return name[: LONGEST - len(ending) - 1] + "…" + ending
