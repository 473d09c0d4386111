"""What the invented numbers are made to resemble: constants with their source. Draws nothing.

ENIA is Chile's plant census of 1994 (5,082 plants; logs; plants of 20 and more staff stand in for 规模以上). Lishui is
that prefecture's published table of 2019 (942 firms in ten areas). What is marked "assumed" has no source.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

LOGS = ("land", "staff", "revenue", "value_added", "tax", "energy")
"""The variables of the copula: 亩, 人, 万元, 万元, 万元, 吨标准煤."""

SD = np.array([1.1, 0.92, 1.35, 1.35, 1.5, 1.6])
"""Standard deviations of the logs: ENIA, staff >= 20; land assumed to vary less than its value does there."""

CORRELATION = np.array(
    [
        [1.00, 0.58, 0.60, 0.60, 0.50, 0.50],
        [0.58, 1.00, 0.81, 0.80, 0.66, 0.72],
        [0.60, 0.81, 1.00, 0.94, 0.75, 0.78],
        [0.60, 0.80, 0.94, 1.00, 0.77, 0.74],
        [0.50, 0.66, 0.75, 0.77, 1.00, 0.56],
        [0.50, 0.72, 0.78, 0.74, 0.56, 1.00],
    ]
)
"""Correlations of the logs: ENIA, staff >= 20."""

MEAN = np.array([32.2, 144.0, 2374.0 / 0.22, 2374.0, 609.0, 2083.0])
"""Means per firm: Lishui. Revenue is value added / 0.22, which is assumed."""

YEAR_TO_YEAR = {"land": 0.99, "staff": 0.97, "revenue": 0.98, "value_added": 0.94, "tax": 0.85, "energy": 0.95}
"""Correlation of a log with last year's: ENIA 1993-94; land and energy assumed."""

GROWTH = {"land": 1.01, "staff": 1.0, "revenue": 1.08, "value_added": 1.08, "tax": 1.10, "energy": 1.02}
"""This year's sum over last year's: assumed."""

ISIC_SHIFT = {
    31: (-0.065, -0.088, -0.042, -0.245, -0.276, 0.003),
    32: (-0.166, -0.015, -0.277, -0.260, -0.145, -0.452),
    33: (-0.079, -0.038, -0.272, -0.323, -0.370, -0.143),
    34: (0.233, 0.032, 0.093, 0.283, 0.149, 0.054),
    35: (0.215, 0.144, 0.602, 0.730, 0.673, 0.725),
    36: (-0.028, 0.007, -0.001, 0.158, 0.057, 0.170),
    37: (1.342, 0.888, 2.151, 2.052, 1.119, 2.805),
    38: (-0.076, 0.029, -0.066, 0.099, 0.254, -0.171),
    39: (-0.403, -0.286, -0.526, -0.223, 0.010, -0.918),
}
"""Mean log of an industry less that of all plants, in the order of LOGS: ENIA by ISIC (rev. 2) division."""

ISIC_OF_DIVISION = {
    **dict.fromkeys(("13", "14", "15", "16"), 31),
    **dict.fromkeys(("17", "18", "19"), 32),
    **dict.fromkeys(("20", "21"), 33),
    **dict.fromkeys(("22", "23"), 34),
    **dict.fromkeys(("25", "26", "27", "28", "29"), 35),
    "30": 36,
    **dict.fromkeys(("31", "32"), 37),
    **dict.fromkeys(("33", "34", "35", "36", "37", "38", "39", "40"), 38),
    **dict.fromkeys(("24", "41", "42", "43"), 39),
}
"""Divisions of GB/T 4754-2017 by the ISIC division nearest to them: ours."""

DIVISION_WEIGHT = {
    **{"13": 2.5, "14": 1.2, "15": 0.6, "16": 0.1, "17": 9.0, "18": 6.0, "19": 4.0, "20": 1.5, "21": 3.0, "22": 2.2},
    **{"23": 1.6, "24": 3.0, "25": 0.5, "26": 5.0, "27": 2.5, "28": 1.5, "29": 7.0, "30": 4.0, "31": 1.0, "32": 1.5},
    **{
        "33": 7.0,
        "34": 12.0,
        "35": 6.0,
        "36": 6.0,
        "37": 2.0,
        "38": 9.0,
        "39": 6.0,
        "40": 2.5,
        "41": 0.8,
        "42": 0.4,
        "43": 0.1,
    },
}
"""How many firms a division has, relatively: assumed."""

VALUE_ADDED_PER_LAND = 120.0
TAX_PER_LAND = 28.0
"""万元/亩: the province is near 28 and 105-136 (浙江日报 on 2021: 28.1 and 135.7; 商务厅 on zones in 2017: 102.6)."""

VALUE_ADDED_PER_STAFF = 16.45
VALUE_ADDED_PER_ENERGY = 1.14
RD_PER_REVENUE = 0.0236
"""万元/人, 万元/吨标准煤 and a share: Lishui."""

EMISSIONS_MEAN = 3.9
"""吨 per firm that reports, half of them zero: assumed."""

COUNTY_SD = {"tax": 0.5, "value_added": 0.3, "staff": 0.22, "energy": 0.4, "emissions": 0.4, "rd": 0.25}
COUNTY_TAX_VALUE_ADDED = 0.86
"""Log-sd between areas, and r, of tax and value added per land: Lishui. The others add to what firms bring along."""

MOST_TAX_OF_VALUE_ADDED = 0.6
MOST_VALUE_ADDED_OF_REVENUE = 0.9
