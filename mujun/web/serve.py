"""Start the site and its worker from the command line. Decides nothing; a home that is empty gets its tables."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

_SETTINGS = "mujun.web.settings"


def run_command(home: Path, demo: bool, words: Sequence[str]) -> int:
    """One of the site's own commands (`migrate`, `demo`, `verify_audit` …) upon a home; its exit code."""
    command = [sys.executable, "-m", "django", *words]
    return subprocess.run(command, env=environment(home, demo), check=False).returncode


def serve(home: Path, host: str, port: int, demo: bool, stage: str, password: str) -> int:
    """Site and worker until somebody stops them. A demo home that is empty first lives a round to `stage`."""
    if demo and not (home / "mujun.sqlite3").exists():
        words = ["demo", "--stage", stage, *(["--password", password] if password else [])]
        if code := run_command(home, demo, words):
            return code
    if code := run_command(home, demo, ["migrate", "--verbosity", "0"]):
        return code
    told = environment(home, demo)
    worker = subprocess.Popen([sys.executable, "-m", "django", "db_worker", "--no-startup-delay"], env=told)
    bind = f"{host}:{port}"
    site = [sys.executable, "-m", "gunicorn", "--bind", bind, "--workers", "2", "--threads", "4", "mujun.web.wsgi"]
    print(f"站点 http://{bind}/ （{home}）。按 Ctrl-C 停止。", flush=True)
    try:
        return subprocess.run(site, env=told, check=False).returncode
    except KeyboardInterrupt:
        return 0
    finally:
        worker.send_signal(signal.SIGTERM)
        worker.wait(timeout=30)


def environment(home: Path, demo: bool) -> dict[str, str]:
    return {
        **os.environ,
        "MUJUN_HOME": str(home.resolve()),
        "MUJUN_DEMO": "1" if demo else "0",
        "DJANGO_SETTINGS_MODULE": _SETTINGS,
    }
