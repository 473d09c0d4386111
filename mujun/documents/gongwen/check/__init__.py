"""Measure a document as it lies there (P06): every measure printed, wanted beside found. Trusts no writer."""

from mujun.documents.gongwen.check.check import Checked, check_layout
from mujun.documents.gongwen.check.measure import Measure

__all__ = ["Checked", "Measure", "check_layout"]
