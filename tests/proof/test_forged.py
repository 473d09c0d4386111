"""Somebody who knows the program changes a bundle and makes its manifest anew: what still does not agree is named."""

from __future__ import annotations

import io
import json
import zipfile
from typing import Any

import pytest
from attrs import evolve

from mujun.digest import canonical_record, digest_bytes
from mujun.documents.published import list_files
from mujun.findings import blocking
from mujun.proof.package import VERIFY, Packed, pack
from mujun.proof.published_list import ListGroup
from mujun.proof.verify import verify_bundle
from tests.proof.lists import SMALL, bundle_of

BUNDLE = bundle_of()
FOLDER = "lists/small"
SHORTER = evolve(SMALL, groups=(SMALL.groups[0], ListGroup("乙类", 1, (("己厂", "别县", None, ""),))))


def forged(**changed: bytes) -> list[tuple[str, str]]:
    """What is said of the bundle with other files, named by their path, and a manifest that fits."""
    files = {**BUNDLE, **changed}
    packed = [Packed(path, path, data) for path, data in files.items() if path not in (VERIFY, "manifest.json")]
    verified = verify_bundle(pack("list", "", packed))
    return [(finding.code, finding.file) for finding in blocking(verified.findings)]


def with_list(change: dict[str, Any], marked: dict[str, Any]) -> list[tuple[str, str]]:
    """The list says something else, and so does the checkpoint."""
    listed = {**json.loads(BUNDLE[f"{FOLDER}/list.json"]), **change}
    data = canonical_record(listed)
    checkpoint = json.loads(BUNDLE["checkpoint.json"])
    checkpoint["lists"][0] |= {"list": digest_bytes(data).as_dict(), **marked}
    return forged(**{f"{FOLDER}/list.json": data, "checkpoint.json": canonical_record(checkpoint)})


def test_the_same_files_with_a_new_manifest_hold() -> None:
    assert forged() == []


@pytest.mark.parametrize("form", ["csv", "xlsx", "html"])
def test_p07_form_with_other_rows_is_named(form: str) -> None:
    other = list_files(SHORTER).forms[form]

    assert forged(**{f"{FOLDER}/list.{form}": other}) == [("form_differs", f"{FOLDER}/list.{form}")]


@pytest.mark.parametrize("form", ["csv", "xlsx", "html"])
def test_p07_form_with_a_row_left_out_is_named(form: str) -> None:
    less = evolve(SMALL, groups=SMALL.groups[:1], count=2)

    assert forged(**{f"{FOLDER}/list.{form}": list_files(less).forms[form]}) == [
        ("form_differs", f"{FOLDER}/list.{form}")
    ]


def test_csv_that_claims_another_state_is_named() -> None:
    path = f"{FOLDER}/list.csv"
    claimed = BUNDLE[path].replace("拟（示例数据）".encode(), "印发".encode())

    assert forged(**{path: claimed}) == [("form_unreadable", path)]


def test_page_with_a_script_is_named() -> None:
    path = f"{FOLDER}/list.html"

    assert forged(**{path: BUNDLE[path].replace(b"</main>", b"<script>1</script></main>")}) == [
        ("form_unreadable", path)
    ]


def test_x10_workbook_with_a_formula_is_named() -> None:
    path = f"{FOLDER}/list.xlsx"
    changed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BUNDLE[path])) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = content.replace(b"<v>1</v>", b"<f>1+0</f><v>1</v>", 1)
                assert b"<f>" in content
            new.writestr(name, content)

    assert forged(**{path: changed.getvalue()}) == [("form_unreadable", path)]


def test_list_that_the_checkpoint_does_not_know_is_named() -> None:
    assert forged(**{"lists/more/list.json": BUNDLE[f"{FOLDER}/list.json"]}) == [("list_unmarked", "lists/more/")]


def test_printed_text_that_says_something_else_is_named() -> None:
    text = BUNDLE["checkpoint.txt"].replace("3个".encode(), "4个".encode())

    assert forged(**{"checkpoint.txt": text}) == [("checkpoint_text", "checkpoint.txt")]


def test_rules_other_than_the_lists_are_named() -> None:
    path = "rules/2019/schemes/small.yaml"

    assert forged(**{path: b"scheme: small # 30\n"}) == [("rules_differ", path)]


def test_proof_of_another_row_is_named() -> None:
    path = f"{FOLDER}/proofs.json"
    proofs = json.loads(BUNDLE[path])

    assert forged(**{path: canonical_record([proofs[1], proofs[0], proofs[2]])}) == [("proof_fails", path)]
    assert forged(**{path: canonical_record(proofs[:2])}) == [("proofs_unreadable", path)]
    assert forged(**{path: canonical_record([*proofs, proofs[0]])}) == [("proof_fails", path)]


def test_w25_list_whose_count_is_another_is_named_although_the_checkpoint_fits() -> None:
    told = with_list({"count": 36}, {"count": 36})

    assert ("list_count", f"{FOLDER}/list.json") in told


def test_list_with_another_number_than_the_checkpoint_is_named() -> None:
    told = with_list({"document_number": "浙亩均办〔2019〕99号"}, {})

    assert ("list_state", f"{FOLDER}/list.json") in told


def test_rows_other_than_those_under_the_root_are_named() -> None:
    groups = json.loads(BUNDLE[f"{FOLDER}/list.json"])["groups"]
    groups[0]["rows"][0][0] = "庚厂"

    assert ("rows_differ", f"{FOLDER}/list.json") in with_list({"groups": groups}, {})
