"""Read the courses of a machine: the states in the order in which things go well. Every mistake is a finding."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from mujun.scheme.fields import Fields, one_of
from mujun.workflow.model import Course, State, Stop
from mujun.yaml_source import YamlMapping


def read_courses(
    fields: Fields,
    kind: type[StrEnum],
    states: Mapping[StrEnum, State],
    paths: tuple[str, ...],
    domains: tuple[str, ...],
) -> tuple[Course, ...]:
    """All courses of the machine; without one there is no line to draw."""
    courses = []
    for item in fields.items("courses", "进程"):
        for key, known in (("domains", domains), ("paths", paths)):
            for name in [one for one in item.texts(key) if one not in known]:
                item.error(key, f"unknown_{key[:-1]}", f"进程：没有叫“{name}”的{_WHAT[key]}。", one_of(known))
        stops = tuple(
            stop for value, line in item.sequence("stops") if (stop := _stop(item, value, line, kind, states))
        )
        if not stops:
            item.error("stops", "missing_key", "进程没有写经过哪些状态（stops）。", "请补上。")
        courses.append(Course(stops, item.texts("domains"), item.texts("paths")))
        item.done()
    if not courses:
        fields.error("courses", "missing_key", "没有写顺利时依次经过哪些状态（courses）。", "请补上。")
        courses.append(Course(()))
    return tuple(courses)


_WHAT = {"domains": "领域", "paths": "走法"}


def _stop(
    fields: Fields, value: object, line: int, kind: type[StrEnum], states: Mapping[StrEnum, State]
) -> Stop | None:
    """`PUBLISHED`, or `{label: 复核决定, states: [UPHELD, REJECTED]}`."""
    label, names = "", [str(value)]
    if isinstance(value, YamlMapping):
        item = Fields.of(fields.source, value, line, "进程的一站")
        label, names = item.text("label"), list(item.texts("states"))
        item.done()
    for name in [one for one in names if one not in list(kind)]:
        fields.source.error(line, "unknown_state", f"进程：没有叫“{name}”的状态。", one_of(kind))
    members = tuple(kind(one) for one in names if one in list(kind))
    return Stop(label or states[members[0]].label, members) if members else None
