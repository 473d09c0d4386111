"""The matrix, copied once more from the specification, against what is answered: 16 roles, every action, every place.

A wrong row of permissions.yaml differs from the copy here. Thirty cells in which a mistake would hurt most are written
out a third time, in words.
"""

from __future__ import annotations

import pytest
from attrs import evolve

from mujun.workflow import Access, Action, Actor, Answer, Effect, Permissions, Role, Target, may
from mujun.workflow.states import RoundState
from tests.workflow.good import holder
from tests.workflow.people import NOW, grant, person

MATRIX = """
                         A  B  C  D  L  T  K  P  E  O  X  M  SA SE AU Z
create_round             ●  ◐  ○  ○  ○  ○  ○  .  .  .  .  .  .  .  .  .
draft_plan               ①● .  ●  .  .  .  .  .  .  .  .  .  .  .  .  .
issue_plan               .  ①◐ .  ◐  .  .  .  .  .  .  .  .  .  .  .  ○
maintain_register        ①● ①◐ ●  ◐  .  ○  ●  .  ○  .  .  .  .  .  .  .
enter_own_variables      .  .  .  .  .  .  .  ●  .  .  .  .  .  .  .  .
enter_assigned_variables .  .  .  .  .  .  .  .  ●  .  .  .  .  .  .  .
enter_province_files     ①● .  ●  .  .  .  .  .  .  .  .  .  .  .  .  .
confirm_statement        .  .  .  .  .  .  ○  ○  ●  .  .  .  .  .  .  .
confirm_for_unit         .  .  .  .  .  .  ●  .  .  .  .  .  .  .  .  .
answer_dispute           .  .  ○  .  .  .  ○  ●  ○  .  .  .  .  .  .  .
print_activation_codes   .  .  .  .  .  .  ●  .  .  .  .  .  .  .  .  .
check_county             .  .  .  .  .  .  ●  .  .  .  .  .  .  .  .  .
approve_city             .  .  .  .  .  ●  .  .  .  .  .  .  .  .  .  .
lock                     ①● ①◐ ●  ◐  .  .  .  .  .  .  .  .  .  .  .  .
run_evaluation           ①● .  ●  .  .  .  .  .  .  .  .  .  .  .  .  .
freeze_evaluation        .  ①◐ .  ◐  .  .  .  .  .  .  .  .  .  .  .  .
rate_item                ①● .  ●  .  .  .  .  .  .  .  .  .  .  .  .  .
see_scores               ●  ●  ○  ○  ○  .  .  .  .  ○  .  .  .  .  .  .
see_own_score            .  .  .  .  .  .  .  .  ○  .  .  .  .  .  .  .
build_list               .  .  ●  .  .  .  .  .  .  .  .  .  .  .  .  .
adopt_list               ●  ◐  .  .  .  .  .  .  .  .  .  .  .  .  .  .
deviate                  .  .  ●  ◐  .  .  .  .  .  .  .  .  .  .  .  .
sign_and_submit          .  ①◐ .  ◐  .  .  .  .  .  .  .  .  .  .  .  .
accept_or_return         ●  ◐  .  .  .  .  .  .  .  .  .  .  .  .  .  .
record_minutes           ●  ◐  .  .  ○  .  .  .  .  .  .  .  .  .  .  .
declare_conflict         ●  ●  ●  ●  ●  ●  ●  .  .  ●  .  .  .  .  .  .
vote                     .  .  .  .  ●  .  .  .  .  .  .  .  .  .  .  .
open_notice              ●  ◐  .  .  .  .  .  .  .  .  .  .  .  .  .  ○
file_objection           .  .  .  .  .  .  .  .  ●  ●  .  .  .  .  .  ●
admit_objection          .  .  .  .  .  .  .  .  .  ●  .  .  .  .  .  .
decide_objection         .  .  .  .  .  .  .  .  .  ◐  .  .  .  .  .  .
change_list              提 .  提 .  纪 .  .  .  .  .  .  .  .  .  .  .
publish                  .  ◐  .  .  .  .  .  .  .  .  .  .  .  .  .  ○
correct_slip             ●  ◐  .  .  .  .  .  .  .  .  .  .  .  .  .  ○
change_title             提 .  提 .  纪 .  .  .  .  .  .  .  .  .  .  ○
hold_meeting             ●  ◐  ○  ○  ○  ●  ○  .  ○  .  .  ●  .  .  .  .
define_incentive         ●  ◐  ●  ◐  .  .  .  .  .  .  ●  .  .  .  .  ○
claim_incentive          .  .  .  .  .  .  ●  .  ●  .  .  .  .  .  .  .
deliver_incentive        .  .  .  .  .  .  .  .  .  .  ●  .  .  .  .  .
case_study               .  ◐  ●  .  .  ●  ●  .  ●  .  .  ●  .  .  .  ○
service                  .  .  ●  .  .  ●  ●  .  ●  .  .  .  .  .  .  .
create_account           .  .  .  .  .  .  ●  .  .  .  .  .  ●  .  .  .
grant_role               .  .  .  .  .  .  .  .  .  .  .  .  提 ◐  ○  .
set_security             .  .  .  .  .  .  ●  .  .  .  .  .  .  ●  .  .
reset_second_factor      .  .  .  .  .  .  .  .  .  .  .  .  .  ●  .  .
read_audit               .  .  .  .  .  .  .  .  .  .  .  .  .  .  ●  .
"""
HEAD, *ROWS = [line.split() for line in MATRIX.strip().splitlines()]
CELLS: dict[str, dict[Role, str]] = {
    row[0]: dict(zip((Role(one) for one in HEAD), row[1:], strict=True)) for row in ROWS
}
SYSTEM = {"create_account", "grant_role", "set_security", "reset_second_factor", "read_audit"}
SUFFICES = {Access.DO: "●◐", Access.PROPOSE: "●提", Access.READ: "●◐○提纪"}

