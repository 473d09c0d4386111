"""The measures of GB/T 9704—2012 in one place, for those who lay out and for those who check. Nothing is drawn here.

Lengths are millimetres, sizes of type are points. Where the standard gives a place on the page, the comment says so.
"""

from __future__ import annotations

PAGE = (210.0, 297.0)
TYPE_AREA = (156.0, 225.0)
TOP, BOTTOM, LEFT, RIGHT = 37.0, 35.0, 28.0, 26.0
"""天头37，订口28；下、右由版心推出：297－37－225＝35，210－28－156＝26。"""

LINES, CHARACTERS = 22, 28
LINE_TWIPS = 579
"""225毫米的二十二分之一，化为二十分之一磅，只舍不入：580就只排得下21行。"""
CHARACTER_SPACING = -5
"""三号字是16磅，156毫米排28字，每字只有15.79磅，所以每字收紧四分之一磅（5个二十分之一磅），两端对齐后正好28字。
不用文档网格的负字距：有的办公软件不认，一行只排得下20字。"""

SIZE_2, SIZE_3, SIZE_4, SIZE_SMALL_4, SIZE_5 = 22.0, 16.0, 14.0, 12.0, 10.5
"""二号、三号、四号、小四、五号。"""
TITLE_LINE_TWIPS = 660

SONG_TITLE, FANG, HEI, KAI, SONG = "方正小标宋简体", "仿宋_GB2312", "黑体", "楷体_GB2312", "宋体"
LATIN = "Times New Roman"
STAND_INS = {SONG_TITLE: "小标宋", FANG: "仿宋", HEI: "SimHei", KAI: "楷体", SONG: "SimSun"}
"""What a machine without the face uses instead (altName)."""
RED = "FF0000"

MARK_BELOW_TOP = 35.0
"""发文机关标志上边缘至版心上边缘。"""
RED_LINE_BELOW_NUMBER = 4.0
"""发文字号之下4毫米处印红色分隔线，与版心等宽。"""
OUTER_LINE, INNER_LINE = 0.35, 0.25
"""版记首末条、中间的分隔线。"""
PAGE_NUMBER_BELOW = 7.0
"""一字线上距版心下边缘。"""
DASH = "—"

STYLES = {
    "mark": "发文机关标志",
    "number": "发文字号",
    "title": "公文标题",
    "note": "题注",
    "to": "主送机关",
    "body": "公文正文",
    "heading1": "公文一级标题",
    "heading2": "公文二级标题",
    "heading3": "公文三级标题",
    "annexes": "附件说明",
    "issuer": "发文机关署名",
    "sealed": "代章",
    "dated": "成文日期",
    "seal": "样章",
    "annex": "附件标识",
    "copies": "抄送机关",
    "printed": "印发",
    "page": "公文页码",
    "flag": "标记",
    "caption": "表题",
    "cell": "表文",
    "code": "核验文字",
    "line": "无缩进正文",
    "picture": "图",
    "name": "证书姓名",
}
"""The named styles of a document: who edits it finds them in the list of styles, the checker finds parts by them."""
