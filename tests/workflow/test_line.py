"""The line a person sees: what is done, where it stands, what lies ahead."""

from __future__ import annotations

from mujun.workflow import Line, Standing, Workflow, draw_line
from mujun.workflow.states import ObjectionState, RoundState, TrackState, ValuesState

MARK = {Standing.DONE: "✓", Standing.CURRENT: "→", Standing.AHEAD: ""}


def said(line: Line) -> str:
    return " ".join(MARK[stage.standing] + stage.label for stage in line.stages)


def test_round_goes_from_preparation_to_publication(workflow: Workflow) -> None:
    machine = workflow.machines["round"]
    assert said(draw_line(machine, RoundState.REVIEW)) == "✓筹备 ✓方案印发 ✓评价 ✓汇总 →提请审定 公示 印发"
    assert said(draw_line(machine, None)) == "筹备 方案印发 评价 汇总 审定 公示 印发"
    published = "✓筹备 ✓方案印发 ✓评价 ✓汇总 ✓审定 ✓公示 ✓印发"
    assert said(draw_line(machine, RoundState.PUBLISHED)) == published


def test_county_list_is_adopted_and_the_others_are_drawn_up(workflow: Workflow) -> None:
    machine = workflow.machines["track"]
    lines = [said(draw_line(machine, TrackState.FROZEN, domain=domain)) for domain in ("county", "services")]
    before = "✓拟定方案 ✓方案已印发 ✓归集数据 ✓数据已锁定 ✓已评价 →评价已定版"
    assert lines == [f"{before} 已采用名单 已签发 已报送 已接收", f"{before} 拟定名单 已签发 已报送 已接收"]


def test_values_take_the_way_of_their_domain(workflow: Workflow) -> None:
    machine = workflow.machines["values"]
    lines = {path: said(draw_line(machine, ValuesState.SUBMITTED, path=path)) for path in workflow.paths}
    assert lines == {
        "provincial": "✓填报中 →已报送 县里确认 已收下",
        "unit": "✓填报中 →已报送 县市审核 已收下",
        "firm": "✓填报中 →已报送 企业确认 市级已审 已收下",
    }


def test_stop_of_several_states_has_the_name_of_the_one_it_is_in(workflow: Workflow) -> None:
    firm = draw_line(workflow.machines["values"], ValuesState.DEEMED_CONFIRMED, path="firm")
    assert said(firm) == "✓填报中 ✓已报送 →视同确认 市级已审 已收下"
    objection = workflow.machines["objection"]
    assert said(draw_line(objection, ObjectionState.ADMITTED)) == "✓已登记 →已受理 复核决定 已纠正 已办结"
    assert said(draw_line(objection, ObjectionState.PARTLY)) == "✓已登记 ✓已受理 →部分成立 已纠正 已办结"


def test_what_stands_beside_the_line_is_said_and_the_line_drawn_up_to_where_it_left(workflow: Workflow) -> None:
    machine = workflow.machines["round"]
    line = draw_line(machine, RoundState.CANCELLED, left_from=RoundState.PLANNED)
    assert (said(line), line.aside and line.aside.label) == (
        "✓筹备 →方案印发 评价 汇总 审定 公示 印发",
        "已取消",
    )
    assert said(draw_line(machine, RoundState.CANCELLED)) == "筹备 方案印发 评价 汇总 审定 公示 印发"
