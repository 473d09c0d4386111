"""A fictitious province of 2019 for practice: invented units, calibrated numbers, gaps and ties on purpose."""

from mujun.demo.make import make_province
from mujun.demo.province import LEAST_MANUFACTURERS

__all__ = ["LEAST_MANUFACTURERS", "make_province"]
