"""A bundle: one or several published lists with all that is needed to verify them without network.

Lists come in every form, as bytes that `documents` has written; this room adds checkpoint, proofs, rules and manifest.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from attrs import frozen

from mujun.digest import canonical_record
from mujun.proof.checkpoint import Checkpoint
from mujun.proof.offline.checkpoint import CHECKPOINT, CHECKPOINT_TEXT
from mujun.proof.package import README, Packed, pack
from mujun.proof.published_list import PublishedList, list_bytes
from mujun.proof.reconcile import require_reconciled
from mujun.proof.signature import SIGNATURE, Signature
from mujun.proof.units import row_proofs

SCHEMA = "list.schema.json"
DATA = "data"
"""Where an insiders' bundle holds the data of its lists."""


@frozen
class ListFiles:
    """A list and its forms: csv, xlsx, html by name."""

    published: PublishedList
    forms: Mapping[str, bytes]


def make_bundle(
    lists: Sequence[ListFiles],
    checkpoint: Checkpoint,
    rules: Mapping[str, bytes],
    *,
    schema: bytes,
    data: Mapping[str, bytes] | None = None,
    signature: Signature | None = None,
) -> dict[str, bytes]:
    """The files of the bundle by path. Raises CannotGoOn when a list does not add up.

    `rules` are the files the lists rest on, by their path under rules/. `data` makes it a bundle for insiders only.
    """
    files = [
        Packed(README, "说明", _readme(lists, checkpoint, bool(data), signature is not None).encode()),
        Packed(CHECKPOINT, "校验单", checkpoint.bytes),
        Packed(CHECKPOINT_TEXT, "校验单（印件）", checkpoint.text.encode()),
        Packed(SCHEMA, "名单的 JSON Schema", schema),
    ]
    for one in lists:
        require_reconciled(one.published)
        files += _of_list(one)
    files += [Packed(f"rules/{path}", f"规则 {path}", content) for path, content in rules.items()]
    files += [Packed(f"{DATA}/{path}", f"数据 {path}", content) for path, content in (data or {}).items()]
    if signature is not None:
        files.append(Packed(SIGNATURE, "签名", signature.bytes))
    return pack("list", f"{checkpoint.round}　{checkpoint.standing}", files)


def _of_list(one: ListFiles) -> list[Packed]:
    published, folder = one.published, f"lists/{one.published.id}"
    return [
        Packed(f"{folder}/list.json", f"{published.title}名单", list_bytes(published)),
        Packed(f"{folder}/proofs.json", f"{published.title}逐条证明", canonical_record(row_proofs(published))),
        *(
            Packed(f"{folder}/list.{form}", f"{published.title}名单（{form.upper()}）", content)
            for form, content in one.forms.items()
        ),
    ]


def _readme(lists: Sequence[ListFiles], checkpoint: Checkpoint, insiders: bool, signed: bool) -> str:
    titles = "\n".join(
        f"  lists/{one.published.id}/　{one.published.title}，{one.published.count}个（{one.published.standing}）"
        for one in lists
    )
    return "\n".join(
        [
            f"{checkpoint.round}　名单　{checkpoint.standing}",
            *(["", "！！内部资料：data/ 里有评价数据，不得外传、不得公开。"] if insiders else []),
            *(["", _UNISSUED] if not checkpoint.document_number else []),
            "",
            "一、名单（每份都有 JSON、CSV、XLSX、HTML，内容相同）",
            titles,
            "",
            _HOW.format(signature=_SIGNED if signed else "").rstrip(),
            "",
        ]
    )


_UNISSUED = "这不是印发的名单。没有文号、没有印发，只供核对和试算，不得当作正式结果引用。"
_SIGNED = "  signature.json　签名。verify.py 不含 SM2，请用签发单位的工具核对。\n"
_HOW = """\
二、怎样核对
  装有 Python 3.8 或更新的电脑，不用联网，在本文件夹里运行：
      python verify.py
  它逐字节核对全部文件，核对名单与校验单、四种格式、各类相加、逐条证明，并用一句一句的话说明：
  核对了什么、什么相符、什么不符、什么没有核对。
      python verify.py --code 公文上印的校验码
  校验码印在公文、公示上；只有它对得上，才说明手里的就是公布的那一份。
      python verify.py --unit my.json
  my.json 是一个单位自己的证明文件：全部填报值、得分、名次，和一段只给它的“盐”。别人没有盐，猜也猜不出来。
  有评价数据的人，装上 mujun 后可以从数据重算整份名单：
      mujun verify 本文件夹 --data 数据文件夹

三、别的文件
  checkpoint.txt　校验单，与公文上印的相同；checkpoint.json 是同样的内容，供程序读
  rules/　名单所依据的评价方案、公开规则和文件条款
  list.schema.json　list.json 的格式
  manifest.json　全部文件的大小、SHA-256、SM3
{signature}
四、它不能说明的
  数据当初是不是真的；审定是不是应当这样审定；verify.py 自己有没有被换掉（请另取一份，或由别人写一个：格式都是公开的）。
"""
