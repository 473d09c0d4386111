"""The note that lies beside the files and says that nothing in them is real."""

from __future__ import annotations

from mujun.demo import calibration
from mujun.demo.manufacturing_specials import EMPTY
from mujun.demo.province import Province

SCHEME_NAMES = {
    "county": "县（市、区）",
    "characteristic_town": "特色小镇",
    "economic_zone": "经济开发区",
    "hightech_zone": "高新区",
    "micro_park": "小微工业园",
    "manufacturing": "制造业（规模以上）",
    "manufacturing_below_scale": "制造业（规模以下）",
    "services": "服务业",
}

_TEXT = """示例数据说明

一、全部虚构
这个文件夹里的数据全部是电脑按随机数编出来的，不是任何县（市、区）、园区、企业的真实数据，不得用于任何真实评价或对外引用。
县（市、区）的名称和代码是真的，摆在旁边的数字是假的。其余单位都不存在：名称里有阿拉伯数字并带“（示例）”；
统一社会信用代码的校验码合格，但登记地区“339999”在行政区划代码里没有，不会与真实单位相同。
名称里写着“（示例·……）”的，是为检验某一条规则专门放的单位，省略号处写明检验什么。
采用的名单（county.adopted.xlsx）也是虚构的：没有这样一份文件，文号是假的。

二、怎样做出来的
随机种子：{seed}。同一个种子、同样的规模，做出来的文件逐字节相同。
规模以上工业企业的用地、职工、收入、增加值、税收、能耗六个数，按一个真实工业普查（智利1994年，5,082家）的离散程度和相互关系抽取，
行业差别也取自该普查；平均水平取丽水市2019年公布的数，并调到全省合计之比为：
亩均增加值{value_added:g}万元、亩均税收{tax:g}万元、全员劳动生产率{staff:g}万元/人、单位能耗增加值{energy:g}万元/吨标准煤、研发占收入{rd:.2%}。
县与县之间的差别、上年与本年的关系，同样取自上述两处。研发、排放和小镇、园区、服务业的数没有可参照的微观资料，是假设。
县（市、区）的工业数是本县规模以上且填了用地的企业之和；考核和评分两类数是随机的。
漏填、零、负数都是有意留的，比例大致如实：企业用地漏填{land:.0%}，排放漏填{emissions:.0%}，税收为零3%，增加值为零或负0.4%。

三、文件
{files}
“报送”文件夹里是各部门报来的表，有的照模板填，有的自己排版、带合计和附注，有的有差错：填错单位的退回重报，填错数的后来更正。
企业名录.csv 是企业名录；previous 文件夹里是上一年度的数据，收表时用来比对。
"""


def describe(province: Province, seed: int) -> str:
    """In Chinese, with Windows line ends."""
    files = "\n".join(
        f"{name}：{SCHEME_NAMES[name]}，{table.height:,}个单位" for name, table in province.tables.items()
    )
    text = _TEXT.format(
        seed=seed,
        value_added=calibration.VALUE_ADDED_PER_LAND,
        tax=calibration.TAX_PER_LAND,
        staff=calibration.VALUE_ADDED_PER_STAFF,
        energy=calibration.VALUE_ADDED_PER_ENERGY,
        rd=calibration.RD_PER_REVENUE,
        land=EMPTY["land"],
        emissions=EMPTY["emissions"],
        files=files,
    )
    return text.replace("\n", "\r\n")
