"""The commands and their options. Each loads its own part: who takes in a file need not wait for figures to draw."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from mujun import __version__

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
StoreFolder = Annotated[Path, typer.Option("--store", metavar="文件夹", help="数据库所在。")]
By = Annotated[str, typer.Option("--by", metavar="姓名", help="经手人；不写则用系统的用户名。")]
Home = Annotated[Path, typer.Option("--home", metavar="文件夹", help="站点的数据库和文件所在。")]
Sealed = Annotated[
    list[Path] | None,
    typer.Option("--sealed", metavar="文件夹", help="seal 写出的数据集：单位的结果连到单元格。可写多次。"),
]
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
    from mujun.cli import check

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
    from mujun.cli import evaluate

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
    from mujun.cli import run

    raise typer.Exit(run.run_round(round_name, data, out, label))


@app.command("explain", help="一个单位的来龙去脉：从原始数据到名次，每一步的依据。")
def explain_command(
    folder: Annotated[Path, typer.Argument(metavar="结果", help="evaluate 或 run 写出的文件夹。")],
    key: Annotated[str, typer.Argument(metavar="单位", help="单位代码或名称。")],
    html: Annotated[Path | None, typer.Option("--html", metavar="网页", help="另写成带图的网页。")] = None,
) -> None:
    from mujun.cli import explain

    raise typer.Exit(explain.explain_unit(folder, key, html))


@app.command("template", help="生成要填的报表（XLSX），一个部门一张，按方案要的数据项。")
def template_command(
    scheme: SchemeName,
    out: Annotated[Path, typer.Option("--out", metavar="文件|文件夹", help="一张写成 .xlsx，几张写进文件夹。")],
    agency: Annotated[str, typer.Option(metavar="部门", help="只要这个部门的，例如 税务。")] = "",
    register: Annotated[Path | None, typer.Option(metavar="名录", help="单位名录，用来预先列出单位。")] = None,
) -> None:
    from mujun.cli import template

    raise typer.Exit(template.make_templates(scheme, agency, register, out, datetime.now().date()))


@app.command("intake", help="核对报表；加上 --commit 才入库，几份文件要么全部入库，要么一份也不入。")
def intake_command(
    files: Annotated[list[Path], typer.Argument(metavar="文件…", help="填好的报表。")],
    store: StoreFolder,
    commit: Annotated[bool, typer.Option("--commit", help="核对无误就入库；不写只核对。")] = False,
    by: By = "",
    agency: Annotated[str, typer.Option(metavar="部门", help="不是用模板填的：哪个部门的报表，例如 税务。")] = "",
    scheme: Annotated[str, typer.Option(metavar="方案", help="不是用模板填的：哪个方案的报表。")] = "",
    sheet: Annotated[str | None, typer.Option(metavar="工作表", help="XLSX 里的哪一张；默认第一张。")] = None,
    waive: Annotated[
        list[str] | None,
        typer.Option(metavar="代号=理由", help="说明理由；只对几个单位的写“代号:单位,单位=理由”。可写多次。"),
    ] = None,
    previous: Annotated[Path | None, typer.Option(metavar="数据", help="上一轮的数据，用来比对。")] = None,
    register: Annotated[Path | None, typer.Option(metavar="名录", help="单位名录，用来认单位。")] = None,
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="核对结果写到哪里。")] = Path("核对结果"),
) -> None:
    from mujun.cli import intake

    raise typer.Exit(
        intake.intake(
            files,
            store,
            commit=commit,
            by=by,
            agency=agency,
            scheme=scheme,
            sheet=sheet,
            waive=waive or [],
            previous=previous,
            register=register,
            out=out,
            now=datetime.now().astimezone(),
        )
    )


@app.command("seal", help="封存数据集：库里此刻有效的数，连同来源、特批和指纹；可直接用来评价。")
def seal_command(scheme: SchemeName, store: StoreFolder, by: By = "") -> None:
    from mujun.cli import seal

    raise typer.Exit(seal.seal_scheme(scheme, store, by, datetime.now().astimezone()))


@app.command("trace", help="一个数的来历：从封存的数据集回到单元格、原件、经手人和每次更正。")
def trace_command(
    dataset: Annotated[Path, typer.Argument(metavar="数据集", help="seal 写出的文件夹或 data.parquet。")],
    unit: Annotated[str, typer.Argument(metavar="单位", help="单位代码或名称。")],
    variable: Annotated[str, typer.Argument(metavar="数据项", help="例如 tax 或 税收实际贡献。")],
    store: Annotated[Path | None, typer.Option(metavar="文件夹", help="数据库；默认是数据集所在的那个。")] = None,
) -> None:
    from mujun.cli import trace

    raise typer.Exit(trace.trace_value(dataset, unit, variable, store))


@app.command("statement", help="一企一单：封存的数据集里一个单位的全部数据和来历，供其确认或提出异议。")
def statement_command(
    dataset: Annotated[Path, typer.Argument(metavar="数据集", help="seal 写出的文件夹或 data.parquet。")],
    unit: Annotated[str, typer.Argument(metavar="单位", help="单位代码或名称。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件", help="写成 .docx 或 .xlsx。")],
    store: Annotated[Path | None, typer.Option(metavar="文件夹", help="数据库；默认是数据集所在的那个。")] = None,
    label: Label = "",
) -> None:
    from mujun.cli import statement

    raise typer.Exit(statement.write_statement(dataset, unit, store, out, label, datetime.now().date()))


@app.command("render", help="由事实文件生成公文（DOCX 或 PDF）；sample 写出每种一份样本和事实文件。")
def render_command(
    kind: Annotated[str, typer.Argument(metavar="文种", help="例如 public-notice、issued-list；sample 为全部样本。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件|文件夹", help=".docx、.pdf；sample 时为文件夹。")],
    facts: Annotated[Path | None, typer.Argument(metavar="事实", help="JSON 或 YAML。")] = None,
) -> None:
    from mujun.cli import render

    raise typer.Exit(render.render(kind, facts, out))


@app.command("check-layout", help="量一份公文的版式（GB/T 9704—2012），逐项列出应为、实为。")
def check_layout_command(
    file: Annotated[Path, typer.Argument(metavar="文件", help="DOCX 文件。")],
) -> None:
    from mujun.cli import render

    raise typer.Exit(render.check(file))


@app.command("verify-store", help="核对数据库：日志首尾相接，每份文件与指纹相符；不符的逐一指出。")
def verify_store_command(
    store: Annotated[Path, typer.Argument(metavar="文件夹", help="数据库所在。")],
) -> None:
    from mujun.cli import seal

    raise typer.Exit(seal.verify_store(store))


@app.command("bundle", help="把评价结果做成名单包：四种格式的名单、校验单、证明、规则和离线核对程序。")
def bundle_command(
    result: Annotated[Path, typer.Argument(metavar="结果", help="evaluate 或 run 写出的文件夹。")],
    out: Annotated[Path, typer.Option("--out", metavar="文件夹", help="名单包写到哪里；旁边另有同名的 .zip。")],
    round_name: Annotated[str, typer.Option("--round", metavar="年度", help="按哪一年的公开规则。")] = "2019",
    secret: Annotated[
        Path | None, typer.Option("--secret", metavar="文件", help="本轮的密钥，用来给各单位的结果加封；没有就新建。")
    ] = None,
    units: Annotated[
        Path | None, typer.Option("--units", metavar="文件夹", help="各单位的证明文件写到哪里，每份只给那个单位自己。")
    ] = None,
    with_data: Annotated[
        Path | None, typer.Option("--with-data", metavar="文件夹", help="把评价数据也放进去：只供内部重算，不得公开。")
    ] = None,
    sealed: Sealed = None,
) -> None:
    from mujun.cli import bundle

    raise typer.Exit(bundle.make_bundle_of(result, out, round_name, secret, units, with_data, sealed or []))


@app.command("verify", help="核对名单包、档案或一个单位的证明文件；有数据就从头重算一遍。")
def verify_command(
    bundle: Annotated[Path | None, typer.Argument(metavar="[名单包]", help="文件夹或 zip。")] = None,
    unit: Annotated[
        Path | None, typer.Option("--unit", metavar="文件", help="一个单位（或名单一行）的证明文件。")
    ] = None,
    code: Annotated[str, typer.Option("--code", metavar="校验码", help="公文、公示上印的校验码。")] = "",
    data: Annotated[Path | None, typer.Option("--data", metavar="文件夹", help="评价数据所在，用来重算。")] = None,
    secret: Annotated[
        Path | None, typer.Option("--secret", metavar="文件", help="本轮的密钥，用来重算各单位的指纹。")
    ] = None,
    sealed: Sealed = None,
) -> None:
    from mujun.cli import verify

    raise typer.Exit(verify.verify(bundle, unit, code, data, secret, sealed or []))


@app.command("demo", help="造一个虚构的省（示例数据），并评价全部七个领域。")
def demo_command(
    out: Out = Path("out/demo"),
    seed: Annotated[int, typer.Option(help="随机种子：同一种子，同一结果。")] = 2019,
    units: Annotated[int, typer.Option(metavar="N", help="规上制造业企业数，其余按比例。")] = 12_000,
    stage: Annotated[str, typer.Option(metavar="阶段", help="改为造一个站点，年度走到这个阶段。")] = "",
) -> None:
    if stage:
        from mujun.web.serve import run_command

        raise typer.Exit(run_command(out, True, ["demo", "--stage", stage]))
    from mujun.cli import demo

    raise typer.Exit(demo.demo(out, seed, units))


@app.command("serve", help="启动站点和后台任务，各机关在浏览器里各办各的事。")
def serve_command(
    home: Home = Path("out/site"),
    host: Annotated[str, typer.Option(metavar="地址", help="只在本机用 127.0.0.1。")] = "127.0.0.1",
    port: Annotated[int, typer.Option(metavar="端口")] = 8000,
    demo: Annotated[bool, typer.Option("--demo", help="示例站点：空的就先造一个虚构的年度。")] = False,
    stage: Annotated[str, typer.Option(metavar="阶段", help="示例年度走到哪个阶段。")] = "notice",
    password: Annotated[str, typer.Option(metavar="密码", help="所有示例账号的密码；不写就随机取一个。")] = "",
) -> None:
    from mujun.web.serve import serve

    raise typer.Exit(serve(home, host, port, demo, stage, password))


@app.command("verify-audit", help="核验站点的审计记录：逐条首尾相接，末尾没有被截去。")
def verify_audit_command(home: Home = Path("out/site")) -> None:
    from mujun.web.serve import run_command

    raise typer.Exit(run_command(home, False, ["verify_audit"]))
