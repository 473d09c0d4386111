"""The plan of a round's collection, understood: frozen values with every name resolved. Reads and computes nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from fractions import Fraction

from attrs import field, frozen

from mujun.digest import Digest
from mujun.findings import Severity
from mujun.law import Basis
from mujun.scheme.model import Variable

UNIT = "unit"
"""The column of a detail that names the unit its record is about."""


@frozen
class Detail:
    """A table whose rows are records of units: parcels, tax components. `key` heads the record's own number."""

    id: str
    label: str
    schemes: tuple[str, ...]
    source: str
    key: str
    columns: Mapping[str, Variable]
    basis: Basis


@frozen
class LandKind:
    """How one kind of land counts: added or taken off, and between which dates.

    The area of a `whole` kind is the parcel's, which its users share; else it is the unit's own part.
    `dated`: a record without its dates cannot be judged and is an error.
    """

    sign: int
    whole: bool = False
    begins: str = ""
    ends: str = ""
    dated: bool = False


@frozen
class NetLand:
    """登记＋承租－出租＋其他 at a date; a parcel of several units is divided, or the units are taken together."""

    at: date
    kinds: Mapping[str, LandKind]
    merged: bool
    kind: str
    parcel: str
    area: str
    share: str = ""


@frozen
class SignedSum:
    """Amounts added up, each with the factor of its component. A factor of 0 is a component known and left out."""

    components: Mapping[str, Fraction]
    component: str
    amount: str


@frozen
class Coefficient:
    """What one item counts, per `unit_text` of it. `text` is the factor as people read it: ×0.7143, ÷0.95."""

    factor: Fraction
    text: str
    unit_text: str
    basis: Basis


@frozen
class CoefficientTable:
    """Coefficients of one year, by item; what comes out is in `result`."""

    id: str
    label: str
    year: int
    result: str
    items: Mapping[str, Coefficient]
    file: str = ""


@frozen
class Coefficients:
    """Quantities, each times the coefficient of its item. `measure` names the column with the unit of measurement."""

    table: CoefficientTable
    item: str
    quantity: str
    measure: str = ""


Method = NetLand | SignedSum | Coefficients


@frozen
class Derivation:
    """One variable from one detail. An alternative that is not `in_use` is checked and otherwise passed over."""

    scheme: str
    variable: str
    detail: str
    method: Method
    precision: int
    basis: Basis
    in_use: bool = True


@frozen
class InRange:
    """Numbers between bounds, whole where they count things, dates not later than a day."""

    variables: tuple[str, ...]
    at_least: Fraction | None = None
    at_most: Fraction | None = None
    whole: bool = False
    not_after: date | None = None


@frozen
class AtMost:
    """Across offices: `left` is no more than `times` the `right`."""

    left: str
    right: str
    times: Fraction = Fraction(1)


@frozen
class UnitScale:
    """A column in another unit of measurement, by the middle of its ratios to last year or to its peers, in powers of
    ten. `others` are units that the registry does not know, in a unit that it does.
    """

    variables: tuple[str, ...]
    at_least: int
    certainty: Fraction
    least_spread: Fraction
    near: Fraction
    peers_at_least: int
    peers_spread: Fraction
    peers_near: Fraction
    peers_apart: Fraction
    part_at_least: int
    part_apart: Fraction
    part_share: Fraction
    part_by: str = ""
    peers_by: str = ""
    peers_digits: int = 0
    others: Mapping[str, tuple[Fraction, str]] = field(factory=dict)


@frozen
class YearOnYear:
    """Not more than `factor` times last year's value nor less than that part of it; small values are passed over."""

    variables: tuple[str, ...]
    factor: Fraction
    ignore_below: Fraction = Fraction(0)


@frozen
class Duplicates:
    """One name under two codes, one body under two codes, rows with `identical` equal numbers."""

    identical: int


@frozen
class SumOf:
    """Parts make the total of the same unit, within a share of it."""

    total: str
    parts: tuple[str, ...]
    tolerance: Fraction


@frozen
class ControlTotal:
    """The sum of the units of a place is the control total, within a share of it. `variables` are by name in both.

    `totals` is the scheme as whose data the control totals are read; empty is the units' own.
    """

    variables: tuple[str, ...]
    by: str
    tolerance: Fraction
    totals: str = ""


@frozen
class KnownUnits:
    """Codes and names that the register knows at the day."""

    at: date


DIVISIONS, INDUSTRIES = "divisions", "industries"
"""Tables of a round that codes and names are looked up in."""


@frozen
class KnownCodes:
    """Names of divisions that there are on the day, or codes of industries that there are."""

    variables: tuple[str, ...]
    of: str
    at: date


@frozen
class Outliers:
    """A ratio far from those of its peers: a robust z of logs, where there are peers enough."""

    above: str
    below: str
    by: str
    digits: int
    z: Fraction
    peers: int


Rule = (
    InRange | AtMost | UnitScale | YearOnYear | Duplicates | SumOf | ControlTotal | KnownUnits | KnownCodes | Outliers
)


@frozen
class Check:
    """A declared check. `id` is the code of its findings; `tables` are schemes and details it is made on."""

    id: str
    label: str
    tables: tuple[str, ...]
    rule: Rule
    severity: Severity
    needs_reason: bool
    basis: Basis


@frozen
class PlanFile:
    """Where a plan was read from."""

    file: str
    digest: Digest
