"""`mujun check` looks at the collection plans and the workflows too."""

from __future__ import annotations

import pytest

from mujun.cli.check import check


def test_check_of_everything_names_the_plan_the_workflow_and_what_is_public(capsys: pytest.CaptureFixture[str]) -> None:
    assert check([]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split("，")[0] for line in lines if "2019/" in line] == [
        "通过 2019/collection.yaml  2019年“亩均效益”领跑者行动数据归集方案  4种明细",
        "通过 2019/workflow.yaml  2019年“亩均效益”领跑者行动工作流程  5个状态机",
        "通过 2019/publication.yaml  名单公开规则  7份名单",
    ]
