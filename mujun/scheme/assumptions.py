"""List what a scheme assumes. A round with an assumption left can be practised on; it cannot be published."""

from __future__ import annotations

from typing import Any


def assumptions_of(value: Any, where: str = "") -> tuple[str, ...]:
    """Every declared assumption of the file in file order, as `where: why`."""
    found: list[str] = []
    if isinstance(value, dict):
        here = str(value.get("label") or value.get("id") or value.get("tier") or where)
        for key, item in value.items():
            if key == "assumption" and isinstance(item, str):
                found.append(f"{where}：{item}")
            else:
                place = f"{here} {_WORDS[key]}".strip() if key in _WORDS else here or key
                found += assumptions_of(item, place)
    elif isinstance(value, list):
        for item in value:
            found += assumptions_of(item, where)
    return tuple(found)


_WORDS = {
    "basis": "",
    "constants_basis": "常数",
    "weight_basis": "权重",
    "normalise_basis": "无量纲化",
    "missing_basis": "缺失处理",
    "adjustments_between_basis": "加减分上下限",
}