OWN = Target(
    domain="manufacturing",
    regions=("黄岩区", "台州市", "浙江省"),
    unit="甲厂",
    agency="税务",
    desk="一处",
    first_by=frozenset({"第一人"}),
    round_state=RoundState.REVIEW,
    notice_opened=True,
    under_objection=True,
    on_paper=True,
    has_account=False,
)
PLACES = {
    "own": OWN,
    "sibling county": evolve(OWN, regions=("路桥区", "台州市", "浙江省"), unit="乙厂"),
    "parent city": evolve(OWN, regions=("台州市", "浙江省"), unit=""),
    "other domain": evolve(OWN, domain="services"),
}
OUTSIDE = {
    "own": set(),
    "sibling county": {Role.K, Role.P, Role.E},
    "parent city": {Role.K, Role.P, Role.E},
    "other domain": {Role.C, Role.D},
}
"""Who does not so much as learn that it is there."""


def part(role: Role, action: Action) -> str:
    """The part of an action of several that the role has."""
    if action.id == "service":
        return "ask" if role is Role.E else "answer"
    return {"hold_meeting": "papers", "case_study": "submit"}.get(action.id, "")


def expected(role: Role, action: str, place: str, access: Access, domain: str) -> Answer:
    if role in OUTSIDE[place]:
        return Answer.NOT_FOUND
    mark = CELLS[action][role]
    if domain != "county":
        mark = "." if mark.startswith("①") else mark
    return Answer.ALLOWED if mark.lstrip("①") in SUFFICES[access] else Answer.DENIED


@pytest.mark.parametrize("name", [row[0] for row in ROWS])
def test_matrix_answers_as_specified(permissions: Permissions, name: str) -> None:
    """Sixteen roles, here and beside, in domain ① and in another, doing, proposing, looking."""
    action = permissions.actions[name]
    wrong = []
    for role in Role:
        for place, target in PLACES.items():
            for domain in ("county", "manufacturing") if place != "other domain" else ("services",):
                there = evolve(target, domain=domain, part=part(role, action), public=role is Role.Z)
                actor = holder(role, evolve(OWN, domain="manufacturing" if place == "other domain" else domain))
                for access in Access:
                    said = may(actor, action, there, NOW, access)
                    if said.answer is not expected(role, name, place, access, domain):
                        wrong.append((role.value, place, domain, access.value, said.answer.value))
                    alert = role in (Role.SA, Role.SE, Role.AU) and name not in SYSTEM and access is not Access.READ
                    if (Effect.ALERT in said.effects) != alert:
                        wrong.append((role.value, place, domain, access.value, "alert"))
    assert wrong == []


