"""What anybody may bring to be checked: a bundle, a proof file, a printed code. Nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django import forms

from mujun.web.queries.public.proofs import MOST_BYTES, is_code


class VerifyForm(forms.Form):
    file = forms.FileField(
        label="名单包或证明文件",
        required=False,
        help_text=f"名单包（zip）或一份证明文件（json），不超过{MOST_BYTES >> 20}MB。只在核对时读，不留存。",
    )
    code = forms.CharField(
        label="校验码", required=False, max_length=200, help_text="公文、公示上印的64位字母和数字，SHA-256或SM3都可以"
    )

    def clean(self) -> dict[str, Any]:
        told = super().clean() or {}
        file, code = told.get("file"), told.get("code", "")
        if not file and not code and not self.errors:
            raise forms.ValidationError("请选一个文件，或填校验码。")
        if file and file.size > MOST_BYTES:
            self.add_error("file", f"文件超过{MOST_BYTES >> 20}MB。请改用离线核对：解开名单包，运行 python verify.py。")
        if code and not is_code(code):
            self.add_error("code", "校验码应是64位，由0至9、a至f组成，请核对有没有抄漏。")
        return told
