"""The list as one page that stands alone: no script, nothing to download."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from mujun.charts.palette import INK, LINE, OCHRE_INK, PAPER, SOFT, VERMILION
from mujun.proof.published_list import PublishedList, Status, list_digest, printed

_TEMPLATES = Path(__file__).parent / "templates"
_COLOURS = {
    "paper": PAPER,
    "ink": INK,
    "soft": SOFT,
    "line": LINE,
    "vermilion": VERMILION,
    "ochre-ink": OCHRE_INK,
}


def html_bytes(published: PublishedList) -> bytes:
    """The page; the same list, the same bytes. Everything is escaped."""
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters["printed"] = printed
    page = environment.get_template("list.html").render(
        published=published,
        css=_css(),
        digest=list_digest(published),
        issued=published.status is Status.ISSUED,
        notice=published.status is Status.NOTICE,
    )
    return page.encode()


def _css() -> Markup:
    colours = "".join(f"--{name}:{value};" for name, value in _COLOURS.items())
    return Markup(f":root{{{colours}}}\n" + (_TEMPLATES / "list.css").read_text(encoding="utf-8"))
