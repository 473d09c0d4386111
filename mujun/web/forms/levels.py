"""Fields for what a score is measured by: a benchmark, a statistic or a number; bands, a row for each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

FIXED = "fixed"


class LevelWidget(forms.MultiWidget):
    """A statistic to choose, or a fixed number."""

    template_name = "mujun/plans/level.html"

    def __init__(self, choices: tuple[tuple[str, str], ...]) -> None:
        self.statistics = dict(choices)
        number = forms.TextInput(attrs={"inputmode": "decimal", "aria-label": "固定数"})
        super().__init__([forms.Select(choices=[*choices, (FIXED, "固定数")]), number])

    def decompress(self, value: Any) -> list[str]:
        text = str(value or "")
        return [text, ""] if text in self.statistics else [FIXED, text]


class LevelField(forms.MultiValueField):
    def __init__(self, choices: tuple[tuple[str, str], ...], **more: Any) -> None:
        fields = (forms.ChoiceField(choices=[*choices, (FIXED, "固定数")]), forms.CharField(required=False))
        super().__init__(fields, widget=LevelWidget(choices), require_all_fields=False, **more)

    def compress(self, data_list: list[str]) -> str:
        if not data_list:
            return ""
        return data_list[1] if data_list[0] == FIXED else data_list[0]


class BandsWidget(forms.Widget):
    """Two cells a band, with empty rows for bands to come.

    As many rows are read as were sent: somebody else may have changed their number meanwhile.
    """

    template_name = "mujun/plans/bands.html"

    def __init__(self, heads: tuple[str, str], empty_rows: int = 2) -> None:
        self.heads, self.empty_rows = heads, empty_rows
        super().__init__()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        bands = [(*line.split(), "")[:2] for line in str(value or "").splitlines()]
        bands += [("", "")] * self.empty_rows
        rows = [
            (number, [(f"{name}-{number - 1}-{place}", cell) for place, cell in enumerate(band)])
            for number, band in enumerate(bands, 1)
        ]
        return {"widget": {"rows": rows, "heads": self.heads, "id": (attrs or {}).get("id", "")}}

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> str:
        lines: list[str] = []
        while f"{name}-{len(lines)}-0" in data:
            cells = [str(data.get(f"{name}-{len(lines)}-{place}", "")) for place in (0, 1)]
            lines.append(" ".join("".join(cell.split()) for cell in cells).strip())
        return "\n".join(line for line in lines if line)

    def id_for_label(self, id_: str, index: str = "0") -> str:
        return f"{id_}-0-0"
