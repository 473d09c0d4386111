#!/usr/bin/env python
"""Commands of the site: `manage.py migrate`, `demo`, `verify_audit`, `db_worker` …"""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "mujun.web.settings")
    execute_from_command_line(sys.argv)
