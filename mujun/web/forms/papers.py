"""What a meeting's papers need and the site does not know: typed, printed, not kept."""

from __future__ import annotations

from django import forms

from mujun.web.forms.notice import MomentInput

_LINES = forms.Textarea(attrs={"rows": 3})
_AGENDA = "听取各领域推荐名单汇报\n审议与名次不一致的事项\n逐项审定推荐名单\n确定公示期和公示范围"


class _Paper(forms.Form):
    at = forms.DateTimeField(label="会议时间", widget=MomentInput)
    where = forms.CharField(label="会议地点", max_length=60)

    def __init__(self, *args: object, **more: object) -> None:
        super().__init__(*args, **more)  # type: ignore[arg-type]
        self.label_suffix = ""
        self.fields["ending"] = forms.ChoiceField(label="格式", choices=[("docx", "DOCX"), ("pdf", "PDF")])


class PackForm(_Paper):
    agenda = forms.CharField(label="议程", widget=_LINES, initial=_AGENDA, help_text="一行一项")


class MinutesForm(_Paper):
    number = forms.CharField(label="纪要编号", max_length=30, help_text="例如 〔2019〕9号")
    chair = forms.ChoiceField(label="主持人")
    attending = forms.CharField(label="列席", widget=_LINES, required=False, help_text="一行一个")
    sent_to = forms.CharField(label="发送", widget=_LINES, initial="领导小组成员\n各牵头部门", help_text="一行一个")

    def offer_chairs(self, names: list[str]) -> None:
        """One of those who were there."""
        self.fields["chair"].choices = [(name, name) for name in names]  # type: ignore[attr-defined]
