"""Records of a detail that the plan's rules cannot count, told at their cells."""

from __future__ import annotations

from mujun.findings import Finding, Severity
from mujun.intake.checks.context import Context
from mujun.intake.details import CROSSED, ENDS


def derivable(context: Context) -> list[Finding]:
    """The problems of deriving the detail's variables, of the records that came in.

    What shows only beside other records is an error if the records held are at hand (`Context.held`), else a warning:
    the file may be the correction of a single record. It is judged again, with all records, when the data are sealed.
    """
    if context.derived is None:
        return []
    places = context.places
    findings = []
    for one in sorted(context.derived.problems, key=lambda one: places.get(one.record, 0)):
        record = one.record if one.record in places else context.first_record.get(one.unit, "") if one.across else ""
        if record not in places or (one.code == CROSSED and one.column.endswith(ENDS)):
            continue  # dates that cross were told when the records were read
        unsure = one.across and context.held is None
        findings.append(
            Finding(
                Severity.WARNING if unsure else one.severity,
                one.code,
                f"只看本表：{one.message}" if unsure else one.message,
                one.mend,
                places.file,
                places.sheet,
                places.cell(record, one.column) or "",
                unit=one.unit,
                variable=one.column,
            )
        )
    return findings
