"""Published lists: one frozen value, four forms that say the same. Prints what was decided, decides nothing."""

from mujun.documents.published.collect import collect_list
from mujun.documents.published.decided import DecidedItem, DecidedList, list_decided
from mujun.documents.published.put_together import Decided
from mujun.documents.published.write import SCHEMA_FILE, list_files

__all__ = ["SCHEMA_FILE", "Decided", "DecidedItem", "DecidedList", "collect_list", "list_decided", "list_files"]