def test_matrix_has_these_rows_and_no_others(permissions: Permissions) -> None:
    assert list(permissions.actions) == [row[0] for row in ROWS]
    assert [role.value for role in Role] == HEAD
    marks = {
        name: {role: ("①" if cell.first_domain else "") + cell.right.value for role, cell in action.cells.items()}
        for name, action in permissions.actions.items()
    }
    assert marks == {name: {role: mark for role, mark in row.items() if mark != "."} for name, row in CELLS.items()}


# --- thirty dangerous cells -------------------------------------------------------------------------------------------

TAX = Target(domain="manufacturing", regions=("黄岩区", "台州市", "浙江省"), unit="甲厂", agency="税务")
ZONE = Target(domain="economic_zone", regions=("黄岩区", "台州市", "浙江省"), unit="甲开发区")
COUNTY = Target(domain="county", regions=("黄岩区", "台州市", "浙江省"), unit="黄岩区")
ROUND = Target()

OFFICE, HEAD_OF_OFFICE = person("甲", grant("A")), person("乙", grant("B"))
STAFF, HEAD_OF_STAFF = (
    person("丙", grant("C", domain="manufacturing")),
    person("丁", grant("D", domain="manufacturing")),
)
CITY, COUNTY_DESK = person("戊", grant("T", region="台州市")), person("己", grant("K", region="黄岩区"))
TAX_DESK, FIRM = person("庚", grant("P", agency="税务", region="黄岩区")), person("辛", grant("E", unit="甲厂"))
REVIEWER, PAYER = person("壬", grant("O")), person("癸", grant("X", agency="科技"))
EDITOR, MEMBER = person("子", grant("M")), person("丑", grant("L"))
SYSTEM_ADMIN, SECURITY, AUDIT = person("寅", grant("SA")), person("卯", grant("SE")), person("辰", grant("AU"))
PUBLIC, NOBODY = person("巳"), Actor(person="")

DO, READ, PROPOSE = Access.DO, Access.READ, Access.PROPOSE
NO, YES, NOT_THERE = Answer.DENIED, Answer.ALLOWED, Answer.NOT_FOUND

