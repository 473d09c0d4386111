"""What the database itself refuses, even from a shell: illegal edges, changes of the record, the same person twice.

The legal edges are those of workflow.yaml; after every migration the triggers are written anew from it.
"""

from __future__ import annotations

from typing import Any

from django.db import connections

from mujun.law import load_law
from mujun.workflow import Workflow, load_workflow

TABLES = {
    "round": "mujunweb_round",
    "track": "mujunweb_track",
    "values": "mujunweb_valueset",
    "objection": "mujunweb_objection",
}
_NEVER_CHANGED = ("mujunweb_auditevent", "mujunweb_publication", "mujunweb_noticeextension", "mujunweb_documentnumber")
_NEVER_DELETED = (*_NEVER_CHANGED, *TABLES.values(), "mujunweb_publicnotice", "mujunweb_meeting", "mujunweb_plan")


def install_guards(using: str = "default", **_: Any) -> None:
    """Write the triggers. SQLite; another database needs its own wording of the same sentences."""
    connection = connections[using]
    if connection.vendor != "sqlite" or not connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        for name, body in _triggers(load_workflow("2019", load_law())):
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}")
            cursor.execute(f"CREATE TRIGGER {name} {body}")


def _triggers(workflow: Workflow) -> list[tuple[str, str]]:
    triggers = []
    for machine, table in TABLES.items():
        edges = sorted(_steps(workflow, machine))
        born = sorted({to for source, to in edges if source == ""})
        moves = ", ".join(f"'{source}>{to}'" for source, to in edges if source)
        first = ", ".join(f"'{to}'" for to in born)
        triggers += [
            (
                f"legal_edge_{machine}",
                f"BEFORE UPDATE OF state ON {table} WHEN OLD.state <> NEW.state AND "
                f"(OLD.state || '>' || NEW.state) NOT IN ({moves}) "
                f"BEGIN SELECT RAISE(ABORT, '工作流程没有这一步'); END",
            ),
            (
                f"one_version_{machine}",
                f"BEFORE UPDATE OF state ON {table} WHEN OLD.state <> NEW.state AND NEW.version <> OLD.version + 1 "
                f"BEGIN SELECT RAISE(ABORT, '版本不对，别人刚办过'); END",
            ),
            (
                f"born_{machine}",
                f"BEFORE INSERT ON {table} WHEN NEW.state NOT IN ({first}) "
                f"BEGIN SELECT RAISE(ABORT, '工作流程不从这里开始'); END",
            ),
        ]
    triggers += [
        (f"unchanged_{table}", f"BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '记录不得改动'); END")
        for table in _NEVER_CHANGED
    ]
    triggers += [
        (f"kept_{table}", f"BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '记录不得删除'); END")
        for table in _NEVER_DELETED
    ]
    triggers.append(
        (
            "publisher_is_another",
            "BEFORE INSERT ON mujunweb_publication WHEN NEW.kind = 'list' AND EXISTS "
            "(SELECT 1 FROM mujunweb_publicnotice WHERE round_id = NEW.round_id "
            "AND NEW.published_by_id IN (opened_by_id, drafted_by_id)) "
            "BEGIN SELECT RAISE(ABORT, '印发的人不得是公示的人'); END",
        )
    )
    return triggers


def _steps(workflow: Workflow, machine: str) -> set[tuple[str, str]]:
    """(from, to) of every edge; an empty `from` is the beginning."""
    return {
        (source.value if source is not None else "", target.value)
        for edge in workflow.machines[machine].edges
        for source in edge.sources
        if (target := edge.target(source)) is not None
    }
