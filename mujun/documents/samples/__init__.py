"""A specimen of every document, of invented facts: whoever reads one sees 示例数据 on every page."""

from mujun.documents.samples.all import Specimen, specimens

__all__ = ["Specimen", "specimens"]
