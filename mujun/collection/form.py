"""A form: what one office fills in about the units of one scheme. Knows no file and no cell."""

from __future__ import annotations

from collections.abc import Collection

from attrs import frozen

from mujun.digest import canonical_json, digest_bytes
from mujun.scheme.model import Scheme, Variable

_VERSION_DIGITS = 12


@frozen
class Form:
    """One office's table. `table` is empty for the scheme's own variables, else the id of a detail (明细).

    The key of a form of the scheme's own variables is the unit's; that of a detail is the record's, and one of its
    variables, `unit`, names the unit.
    """

    round: str
    scheme: str
    source: str
    label: str
    key_label: str
    name_label: str
    variables: tuple[Variable, ...]
    table: str = ""

    @property
    def id(self) -> str:
        """Such as `2019/manufacturing/税务` or `2019/manufacturing/自然资源/land_parcels`."""
        return "/".join(part for part in (self.round, self.scheme, self.source, self.table) if part)

    @property
    def version(self) -> str:
        """Changes whenever a column, a unit, a type or a default does: a filled-in template of another is stale."""
        columns = [
            [one.id, one.label, one.type, one.unit_text, one.decimals, one.required, _plain(one.default)]
            for one in self.variables
        ]
        content = [self.id, self.key_label, self.name_label, columns]
        return digest_bytes(canonical_json(content)).sha256[:_VERSION_DIGITS]


def _plain(default: object) -> str | None:
    return None if default is None else str(default)


def forms_of(round_name: str, scheme: Scheme, derived: Collection[str] = ()) -> tuple[Form, ...]:
    """A form per office that is the source of a variable, in the scheme's order; derived variables are in none."""
    by_source: dict[str, list[Variable]] = {}
    for variable in scheme.variables.values():
        if variable.id not in derived:
            by_source.setdefault(variable.source, []).append(variable)
    labels = (f"{scheme.unit_label}代码", _name_label(scheme))
    return tuple(
        Form(round_name, scheme.id, source, f"{scheme.label}·{source}", *labels, tuple(variables))
        for source, variables in by_source.items()
    )


def _name_label(scheme: Scheme) -> str:
    """县（市、区）名称 is what counties' own variable is called already; two columns of one name nobody can read."""
    label = f"{scheme.unit_label}名称"
    return "单位名称" if any(one.label == label for one in scheme.variables.values()) else label
