"""The forms that are due, by scheme, and which of them a file is. Reads stamps and plans, no values."""

from __future__ import annotations

from pathlib import Path

from attrs import define, evolve, field, frozen

from mujun.collection import CollectionPlan, Form, forms_of, load_collection
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.intake.cells import refusal
from mujun.intake.template.stamp import Stamp, read_stamp, stale_template
from mujun.law import PROGRAMME, Law
from mujun.scheme import Scheme, find_scheme, load_scheme

_WORKBOOK = ".xlsx"


@frozen(eq=False)
class Due:
    """What a scheme collects. `name` is `2019/manufacturing`; a round without a plan has main forms only."""

    name: str
    file: Path
    scheme: Scheme
    plan: CollectionPlan | None
    forms: tuple[Form, ...]


@define
class FormBook:
    """Schemes and plans, each read once."""

    law: Law
    root: Path = PROGRAMME
    _due: dict[str, Due] = field(factory=dict)
    _plans: dict[str, CollectionPlan] = field(factory=dict)

    def due(self, scheme: str) -> Due:
        """By `2019/manufacturing` or the path of a scheme file. Raises CannotGoOn when there is none."""
        if scheme not in self._due:
            self._due[scheme] = self._load(scheme)
        return self._due[scheme]

    def recognise(self, path: Path, agency: str, scheme: str) -> tuple[Due, Form]:
        """Which form a file is: by its stamp, else as told. Raises CannotGoOn with what to do."""
        stamp = read_stamp(path) if path.suffix.lower() == _WORKBOOK else None
        if stamp is None:
            return self._told(path.name, agency, scheme)
        due, form = self._stamped(path.name, stamp, scheme)
        if agency and agency not in (form.source, form.table, form.id):
            message = f"文件是“{form.label}”（{form.id}），命令里写的部门却是“{agency}”。"
            raise refusal(path.name, "another_form", message, "请去掉 --agency，或核对是不是拿错了文件。")
        return due, form

    def _load(self, scheme: str) -> Due:
        file = find_scheme(scheme, self.root) if self.root != PROGRAMME else find_scheme(scheme)
        round_name = file.parent.parent.name if file.parent.name == "schemes" else ""
        plan = self._plan(round_name)
        stem = file.stem
        if plan is not None and stem in plan.schemes:
            loaded = plan.schemes[stem]
            forms = plan.forms(loaded)
        else:
            plan, loaded = None, load_scheme(file, self.law)
            forms = forms_of(round_name, loaded)
        name = "/".join(part for part in (round_name, loaded.id) if part)
        return Due(name, file, loaded, plan, forms)

    def _plan(self, round_name: str) -> CollectionPlan | None:
        if not round_name or not (self.root / round_name / "collection.yaml").exists():
            return None
        if round_name not in self._plans:
            self._plans[round_name] = load_collection(round_name, self.law, self.root)
        return self._plans[round_name]

    def _stamped(self, file: str, stamp: Stamp, scheme: str) -> tuple[Due, Form]:
        try:
            due = self.due(scheme or "/".join(stamp.form.split("/")[:2]))
        except CannotGoOn as error:
            message = f"这份模板是报表“{stamp.form}”，本程序没有这个年度或方案。"
            raise refusal(file, "unknown_form", message, "请核对是不是别的年度或别的系统的模板。") from error
        stale = stale_template(stamp, due.forms)
        if stale is not None:
            raise CannotGoOn([evolve(stale, file=file)])
        return due, next(form for form in due.forms if form.id == stamp.form)

    def _told(self, file: str, agency: str, scheme: str) -> tuple[Due, Form]:
        if not scheme:
            message = "认不出是哪张报表：不是用本程序的模板填的。"
            mend = "请用 mujun template 生成的模板填报；或写明 --scheme 2019/manufacturing --agency 税务。"
            raise refusal(file, "no_stamp", message, mend)
        due = self.due(scheme)
        wanted = [
            form for form in due.forms if agency in (form.source, form.id, form.table) and (agency or not form.table)
        ]
        main = [form for form in wanted if not form.table] or wanted
        if len(main) == 1:
            return due, main[0]
        known = "、".join(dict.fromkeys(form.source for form in due.forms if form.source))
        tables = "、".join(f"{form.table}（{form.label}）" for form in due.forms if form.table)
        message = f"“{due.scheme.label}”没有部门或明细“{agency}”。" if agency else "没有写明是哪个部门的报表。"
        if len(main) > 1:
            message = f"“{agency}”有不止一张报表。"
        mend = f"请用 --agency 写明部门：{known}" + (f"；或明细：{tables}" if tables else "") + "。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_such_agency", message, mend, file=file)])
