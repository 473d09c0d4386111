"""`mujun explain`: one unit's walk."""

from __future__ import annotations

from pathlib import Path

import polars as pl

from mujun.cli.show import console, marks, show_walk
from mujun.documents.report import write_explanation
from mujun.engine.explain import explain
from mujun.engine.result import read_result
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import load_law


def explain_unit(folder: Path, key: str, page: Path | None = None) -> int:
    """The unit's walk in a domain's results, or in whichever domain of a round's results it is; in `page` as well."""
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
        if page is not None:
            page.parent.mkdir(parents=True, exist_ok=True)
            write_explanation(page, walk, result)
            console.print(f"网页 {page}")
    return 0


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
