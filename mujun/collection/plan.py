"""The plan of a round's collection, for those who ask it: which forms, which derivations, which checks."""

from __future__ import annotations

from collections.abc import Mapping

from attrs import frozen

from mujun.collection.form import Form, forms_of
from mujun.collection.model import Check, Derivation, Detail, PlanFile
from mujun.law import Basis
from mujun.scheme.model import Scheme


@frozen
class CollectionPlan:
    """What is collected in a round, from whom, how variables come from details, and what is checked.

    `declared` holds every derivation, also the alternatives that are not in use.
    """

    round: str
    label: str
    basis: Basis
    data_year: int
    schemes: Mapping[str, Scheme]
    details: Mapping[str, Detail]
    declared: tuple[Derivation, ...]
    every_check: tuple[Check, ...]
    source: PlanFile
    assumptions: tuple[str, ...] = ()

    def derivations(self, scheme: Scheme | str) -> tuple[Derivation, ...]:
        """Those in use for a scheme."""
        return tuple(one for one in self.declared if one.in_use and one.scheme == _id(scheme))

    def checks(self, scheme: Scheme | str, detail: str = "") -> tuple[Check, ...]:
        """Those made on a scheme's own variables, or on one of its details."""
        return tuple(check for check in self.every_check if (detail or _id(scheme)) in check.tables)

    def forms(self, scheme: Scheme | str) -> tuple[Form, ...]:
        """The main forms, office by office, then the details that a derivation in use takes from."""
        known = self.schemes.get(_id(scheme)) if isinstance(scheme, str) else scheme
        if known is None:
            return ()
        derivations = self.derivations(known)
        main = forms_of(self.round, known, [one.variable for one in derivations])
        wanted = dict.fromkeys(one.detail for one in derivations)
        return (*main, *(self._detail_form(known, self.details[detail]) for detail in wanted))

    def form(self, form_id: str) -> Form | None:
        """The form of an id such as `2019/manufacturing/税务`; None if the plan asks for no such form."""
        every = (form for scheme in self.schemes.values() for form in self.forms(scheme))
        return next((form for form in every if form.id == form_id), None)

    @property
    def needs_reason(self) -> frozenset[str]:
        """Codes of the findings that pass only with a reason; one reason covers all findings of its code."""
        return frozenset(check.id for check in self.every_check if check.needs_reason)

    @property
    def provisional(self) -> bool:
        """试算: an assumption is left, so what is collected may be practised on and not published."""
        return bool(self.assumptions)

    def _detail_form(self, scheme: Scheme, detail: Detail) -> Form:
        label = f"{scheme.label}·{detail.label}"
        columns = tuple(detail.columns.values())
        return Form(self.round, scheme.id, detail.source, label, detail.key, "", columns, detail.id)


def _id(scheme: Scheme | str) -> str:
    return scheme if isinstance(scheme, str) else scheme.id
