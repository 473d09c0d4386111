"""`report.html`: what was evaluated by which rules and what came out, for the meeting. Needs no network."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mujun.charts import Figure
from mujun.charts.palette import INK, LAND, LINE, OCHRE, OCHRE_INK, PAPER, SOFT, VERMILION
from mujun.documents.report.content import Reported, domain_page, marks, number, total_of
from mujun.documents.report.figures import domain_figures
from mujun.documents.report.noticed import in_short, kind
from mujun.findings import Finding
from mujun.law import Law

_TEMPLATES = Path(__file__).parent / "templates"
_TOTALS = ("units", "not_eligible", "eligible", "exempt", "without_score", "ranked", "selected", "reserve")


def write_report(
    path: Path,
    round_title: str,
    results: Sequence[Reported],
    *,
    law: Law,
    label: str = "",
    lists: str = "",
    problems: Sequence[Finding] = (),
) -> None:
    """`label` marks the data, e.g. 示例数据; `lists` names the workbook of lists beside the page; `problems` say what
    could not be evaluated. The same results give the same bytes.
    """
    pages = [domain_page(one, law) for one in results]
    drawn = [domain_figures(one, page) for one, page in zip(results, pages, strict=True)]
    words = dict.fromkeys([label, *(mark for one in results for mark in marks(one.summary))])
    html = render(
        "report.html",
        title=f"{round_title}评价报告",
        round_title=round_title,
        marks=[word for word in words if word and word != "试评价"],
        domains=list(zip(pages, drawn, strict=True)),
        totals={key: total_of(pages, key) for key in _TOTALS},
        adopted=sum(page.counts["selected"] for page in pages if page.adopted),
        assumptions=sum(len(page.assumptions) for page in pages),
        label=label,
        lists=lists,
        problems=problems,
    )
    put(path, html)


def render(template: str, **facts: Any) -> str:
    """A page from a template of this room. Everything is escaped but figures, which were drawn here."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {"number": number, "in_short": in_short, "kind": kind, "drawing": _drawing}
    return environment.get_template(template).render(**facts, css=_css())


def put(path: Path, html: str) -> None:
    """Write beside the place and move there, so that nobody ever sees half a page."""
    half = path.with_name(f".{path.name}.half")
    half.write_text(html, encoding="utf-8")
    os.replace(half, path)


def _drawing(figure: Figure) -> Markup:
    return Markup(figure.inline)


def _css() -> Markup:
    """The stylesheet with the figures' own colours."""
    colours = {
        "paper": PAPER, "ink": INK, "soft": SOFT, "line": LINE, "land": LAND[3], "ochre": OCHRE,
        "ochre-ink": OCHRE_INK, "vermilion": VERMILION,
    }  # fmt: skip
    root = "".join(f"--{name}:{colour};" for name, colour in colours.items())
    return Markup(f":root{{{root}}}\n" + (_TEMPLATES / "page.css").read_text(encoding="utf-8"))
