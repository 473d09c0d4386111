"""The installed command in a process of its own."""

from __future__ import annotations

import subprocess
import sys


def test_module_and_exit_code_reach_the_shell() -> None:
    ended = subprocess.run([sys.executable, "-m", "mujun", "check", "nowhere.yaml"], capture_output=True, check=False)
    assert ended.returncode == 2
    assert "nowhere.yaml" in ended.stdout.decode()
    assert b"Traceback" not in ended.stderr
