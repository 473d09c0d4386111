"""Workbooks of the demo province and of Huangyan's worked examples, spoilt and recalculated once for all tests."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from mujun.cli.run import find_data
from mujun.dataset import Dataset, make_dataset
from mujun.demo import make_province
from mujun.documents.workbook import write_workbook
from mujun.engine import Evaluation, evaluate
from mujun.intake import read_adopted, read_dataset
from mujun.law import PROGRAMME, Law, load_law
from mujun.scheme import Scheme, load_scheme
from tests.documents.workbook.recalculation import recalculate, spoil
from tests.examples import EXAMPLES, dataset_named, example_of

MANUFACTURERS = 600
UNITS = 120
"""Of each domain; every unit of the whole demo is recalculated by the acceptance suite."""
SCHEMES = [path.stem for path in sorted((PROGRAMME / "2019" / "schemes").glob("*.yaml"))]
HUANGYAN = [f"huangyan/{path.stem}" for path in EXAMPLES if path.parent.parent.name == "huangyan"]
LABEL = "示例数据"


@frozen
class Round:
    """One domain's rules and data, to be evaluated as they are or changed."""

    scheme: Scheme
    dataset: Dataset
    evaluate: Callable[[Dataset], Evaluation]


@pytest.fixture(scope="session")
def law() -> Law:
    return load_law()


@pytest.fixture(scope="session")
def rounds(tmp_path_factory: pytest.TempPathFactory, law: Law) -> dict[str, Round]:
    """Up to 120 units of every domain of the demo, and the examples of Huangyan."""
    folder = tmp_path_factory.mktemp("province")
    make_province(folder, manufacturers=MANUFACTURERS)
    return demo_rounds(folder, law, UNITS) | {name: huangyan_round(name) for name in HUANGYAN}


def demo_rounds(folder: Path, law: Law, most: int | None) -> dict[str, Round]:
    made = {}
    for name in SCHEMES:
        scheme = load_scheme(PROGRAMME / "2019" / "schemes" / f"{name}.yaml", law)
        file, before, adopted = (find_data(folder / part, stem) for part, stem in _files(name))
        assert file is not None
        dataset = read_dataset(file, scheme).dataset
        if most is not None and dataset.size > most:
            dataset = make_dataset(dataset.frame.gather_every(dataset.size // most).head(most))
        previous = read_dataset(before, scheme).dataset if before else None
        list_ = read_adopted(adopted, scheme).adopted if adopted else None

        def again(
            data: Dataset, scheme: Scheme = scheme, last: Dataset | None = previous, adopted: object = list_
        ) -> Evaluation:
            return evaluate(scheme, data, previous=last, adopted=adopted)  # type: ignore[arg-type]

        made[name] = Round(scheme, dataset, again)
    return made


def _files(name: str) -> list[tuple[str, str]]:
    return [("", name), ("previous", name), ("", f"{name}.adopted")]


def huangyan_round(name: str) -> Round:
    from tests.examples import scheme_named

    scheme = scheme_named(name)
    folder, stem = name.split("/")
    units = example_of(PROGRAMME / folder / "examples" / f"{stem}.yaml")["units"]
    return Round(scheme, dataset_named(name, units), lambda data: evaluate(scheme, data))


@pytest.fixture(scope="session")
def evaluations(rounds: dict[str, Round]) -> dict[str, Evaluation]:
    return {name: one.evaluate(one.dataset) for name, one in rounds.items()}


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory, evaluations: dict[str, Evaluation], law: Law) -> dict[str, Path]:
    """The workbooks as people get them."""
    folder = tmp_path_factory.mktemp("workbooks")
    paths = {name: folder / f"{name.replace('/', '_')}.xlsx" for name in evaluations}
    for name, path in paths.items():
        assert write_workbook(path, evaluations[name], law, LABEL) is None
    return paths


@pytest.fixture(scope="session")
def recalculated(tmp_path_factory: pytest.TempPathFactory, written: dict[str, Path]) -> dict[str, Path]:
    """Every formula's cached value spoilt, then recalculated by LibreOffice."""
    folder = tmp_path_factory.mktemp("recalculated")
    spoilt = {name: folder / path.name for name, path in written.items()}
    for name, path in spoilt.items():
        path.write_bytes(written[name].read_bytes())
        assert spoil(path) > 0
    recalculate(list(spoilt.values()), folder / "out", folder / "profile")
    return {name: folder / "out" / path.name for name, path in spoilt.items()}
