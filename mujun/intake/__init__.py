"""Intake: data files in, the shared table and its findings out. Computes nothing."""

from mujun.intake.adopted import AdoptedReading, read_adopted
from mujun.intake.read import Reading, read_dataset

__all__ = ["AdoptedReading", "Reading", "read_adopted", "read_dataset"]