DANGEROUS: list[tuple[str, Actor, str, Access, Target, Answer]] = [
    ("the office edits the list after an objection", OFFICE, "change_list", DO, TAX, NO),
    ("its head edits it", HEAD_OF_OFFICE, "change_list", DO, TAX, NO),
    ("a member of the leading group edits it by log-in", MEMBER, "change_list", DO, TAX, NO),
    ("the office publishes without its head", OFFICE, "publish", DO, ROUND, NO),
    ("the head publishes with nobody before him", HEAD_OF_OFFICE, "publish", DO, ROUND, NO),
    ("a department publishes its own list", HEAD_OF_STAFF, "publish", DO, TAX, NO),
    ("the office draws up a department's list", OFFICE, "build_list", DO, TAX, NO),
    ("the office drafts a department's plan", OFFICE, "draft_plan", DO, TAX, NO),
    ("its head issues a department's plan", HEAD_OF_OFFICE, "issue_plan", DO, TAX, NO),
    ("its head freezes a department's evaluation", HEAD_OF_OFFICE, "freeze_evaluation", DO, TAX, NO),
    ("its head signs a department's list", HEAD_OF_OFFICE, "sign_and_submit", DO, TAX, NO),
    ("staff sign what they drew up", STAFF, "sign_and_submit", DO, TAX, NO),
    ("a department accepts its own list", HEAD_OF_STAFF, "accept_or_return", DO, TAX, NO),
    ("staff see another domain's scores", STAFF, "see_scores", READ, ZONE, NOT_THERE),
    ("a county sees scores before the notice", COUNTY_DESK, "see_scores", READ, TAX, NO),
    ("a firm sees all scores", FIRM, "see_scores", READ, TAX, NO),
    ("a firm sees another firm", FIRM, "see_own_score", READ, evolve(TAX, unit="乙厂", notice_opened=True), NOT_THERE),
    ("a firm sees its score before the notice", FIRM, "see_own_score", READ, TAX, NO),
    ("the tax desk confirms for the firm", TAX_DESK, "confirm_statement", DO, TAX, NO),
    ("the firm enters what the tax desk knows", FIRM, "enter_own_variables", DO, TAX, NO),
    (
        "a county confirms for a firm with an account",
        COUNTY_DESK,
        "confirm_for_unit",
        DO,
        evolve(TAX, has_account=True),
        NO,
    ),
    ("a county approves itself in place of the city", COUNTY_DESK, "approve_city", DO, TAX, NO),
    ("a city locks the province's data", CITY, "lock", DO, TAX, NO),
    ("the office decides an objection", OFFICE, "decide_objection", DO, evolve(TAX, under_objection=True), NO),
    ("a reviewer reads the scores of what nobody objected to", REVIEWER, "see_scores", READ, TAX, NOT_THERE),
    ("whoever pays out claims", PAYER, "claim_incentive", DO, evolve(TAX, agency="科技"), NO),
    ("an editor publishes the list", EDITOR, "publish", DO, ROUND, NO),
    ("a system administrator grants a role alone", SYSTEM_ADMIN, "grant_role", DO, ROUND, NO),
    ("a security administrator reads the audit", SECURITY, "read_audit", READ, ROUND, NO),
    ("an audit administrator records minutes", AUDIT, "record_minutes", DO, ROUND, NO),
    ("a stranger objects without a name", NOBODY, "file_objection", DO, evolve(TAX, public=True), NO),
    ("a stranger looks at a round not made public", PUBLIC, "create_round", READ, ROUND, NOT_THERE),
]


@pytest.mark.parametrize(
    ("what", "who", "action", "access", "target", "answer"), DANGEROUS, ids=[one[0] for one in DANGEROUS]
)
def test_dangerous_cell(
    permissions: Permissions, what: str, who: Actor, action: str, access: Access, target: Target, answer: Answer
) -> None:
    assert may(who, permissions.actions[action], target, NOW, access).answer is answer


FIRST = frozenset({"第一人"})


@pytest.mark.parametrize(
    ("who", "action", "access", "target"),
    [
        (OFFICE, "change_list", PROPOSE, TAX),
        (HEAD_OF_OFFICE, "publish", DO, evolve(ROUND, first_by=FIRST)),
        (OFFICE, "draft_plan", DO, COUNTY),
        (HEAD_OF_STAFF, "sign_and_submit", DO, evolve(TAX, first_by=FIRST)),
        (STAFF, "see_scores", READ, TAX),
        (FIRM, "see_own_score", READ, evolve(TAX, notice_opened=True)),
        (FIRM, "confirm_statement", DO, TAX),
        (COUNTY_DESK, "confirm_for_unit", DO, evolve(TAX, has_account=False)),
        (REVIEWER, "decide_objection", DO, evolve(TAX, under_objection=True, first_by=FIRST)),
        (REVIEWER, "see_scores", READ, evolve(TAX, under_objection=True)),
        (PAYER, "deliver_incentive", DO, evolve(TAX, agency="科技")),
        (AUDIT, "read_audit", READ, ROUND),
        (PUBLIC, "file_objection", DO, evolve(TAX, public=True)),
        (PUBLIC, "publish", READ, evolve(TAX, public=True)),
    ],
)
def test_what_is_refused_beside_it_could_have_been_allowed(
    permissions: Permissions, who: Actor, action: str, access: Access, target: Target
) -> None:
    assert may(who, permissions.actions[action], target, NOW, access).answer is YES
