"""YAML 1.2 read strictly: what is written is what is meant, and everything has a line."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from mujun.findings import CannotGoOn
from mujun.yaml_source import parse_yaml, read_yaml


def value_of(text: str) -> Any:
    value, findings = parse_yaml(text, "方案.yaml")
    assert findings == []
    return value


def refused(text: str) -> str:
    with pytest.raises(CannotGoOn) as caught:
        parse_yaml(text, "方案.yaml")
    return str(caught.value)


@pytest.mark.parametrize("word", ["NO", "no", "yes", "on", "OFF", "y", "N"])
def test_words_that_yaml_1_1_took_for_truth_are_text(word: str) -> None:
    assert value_of(f"zone: {word}") == {"zone": word}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("true", True),
        ("False", False),
        ("null", None),
        ("~", None),
        ("", None),
        ("tRuE", "tRuE"),
        ('"true"', "true"),
        ("'null'", "null"),
    ],
)
def test_truth_and_nothing_have_the_words_of_the_core_schema(text: str, value: object) -> None:
    assert value_of(f"a: {text}") == {"a": value}


def test_decimals_are_exact_and_keep_their_zeros() -> None:
    numbers = value_of("[0.20, .5, 1e3, -0.1, 4929.81]")

    assert numbers == [Decimal("0.20"), Decimal("0.5"), Decimal(1000), Decimal("-0.1"), Decimal("4929.81")]
    assert [type(number) for number in numbers] == [Decimal] * 5
    assert str(numbers[0]) == "0.20"
    assert numbers[3] * 3 == Decimal("-0.3")


def test_integers_are_integers_whatever_zeros_they_begin_with() -> None:
    assert value_of("[30, -5, +7, 0777]") == [30, -5, 7, 777]


@pytest.mark.parametrize("text", ["2019-04-09", "0x1F", "0o17", "1_000", "12:30", "1,000", ".inf", ".nan", "３"])
def test_what_is_not_a_plain_number_is_text(text: str) -> None:
    assert value_of(f"a: {text}") == {"a": text}


def test_quoted_codes_keep_their_zeros() -> None:
    assert value_of("""codes: ["0311", '25']""") == {"codes": ["0311", "25"]}


def test_duplicate_key_is_a_finding_that_names_both_lines_and_the_first_counts() -> None:
    value, findings = parse_yaml("weight: 30\nlabel: 税\nweight: 40\n", "方案.yaml")

    assert value == {"weight": 30, "label": "税"}
    assert [str(finding) for finding in findings] == ["方案.yaml:3 “weight”写了两次（第1行已有）。请删去其中一处。"]


def test_duplicate_keys_are_found_at_every_depth_and_all_at_once() -> None:
    _, findings = parse_yaml("a:\n  - {b: 1, b: 2}\n  - c: 1\n    c: 2\na: 3\n", "方案.yaml")

    assert [(finding.code, finding.line) for finding in findings] == [
        ("duplicate_key", 2),
        ("duplicate_key", 4),
        ("duplicate_key", 5),
    ]


def test_mappings_and_sequences_know_their_lines() -> None:
    value = value_of("a: 1\nb:\n  c: 2\n\n  d:\n    - x\n    - y\n")

    assert value.lines == {"a": 1, "b": 2}
    assert value["b"].lines == {"c": 3, "d": 5}
    assert (value["b"].line, value["b"]["d"].line, value["b"]["d"].lines) == (3, 6, [6, 7])


def test_anchor_stands_for_what_it_names() -> None:
    assert value_of("a: &x {w: 1}\nb: *x") == {"a": {"w": 1}, "b": {"w": 1}}


def test_broken_yaml_is_refused_with_its_line() -> None:
    message = refused("a: 1\nb: [1, 2\nc: 3\n")

    assert message.startswith("方案.yaml:3 不是合法的YAML：")
    assert message.endswith("请检查此处的缩进、冒号、引号和括号。")


def test_nesting_deeper_than_64_is_refused_not_a_crash() -> None:
    assert refused("[" * 70 + "]" * 70) == "方案.yaml:1 嵌套超过64层。请拆开或减少层次。"
    assert refused("[" * 600 + "]" * 600).startswith("方案.yaml")


@pytest.mark.parametrize("text", ["[" * 1_000, "[" * 1_000 + "]" * 1_000, "{a: " * 100_000, "[a," * 1_000])
def test_brackets_in_their_thousands_are_refused_before_they_are_parsed(text: str) -> None:
    assert refused(f"a: 1\nb: {text}") == "方案.yaml:2 嵌套超过64层。请拆开或减少层次。"


@pytest.mark.parametrize("text", ["[\n" * 1_000, "- " * 1_000, "? " * 1_000])
def test_deep_nesting_over_many_lines_is_refused_too(text: str) -> None:
    assert refused(text).startswith("方案.yaml")


def test_many_brackets_that_close_again_are_no_depth() -> None:
    assert value_of("text: '" + "[0,1]" * 100 + "'") == {"text": "[0,1]" * 100}


def test_aliases_that_multiply_are_refused_before_they_fill_the_memory() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [" + ", ".join([f"*a{n - 1}"] * 10) + "]" for n in range(1, 30)]
    assert refused("\n".join(lines)) == "方案.yaml:1 内容超过200,000项（引用“*”按展开计）。请减少引用，或分成几个文件。"


def test_aliases_count_as_what_they_stand_for() -> None:
    thousand = "[" + ", ".join("x" * 1_000) + "]"
    assert len(value_of(f"a: &a {thousand}\nb: [" + ", ".join(["*a"] * 198) + "]")["b"]) == 198
    assert refused(f"a: &a {thousand}\nb: [" + ", ".join(["*a"] * 199) + "]").startswith(
        "方案.yaml:1 内容超过200,000项"
    )


@pytest.mark.parametrize("text", ["9" * 5_000, "1e99999", "0." + "1" * 200])
def test_numbers_beyond_all_use_are_text(text: str) -> None:
    assert value_of(f"a: {text}") == {"a": text}


def test_anchor_that_holds_itself_is_refused() -> None:
    assert refused("a: &a [*a]") == "方案.yaml:1 嵌套超过64层。请拆开或减少层次。"


def test_two_documents_in_one_file_are_refused() -> None:
    assert refused("a: 1\n---\nb: 2\n").startswith("方案.yaml:2 不是合法的YAML：")


def test_control_characters_are_refused() -> None:
    assert refused("a: \x00") == "方案.yaml 不是合法的YAML。请检查编码和控制字符。"


def test_empty_text_is_nothing() -> None:
    assert value_of("") is None
    assert value_of("# 只有注释\n") is None


def test_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\n")

    assert read_yaml(path) == ({"a": 1}, [])


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("nowhere.yaml", "nowhere.yaml 没有这个文件。请核对路径和权限。"),
        ("gbk.yaml", "gbk.yaml 不是UTF-8文本。请另存为UTF-8编码。"),
        ("folder", "folder 打不开：Is a directory。请核对路径和权限。"),
    ],
)
def test_file_that_cannot_be_read_is_named(tmp_path: Path, name: str, message: str) -> None:
    (tmp_path / "gbk.yaml").write_bytes("标签: 税".encode("gbk"))
    (tmp_path / "folder").mkdir()

    with pytest.raises(CannotGoOn) as caught:
        read_yaml(tmp_path / name)

    assert str(caught.value) == message
