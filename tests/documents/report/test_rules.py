"""Every rule in words, beside its clause or the number of its assumption."""

from __future__ import annotations

import pytest

from mujun.documents.report.rules import Ruled, Sentence, rules_of
from mujun.law import PROGRAMME, Law, load_law
from mujun.scheme import load_scheme
from tests.agreement import scheme_of
from tests.documents.report.conftest import SCHEME

NOTICE = "浙亩均办〔2019〕4号二（六）制造业“亩均效益”领跑者"
SCHEMES = sorted((PROGRAMME / "2019" / "schemes").glob("*.yaml"))


def manufacturing() -> list[Ruled]:
    scheme = load_scheme(PROGRAMME / "2019" / "schemes" / "manufacturing.yaml", load_law())
    return list(rules_of(scheme, load_law()))


def said_of(what: str) -> list[str]:
    return [one.says for rule in manufacturing() if rule.what == what for one in rule.sentences]


def test_conditions_are_said_with_the_names_of_columns() -> None:
    assert said_of("已投产") == ["投产日期没有填，或（投产日期不晚于2019年4月9日）"]
    assert said_of("投产未满两年") == ["从投产日期到2019年4月9日的满年数小于2"]
    assert said_of("发生较大以上安全事故") == ["较大以上安全事故起数大于0：不得入选"]
    assert said_of("拒报或虚报评价数据") == ["拒报虚报数据起数大于0：列最低档，不得入选"]


def test_indicator_is_said_from_formula_to_missing() -> None:
    assert said_of("亩均税收") == [
        "税收实际贡献÷实际用地面积（万元/亩）",
        "权重数字经济核心制造业25，高端装备制造业25，生物医药产业25，纺织服装产业25，石化产业20，其余30",
        "指标值÷基准值，基准值为本组合计之比，最低0，最高1.5",
        "缺了不定等级",
    ]


def test_lists_are_said_with_their_limits() -> None:
    assert said_of("名额") == ["每组取10个，只从A档中取，总分不低于100，末位并列的不取，留待裁定，备选3个"]
    assert said_of("A、B、C、D") == [
        "本组有名次单位中，A档前20%（只舍不入）；B档前40%（只舍不入）；D档末5%（只入不舍）；C档其余"
    ]
    assert said_of("同分") == ["总分相同的比亩均税收，再比税收实际贡献，仍同则并列"]
    assert said_of("加减分上下限") == ["合计不低于-10，不高于10"]
    assert said_of("国家科学技术奖（每项）") == ["国家科学技术奖项数大于0，加2×国家科学技术奖项数分"]


def test_a_clause_is_cited_and_an_assumption_counted() -> None:
    bases = {rule.what: [(one.clause, one.assumption) for one in rule.sentences] for rule in manufacturing()}
    assert bases["属于通知所列七个行业"] == [(NOTICE, None)]
    assert bases["行业"] == [("", 2)]
    assert bases["加减分上下限"] == [("", 41)]
    assert bases["同分"] == [(NOTICE, None)]
    assert bases["亩均税收"] == [("", 12), ("", 13), ("", 14), ("", 15)]


def test_sentences_with_one_basis_are_said_together() -> None:
    rules = {rule.what: rule.sentences for rule in rules_of(scheme_of(SCHEME), Law({}))}
    assert rules["亩均税收"] == (
        Sentence("税收÷用地面积（万元/亩）；权重70", assumption=1),
        Sentence("指标值÷基准值，基准值为全部单位合计之比，最高1.5", assumption=2),
        Sentence("不得缺", assumption=1),
    )


@pytest.mark.parametrize("file", SCHEMES, ids=lambda file: file.stem)
def test_every_rule_of_the_round_has_a_basis_that_can_be_found(file: object) -> None:
    law = load_law()
    scheme = load_scheme(file, law)  # type: ignore[arg-type]
    rules = rules_of(scheme, law)
    for rule in rules:
        for one in rule.sentences:
            assert one.says
            assert bool(one.clause) != (one.assumption is not None)
    named = {rule.what for rule in rules}
    assert {node.label for node in scheme.nodes()} <= named
    assert {
        rule.label for rule in (*scheme.eligibility, *scheme.exemptions, *scheme.vetoes, *scheme.adjustments)
    } <= named
