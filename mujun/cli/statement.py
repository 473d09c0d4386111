"""`mujun statement`: one unit's own sheet of a sealed dataset, to confirm or dispute."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from mujun.cli.sealed_scheme import sealed_scheme
from mujun.cli.show import console
from mujun.documents.statement import collect_statement, write_statement_docx, write_statement_xlsx
from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import load_law
from mujun.scheme import load_round
from mujun.store import Store, open_sealed
from mujun.store.trace import trace

_WRITERS = {".docx": write_statement_docx, ".xlsx": write_statement_xlsx}


def write_statement(dataset: Path, unit: str, store: Path | None, out: Path, label: str, today: date) -> int:
    """Returns the exit code."""
    writer = _WRITERS.get(out.suffix.lower())
    if writer is None:
        message = f"一企一单写不成“{out.suffix or out.name}”。"
        raise CannotGoOn([Finding(Severity.ERROR, "wrong_format", message, "请让 --out 以 .docx 或 .xlsx 结尾。")])
    law = load_law()
    sealed = open_sealed(dataset)
    opened = Store(store if store is not None else sealed.folder.parent.parent)
    scheme = sealed_scheme(opened, sealed, law)
    walks = [trace(opened, sealed, scheme, unit, variable) for variable in scheme.variables]
    round_name = sealed.manifest["scheme"].rpartition("/")[0]
    title = load_round(round_name, law).title if round_name else scheme.label
    statement = collect_statement(walks, scheme, round_title=title, made_on=today, mark=label, law=law)
    out.parent.mkdir(parents=True, exist_ok=True)
    writer(out, statement)
    console.print(f"{out}  {statement.name}（{statement.key}），{len(statement.items)}项", soft_wrap=True)
    return 0
