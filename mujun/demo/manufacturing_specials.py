"""Which firms above scale are put in on purpose, how often things happen to firms, how many cells are empty."""

from __future__ import annotations

from datetime import date

from mujun.demo.specials import Cells, Specials

EVENTS = {
    "national_awards": 0.002,
    "penalties": 0.03,
    "wage_arrears": 0.003,
    "accidents": 0.0005,
    "pollution_events": 0.0005,
    "dishonesty": 0.003,
    "illegal_land": 0.003,
    "data_refusals": 0.002,
}
"""How many firms have one or more: assumed."""

EMPTY = {
    "land": 0.12,
    "emissions": 0.30,
    "rd": 0.15,
    "tax": 0.003,
    "value_added": 0.003,
    "staff": 0.003,
    "energy": 0.005,
    "production_since": 0.05,
    "penalties": 0.02,
    "accidents": 0.02,
}
"""How many cells are empty: land and emissions as observed (10-30 %, 30 %), the others assumed."""

ORDINARY: Cells = {
    "gb_code": "3441",
    "production_since": date(2008, 5, 1),
    "tech_centre": None,
    **dict.fromkeys(EVENTS, 0.0),
}
SPECIALS: Specials = {
    "七个行业之外": {"gb_code": "1361"},
    "规模以下": {"revenue": 1999.99},
    "收入恰为2000万元": {"revenue": 2000.0, "value_added": 500.0, "tax": 60.0, "rd": 40.0},
    "未投产": {"production_since": date(2019, 4, 10)},
    "通知当日投产": {"production_since": date(2019, 4, 9)},
    "没有填用地": {"land": None},
    "用地为零": {"land": 0.0},
    "差一天满两年": {"production_since": date(2017, 4, 10)},
    "恰满两年": {"production_since": date(2017, 4, 9)},
    "安全事故": {"accidents": 1.0},
    "重大污染": {"pollution_events": 1.0},
    "严重失信": {"dishonesty": 1.0},
    "违法用地": {"illegal_land": 1.0},
    "拒报数据": {"data_refusals": 1.0},
    "国家级技术中心": {"tech_centre": "国家级"},
    "省级技术中心": {"tech_centre": "省级"},
    "国家科技奖": {"national_awards": 2.0},
    "加分到上限": {"tech_centre": "国家级", "national_awards": 5.0},
    "一起处罚": {"penalties": 1.0},
    "四起处罚扣到下限": {"penalties": 4.0},
    "欠薪又受罚": {"penalties": 3.0, "wage_arrears": 1.0},
    "拖欠工资": {"wage_arrears": 1.0},
    "税收没有填": {"tax": None},
    "退税为负": {"tax": -12.5},
    "增加值没有填": {"value_added": None},
    "增加值为负": {"value_added": -85.3},
    "能耗为零": {"energy": 0.0},
    "职工为零": {"staff": 0.0},
    "排放没有填": {"emissions": None},
    "排放为零": {"emissions": 0.0},
    "研发没有填": {"rd": None},
    "数字经济": {"gb_code": "3832"},
    "时尚": {"gb_code": "2438"},
    "生物医药": {"gb_code": "3581"},
    "纺织服装": {"gb_code": "1819"},
    "汽车": {"gb_code": "3620"},
    "石化": {"gb_code": "2614"},
}
"""One firm for every rule of the scheme, each side of every date and threshold."""

PLACES = 10
"""Eleven leaders make the cut of 高端装备制造业 (the scheme's ten places) fall between two equals."""
SHAPE = {"land": 1, "staff": 1, "energy": 0.6, "emissions": 0.4, "value_added": 3, "tax": 3, "revenue": 3, "rd": 9}
LEADER: Cells = {"tech_centre": "国家级", "national_awards": 1.0}
