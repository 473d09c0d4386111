"""Figures from plain numbers. Each is SVG and PNG from one spec, and stands beside its table."""

from mujun.charts.contributions import Contribution, contributions
from mujun.charts.distribution import Crowd, distribution
from mujun.charts.dots import Spread, dot_plot
from mujun.charts.figure import Figure, Table, unchecked
from mujun.charts.slope import Change, slope
from mujun.charts.tier_shares import Shares, tier_shares
from mujun.charts.tile_map import Tile, tile_map, tiles

__all__ = [
    "Change",
    "Contribution",
    "Crowd",
    "Figure",
    "Shares",
    "Spread",
    "Table",
    "Tile",
    "contributions",
    "distribution",
    "dot_plot",
    "slope",
    "tier_shares",
    "tile_map",
    "tiles",
    "unchecked",
]
