"""The real command, run in this process: its exit code and all it prints."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import frozen

from mujun.cli import main
from mujun.cli.show import console

SCHEME = """\
scheme: small
domain: manufacturing
label: 小方案
basis: {assumption: 测试}
unit: {label: 企业, key: uscc, name: name}
variables:
  tax: {label: 税收, unit: 万元}
  land: {label: 用地面积, unit: 亩}
eligibility:
  - {id: has_land, label: 有用地, when: land > 0}
score:
  id: total
  label: 总分
  of: 100
  children:
    - {id: tax_per_mu, label: 亩均税收, formula: tax / land, unit: 万元/亩, weight: 100, missing: zero,
       normalise: {method: benchmark_ratio, benchmark: 20}}
selection: {quota: 1}
"""
DATA = "uscc,name,税收,用地面积\n01,甲厂,300,10\n02,乙厂,200,10\n03,丙厂,100,0\n"


@frozen
class Ended:
    """How a command ended: its exit code and all it printed, unwrapped."""

    code: int
    output: str


@pytest.fixture
def mujun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Ended]:
    """Run `mujun …` in a folder that holds small.yaml and data.csv."""
    (tmp_path / "small.yaml").write_text(SCHEME, encoding="utf-8")
    (tmp_path / "data.csv").write_text(DATA, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(console, "_width", 400)

    def run(*arguments: str) -> Ended:
        monkeypatch.setattr(sys, "argv", ["mujun", *arguments])
        with pytest.raises(SystemExit) as ended:
            main()
        captured = capsys.readouterr()
        return Ended(int(ended.value.code or 0), captured.out + captured.err)

    return run
