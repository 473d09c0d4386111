"""The site's settings for tests: a home of its own for every process, gone with it."""

import atexit
import os
import shutil
import tempfile

_HOME = tempfile.mkdtemp(prefix="mujun-web-")
atexit.register(shutil.rmtree, _HOME, ignore_errors=True)
os.environ["MUJUN_HOME"] = _HOME
os.environ["MUJUN_DEMO"] = "1"
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
"""A browser that the same worker opened before keeps an event loop running; the tests themselves do not await."""

from mujun.web.settings import *  # noqa: E402, F403

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
"""A test logs in hundreds of times."""
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
"""A background job is done when it is asked for."""
RECOVERY_CODE_TURNS = 1
