"""verify.py is one file that an old Python runs with nothing but its own library."""

from __future__ import annotations

import ast
import sys
from collections import Counter

from mujun.proof.script import verify_script

SOURCE = verify_script().decode()
TREE = ast.parse(SOURCE, feature_version=(3, 8))
NEWER_THAN_3_8 = {
    "removeprefix",
    "removesuffix",
    "pairwise",
    "batched",
    "is_relative_to",
    "UTC",
    "TaskGroup",
    "zip_longest",
}


def test_it_imports_pythons_own_library_alone() -> None:
    imported = {
        name.split(".")[0]
        for node in ast.walk(TREE)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }

    assert imported - {"__future__"} <= set(sys.stdlib_module_names)
    assert imported & {"socket", "urllib", "http", "ssl", "subprocess", "ctypes"} == set()


def test_no_name_of_one_room_hides_that_of_another() -> None:
    names = [
        name
        for node in TREE.body
        for name in (
            [node.name]
            if isinstance(node, ast.FunctionDef | ast.ClassDef)
            else [target.id for target in node.targets if isinstance(target, ast.Name)]
            if isinstance(node, ast.Assign)
            else [node.target.id]
            if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
            else []
        )
    ]

    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_it_uses_nothing_that_python_3_8_has_not() -> None:
    used = {node.attr for node in ast.walk(TREE) if isinstance(node, ast.Attribute)}

    assert used & NEWER_THAN_3_8 == set()
    strict = [node for node in ast.walk(TREE) if isinstance(node, ast.keyword) and node.arg == "strict"]
    assert strict == []


def test_it_is_the_same_every_time() -> None:
    verify_script.cache_clear()
    assert verify_script().decode() == SOURCE
