"""Issuing puts a clause in the place of each assumption; a revision opens them again, byte for byte."""

from __future__ import annotations

from mujun.scheme.amend import assume_again, assumed, cite_clauses

RULES = """\
# 试拟
label: 小方案
score:
  children:
    - {label: 亩均税收, weight: 30, weight_basis: {assumption: 先这样}}   # 注释
selection: {quota: 10, basis: {assumption: 照旧}}
"""


def test_assumptions_are_told_with_what_they_are_about() -> None:
    assert [(one.where, one.reason) for one in assumed(RULES)] == [("亩均税收 权重", "先这样"), ("小方案", "照旧")]


def test_every_assumption_becomes_a_clause_and_open_again_on_revision() -> None:
    issued = cite_clauses(RULES, ["plan#1", "plan#2"], "已印发：某〔2019〕1号")

    assert issued == "# 已印发：某〔2019〕1号\n" + RULES.replace("{assumption: 先这样}", '{clause: "plan#1"}').replace(
        "{assumption: 照旧}", '{clause: "plan#2"}'
    )
    assert assumed(issued) == ()
    assert assume_again(issued, {"plan#1": "先这样", "plan#2": "照旧"}) == RULES
