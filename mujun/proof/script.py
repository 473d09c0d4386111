"""`verify.py`: the rooms of `offline` put together into the one file that lies in every bundle. Adds no check."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

_ROOMS = ("account", "hashes", "tree", "chain", "container", "lists", "manifest", "checkpoint", "own", "run")
"""Each needs only those before it."""
_OPENING = '''\
#!/usr/bin/env python3
"""离线核对“亩均效益”领跑者名单。Python 3.8 或更新，不用联网，不用装任何东西。

    python verify.py                      核对本程序所在的文件夹
    python verify.py 名单.zip             核对一个压缩包
    python verify.py --code 校验码        并与公文上印的校验码比对
    python verify.py --unit my.json       核对一个单位自己的证明文件

本程序与名单放在一起，谁能改名单，也就能改它。要紧的时候，请另从发布单位取一份，或对照它公布的指纹。
"""

from __future__ import annotations

'''
_CLOSING = """

if __name__ == "__main__":
    speak()
    raise SystemExit(main())
"""


@cache
def verify_script() -> bytes:
    """The file, the same bytes every time."""
    imports: dict[str, None] = {}
    rooms = []
    for name in _ROOMS:
        source = (Path(__file__).parent / "offline" / f"{name}.py").read_text(encoding="utf-8")
        rooms.append(_body(source, imports))
    ordered = sorted(imports, key=lambda line: (line.startswith("from"), line))
    return (_OPENING + "\n".join(ordered) + "\n" + "".join(rooms) + _CLOSING).encode()


def _body(source: str, imports: dict[str, None]) -> str:
    """What a room holds besides imports, under its docstring as a comment; its imports are noted."""
    lines, tree = source.split("\n"), ast.parse(source)
    taken: set[int] = set()
    for place, statement in enumerate(tree.body):
        if isinstance(statement, ast.Import | ast.ImportFrom) or place == 0:
            taken |= set(range(statement.lineno - 1, statement.end_lineno or statement.lineno))
        if isinstance(statement, ast.Import):
            imports |= dict.fromkeys(ast.unparse(ast.Import([name])) for name in statement.names)
        elif isinstance(statement, ast.ImportFrom) and not (statement.module or "").startswith(("mujun", "__future__")):
            imports |= dict.fromkeys(f"from {statement.module} import {name.name}" for name in statement.names)
    rest = "\n".join(line for number, line in enumerate(lines) if number not in taken).strip("\n")
    title = (ast.get_docstring(tree) or "").split("\n")[0]
    return f"\n\n# {'-' * 20} {title}\n\n{rest}\n"
