"""Published lists: one frozen value, four forms that say the same. Prints what was decided, decides nothing."""

from mujun.documents.published.collect import Decided, collect_list
from mujun.documents.published.write import SCHEMA_FILE, list_files

__all__ = ["SCHEMA_FILE", "Decided", "collect_list", "list_files"]
