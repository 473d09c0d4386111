"""The commands and their options."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from mujun import __version__
from mujun.cli import check, demo, evaluate, explain, run

app = typer.Typer(
    name="mujun",
    help="“亩均论英雄”领跑者评价：规则即数据，结果可逐格核对。",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

SchemeName = Annotated[str, typer.Argument(metavar="方案", help="方案文件的路径，或 2019/manufacturing。")]
DataFile = Annotated[Path, typer.Argument(metavar="数据", help="CSV、XLSX 或 Parquet 文件。")]
Out = Annotated[Path, typer.Option("--out", metavar="文件夹", help="结果写到哪里。")]
Label = Annotated[str, typer.Option("--label", metavar="字样", help="处处标明的字样，例如“示例数据”。")]


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"mujun {__version__}")
        raise typer.Exit


@app.callback()
def main(
    version: Annotated[bool, typer.Option("--version", help="显示版本。", callback=_version, is_eager=True)] = False,
) -> None:
    """“亩均论英雄”领跑者评价：规则即数据，结果可逐格核对。"""


@app.command("check", help="检查评价方案：权重、名称、单位、依据、分组，一次指出所有问题。")
def check_command(
    schemes: Annotated[
        list[str] | None, typer.Argument(metavar="[方案…]", help="方案文件或 2019/manufacturing；不写则检查全部。")
    ] = None,
) -> None:
    raise typer.Exit(check.check(schemes or []))


@app.command("evaluate", help="用一个方案评价一份数据：得分、排名、档次、入选。")
def evaluate_command(
    scheme: SchemeName,
    data: DataFile,
    out: Out,
    previous: Annotated[Path | None, typer.Option(metavar="数据", help="上一轮的数据。")] = None,
    adopt: Annotated[Path | None, typer.Option(metavar="名单", help="参照名单（CSV 或 XLSX）。")] = None,
    sheet: Annotated[str | None, typer.Option(metavar="工作表", help="XLSX 里的哪一张；默认第一张。")] = None,
    label: Label = "",
) -> None:
    raise typer.Exit(evaluate.evaluate_one(scheme, data, out, previous, adopt, sheet, label))


@app.command("run", help="评价一个年度的全部领域，每个领域一个文件夹，另有汇总名单。")
def run_command(
    round_name: Annotated[str, typer.Argument(metavar="年度", help="例如 2019。")],
    data: Annotated[
        Path, typer.Option("--data", metavar="文件夹", help="各领域数据所在，文件名为 <方案>.csv|xlsx|parquet。")
    ],
    out: Out,
    label: Label = "",
) -> None:
    raise typer.Exit(run.run_round(round_name, data, out, label))


@app.command("explain", help="一个单位的来龙去脉：从原始数据到名次，每一步的依据。")
def explain_command(
    folder: Annotated[Path, typer.Argument(metavar="结果", help="evaluate 或 run 写出的文件夹。")],
    key: Annotated[str, typer.Argument(metavar="单位", help="单位代码或名称。")],
) -> None:
    raise typer.Exit(explain.explain_unit(folder, key))


@app.command("demo", help="造一个虚构的省（示例数据），并评价全部七个领域。")
def demo_command(
    out: Out = Path("out/demo"),
    seed: Annotated[int, typer.Option(help="随机种子：同一种子，同一结果。")] = 2019,
    units: Annotated[int, typer.Option(metavar="N", help="规上制造业企业数，其余按比例。")] = 12_000,
) -> None:
    raise typer.Exit(demo.demo(out, seed, units))
