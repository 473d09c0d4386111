"""`mujun explain`: one unit's walk."""

from __future__ import annotations

from pathlib import Path

import polars as pl
from rich.markup import escape

from mujun.cli.show import console, marks, show_walk
from mujun.cli.show_origins import show_origins
from mujun.documents.report import write_explanation
from mujun.engine.explain import explain
from mujun.engine.result import Result, read_result
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import Law, load_law
from mujun.store import open_sealed
from mujun.store.origins import origins_of


def explain_unit(folder: Path, key: str, page: Path | None = None, dataset: Path | None = None) -> int:
    """The unit's walk in a domain's results, or in whichever domain of a round's results it is; in `page` as well.

    Results of a sealed dataset, which is where it was or in `dataset`, are walked back to the cells.
    """
    law = load_law()
    folders = [folder] if (folder / "evaluation.json").exists() else _domains_with(folder, key)
    if page is not None and len(folders) > 1:
        names = "、".join(str(one) for one in folders)
        message = f"“{key}”在{len(folders)}个领域里都有，一张网页只写一个。"
        raise CannotGoOn([Finding(Severity.ERROR, "many_units", message, f"请指明是哪一个结果：{names}。")])
    for place, one in enumerate(folders):
        if place:
            console.print()
        result = read_result(one, law)
        walk = explain(result, key, law)
        show_walk(walk, marks(result.summary))
        if "sealed" in result.summary:
            _show_origins(result, walk.key, dataset or one / result.summary["sealed"]["folder"], law)
        if page is not None:
            page.parent.mkdir(parents=True, exist_ok=True)
            write_explanation(page, walk, result)
            console.print(f"网页 {page}")
    return 0


def _show_origins(result: Result, key: str, dataset: Path, law: Law) -> None:
    wanted = result.summary["sealed"]["hash"]
    if not dataset.exists():
        console.print(
            f"[yellow]封存的数据集不在“{escape(str(dataset))}”，查不到来历；请用 --dataset 写明它在哪里。[/yellow]"
        )
        return
    sealed = open_sealed(dataset)
    if sealed.hash != wanted:
        message = f"“{dataset}”不是算出这份结果的数据集：它是{sealed.hash[:12]}…，应为{wanted[:12]}…。"
        raise CannotGoOn([Finding(Severity.ERROR, "another_dataset", message, "请用 --dataset 写明原来的数据集。")])
    show_origins(origins_of(sealed, key), result.scheme, law, sealed.hash)


def _domains_with(folder: Path, key: str) -> list[Path]:
    domains = sorted(path.parent for path in folder.glob("*/evaluation.json"))
    if not domains:
        message = f"“{folder}”里没有评价结果。"
        mend = "请给出 mujun evaluate 或 mujun run 写出的文件夹。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_result", message, mend)])
    found = [
        domain
        for domain in domains
        if not pl.scan_parquet(domain / "units.parquet")
        .filter((pl.col("key") == key) | (pl.col("name") == key))
        .select("key")
        .collect()
        .is_empty()
    ]
    if not found:
        names = "、".join(domain.name for domain in domains)
        message = f"各领域（{names}）里都没有单位“{key}”。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_such_unit", message, "请核对单位代码或名称。")])
    return found
