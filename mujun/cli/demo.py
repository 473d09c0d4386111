"""`mujun demo`: a fictitious province, evaluated."""

from __future__ import annotations

import shutil
from pathlib import Path

from mujun.cli.evaluate import progress_bar
from mujun.cli.run import run_round
from mujun.cli.show import console
from mujun.demo import LEAST_MANUFACTURERS, make_province
from mujun.findings import CannotGoOn, Finding, Severity

LABEL = "示例数据"


def demo(out: Path, seed: int, units: int) -> int:
    """Write the province's files into `out`/data and run the 2019 round on them into `out`/result."""
    data = out / "data"
    if units < LEAST_MANUFACTURERS:
        message = f"企业数{units}太少，让不了每条规则都有单位适用。"
        raise CannotGoOn([Finding(Severity.ERROR, "too_few", message, f"请写不小于{LEAST_MANUFACTURERS}的数。")])
    if (data / "说明.txt").exists():
        shutil.rmtree(data)
    elif data.exists() and any(data.iterdir()):
        message = f"“{data}”里已有别的文件。"
        raise CannotGoOn([Finding(Severity.ERROR, "not_empty", message, "请换一个 --out，或先清空它。")])
    console.print(f"造一个虚构的省（{LABEL}，种子{seed}）……")
    with progress_bar() as progress:
        task = progress.add_task("造数据", total=None)
        make_province(
            data,
            seed=seed,
            manufacturers=units,
            progress=lambda now, end: progress.update(task, completed=now, total=end),
        )
    console.print(f"数据在 {data}，全部虚构，见其中的 说明.txt")
    code = run_round("2019", data, out / "result", LABEL)
    console.print(f"看一个单位的来龙去脉：mujun explain {out / 'result'} <单位代码或名称>")
    return code
