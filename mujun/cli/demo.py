"""`mujun demo`: a fictitious province, evaluated."""

from __future__ import annotations

from pathlib import Path

from mujun.cli.evaluate import progress_bar
from mujun.cli.run import run_round
from mujun.cli.show import console
from mujun.demo import make_province

LABEL = "示例数据"


def demo(out: Path, seed: int, units: int) -> int:
    """Write the province's files into `out`/data and run the 2019 round on them into `out`/result."""
    console.print(f"造一个虚构的省（{LABEL}，种子{seed}）……")
    with progress_bar() as progress:
        task = progress.add_task("造数据", total=None)
        make_province(
            out / "data",
            seed=seed,
            manufacturers=units,
            progress=lambda now, end: progress.update(task, completed=now, total=end),
        )
    console.print(f"数据在 {out / 'data'}，全部虚构，见其中的 说明.txt")
    code = run_round("2019", out / "data", out / "result", LABEL)
    console.print(f"看一个单位的来龙去脉：mujun explain {out / 'result'} <单位代码或名称>")
    return code
