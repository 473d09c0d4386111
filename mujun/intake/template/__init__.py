"""Forms as workbooks to fill in: one office's variables, checked while typed, stamped with form and version."""

from mujun.intake.template.instructions import Recipient
from mujun.intake.template.stamp import Stamp, read_stamp, stale_template
from mujun.intake.template.write import write_template

__all__ = ["Recipient", "Stamp", "read_stamp", "stale_template", "write_template"]
