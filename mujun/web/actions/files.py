"""Keep the files of a notice or a publication by their hash, and turn what stops them into a refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from mujun.digest import canonical_json
from mujun.documents.content.read import tell_facts
from mujun.documents.gongwen import write_docx
from mujun.documents.kinds import KINDS
from mujun.findings import CannotGoOn
from mujun.web.actions.refused import Refused
from mujun.web.evidence import keep
from mujun.web.models import Round
from mujun.web.programme import edge
from mujun.workflow.decision import judged

RULES = "rules/"


def keep_files(files: Mapping[str, bytes]) -> dict[str, str]:
    """By path: the hash under which it is kept."""
    return {path: keep(data) for path, data in sorted(files.items())}


def document_files(name: str, kind: str, facts: object) -> dict[str, bytes]:
    """A document as DOCX, and the facts it was made of, from which its PDF is made when somebody asks."""
    return {
        f"{name}.docx": write_docx(KINDS[kind].lay_out(facts)),
        f"{name}.json": canonical_json({"kind": kind, "facts": tell_facts(facts)}),
    }


@contextmanager
def refused_if_it_does_not_hold(act: str, row: Round) -> Iterator[None]:
    """What keeps a list or a document from being made keeps the act from being done."""
    try:
        yield
    except CannotGoOn as problem:
        raise Refused(act, edge(act).label, judged(problem.findings), row.subject, str(row)) from problem
