"""A bundle verifies itself: by verify.py on its own, and by the same functions here for every single byte."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from mujun.digest import digest_bytes
from mujun.findings import CannotGoOn, blocking
from mujun.proof.offline.account import Account
from mujun.proof.offline.container import read_zip, stored_zip
from mujun.proof.offline.hashes import canonical, read_canonical
from mujun.proof.offline.manifest import check_manifest
from mujun.proof.offline.run import check_files
from mujun.proof.package import zip_of
from mujun.proof.units import row_proof, unit_proof
from mujun.proof.verify import verify_bundle, verify_own
from tests.proof.lists import RECORDS, SMALL, bundle_of, checkpoint_of, issued, sealed_units

BUNDLE = bundle_of()
ZIP = zip_of(BUNDLE)


def flipped(data: bytes, place: int, bit: int = 0) -> bytes:
    return data[:place] + bytes([data[place] ^ (1 << bit)]) + data[place + 1 :]


def failed(files: dict[str, bytes]) -> list[tuple[str, str]]:
    account = Account()
    check_files(files, account)
    return [(code, place) for code, place, _ in account.failed]


def failed_zip(data: bytes) -> list[str]:
    account = Account()
    check_files(read_zip(data, account), account)
    return [place for _, place, _ in account.failed]


@pytest.fixture
def offline(tmp_path: Path) -> Callable[..., tuple[int, str]]:
    """Run the bundle's own verify.py with nothing but Python's library, in an empty place."""

    def run(files: dict[str, bytes], *arguments: str, archive: bytes | None = None) -> tuple[int, str]:
        for name, content in files.items():
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / name).write_bytes(content)
        if archive is not None:
            (tmp_path / "bundle.zip").write_bytes(archive)
        command = [sys.executable, "-I", "-S", "-X", "utf8", "verify.py", *arguments]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, encoding="utf-8", timeout=60, check=False)
        assert done.stderr == ""
        return done.returncode, done.stdout

    return run


def test_p01_verify_py_says_in_sentences_what_holds(offline: Callable[..., tuple[int, str]]) -> None:
    code = checkpoint_of().digest.sha256
    assert offline(BUNDLE, "--code", code) == (
        0,
        """\
【相符】
  √ 清单里的12个文件都在，每个字节都与指纹相符。
  √ 示例领域名单（拟（示例数据））就是校验单上的那一份，3个，各类相加无误。
  √ 示例领域3条，逐条都能证明在名单之内。
  √ 示例领域的CSV、XLSX、HTML与 JSON 逐行相同，3行。
  √ 校验码与给出的相同。
结论：核对过的都相符。
""",
    )


def test_p01_without_the_printed_code_it_says_what_it_could_not_check(offline: Callable[..., tuple[int, str]]) -> None:
    ended, said = offline(BUNDLE)

    assert ended == 0
    assert said.splitlines()[5:] == [
        "【没有核对】",
        "  · 这份校验单是不是印发的那一份，要靠人核对：请把下面的校验码同公文、公示上印的比一比。",
        f"      SHA-256 {checkpoint_of().digest.sha256}",
        f"      SM3 {checkpoint_of().digest.sm3}",
        "结论：核对过的都相符。没有核对的见上。",
    ]


def test_p01_another_code_fails(offline: Callable[..., tuple[int, str]]) -> None:
    ended, said = offline(BUNDLE, "--code", "0" * 64)

    assert ended == 1
    assert said.splitlines()[1] == "  × checkpoint.json：校验码与给出的不同：这一包不是印发的那一份，或抄错了。"


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("lists/small/list.csv", "示例领域名单（CSV）被改动：与清单里的指纹不符。"),
        ("rules/2019/schemes/small.yaml", "规则 2019/schemes/small.yaml被改动：与清单里的指纹不符。"),
        ("README.txt", "说明被改动：与清单里的指纹不符。"),
    ],
)
def test_p02_verify_py_names_the_file_with_a_flipped_byte(
    offline: Callable[..., tuple[int, str]], path: str, said: str
) -> None:
    ended, output = offline({**BUNDLE, path: flipped(BUNDLE[path], 3)})

    assert ended == 1
    assert f"  × {path}：{said}" in output.splitlines()


def test_p01_verify_py_reads_the_zip_as_well(offline: Callable[..., tuple[int, str]]) -> None:
    verify = {"verify.py": BUNDLE["verify.py"]}

    assert offline(verify, "bundle.zip", archive=ZIP)[0] == 0
    place = ZIP.index(b"README.txt") + 20
    ended, said = offline(verify, "bundle.zip", archive=flipped(ZIP, place))
    assert ended == 1
    assert said.splitlines()[1] == "  × README.txt：在压缩包里已损坏，读不出来。"


def test_whole_bundle_holds() -> None:
    assert failed(BUNDLE) == []
    assert failed_zip(ZIP) == []
    assert failed(bundle_of(issued())) == []


def named_alone(path: str, content: bytes) -> bool:
    """Whether the manifest, cut down to one file, names it."""
    manifest = read_canonical(BUNDLE["manifest.json"])
    one = {**manifest, "files": [entry for entry in manifest["files"] if entry["path"] == path]}
    del one["own"]
    one["own"] = digest_bytes(canonical(one)).as_dict()
    account = Account()
    check_manifest({path: content, "manifest.json": canonical(one)}, account)
    return [(code, place) for code, place, _ in account.failed] == [("file_changed", path)]


def test_p02_every_flipped_byte_of_every_file_is_named() -> None:
    for path, content in BUNDLE.items():
        for place in range(len(content)):
            changed = flipped(content, place, place % 8)
            if path == "manifest.json":
                account = Account()
                check_manifest({**BUNDLE, path: changed}, account)
                assert account.failed, place
            else:
                assert (len(content) > 9_000 and place % 53) or named_alone(path, changed), (path, place)


def test_p02_flipped_byte_is_named_by_all_checks_together() -> None:
    """No broken file stops the checks; every 23rd byte here, every byte in the long suite."""
    for path, content in BUNDLE.items():
        for place in range(0, len(content), 23 if len(content) < 9_000 else 997):
            assert_named(path, place)


@pytest.mark.acceptance
def test_p02_every_flipped_byte_is_named_by_all_checks_together() -> None:
    for path, content in BUNDLE.items():
        for place in range(len(content)):
            assert_named(path, place)


def assert_named(path: str, place: int) -> None:
    wrong = failed({**BUNDLE, path: flipped(BUNDLE[path], place, place % 8)})
    named = {where for _, where in wrong}
    assert path in named or (path == "manifest.json" and named), (path, place)


def test_p02_every_flipped_byte_of_the_zip_is_noticed() -> None:
    """Headers, names, checksums, directory: the zip has one shape only."""
    files = {"a.txt": b"abc", "名单/b.txt": b"", "c": bytes(40)}
    whole = stored_zip(files)
    account = Account()
    assert (read_zip(whole, account), account.failed) == (files, [])
    for place in range(len(whole)):
        for bit in range(8):
            account = Account()
            read_zip(flipped(whole, place, bit), account)
            assert account.failed, (place, bit)


def test_p02_flipped_byte_of_a_zipped_bundle_is_noticed() -> None:
    for place in range(0, len(ZIP), 499):
        assert failed_zip(flipped(ZIP, place, place % 8)), place


@given(st.sampled_from(sorted(BUNDLE)), st.data())
@settings(max_examples=40, deadline=None)
def test_p02_any_cut_or_addition_is_noticed(path: str, data: st.DataObject) -> None:
    content = BUNDLE[path]
    place = data.draw(st.integers(0, len(content)))
    more = data.draw(st.binary(min_size=1, max_size=3))

    assert failed({**BUNDLE, path: content[:place] + more + content[place:]})
    if place < len(content):
        assert failed({**BUNDLE, path: content[:place]})
    assert failed({name: one for name, one in BUNDLE.items() if name != path})


def test_same_list_gives_the_same_bytes() -> None:
    assert zip_of(bundle_of()) == ZIP


def test_list_put_in_with_its_manifest_shows_against_the_checkpoint() -> None:
    """Who changes a list and makes a new manifest has still to change the checkpoint, which is printed elsewhere."""
    other = bundle_of(evolve(SMALL, title="别的领域"))
    mixed = {**other, "checkpoint.json": BUNDLE["checkpoint.json"], "checkpoint.txt": BUNDLE["checkpoint.txt"]}

    assert ("list_differs", "lists/small/list.json") in failed(mixed)


def test_files_that_belong_to_nobody_are_told() -> None:
    verified = verify_bundle({**BUNDLE, "lists/small/名单.pdf": b"x"})

    assert blocking(verified.findings) == []
    text = "清单以外的文件，不属于这一包，没有核对：lists/small/名单.pdf。"
    assert text in [finding.message for finding in verified.findings]


def test_unissued_bundle_says_so_in_every_form() -> None:
    said = {
        path: BUNDLE[path].decode("utf-8-sig") for path in BUNDLE if path.endswith((".json", ".csv", ".html", ".txt"))
    }

    assert "这不是印发的名单。" in said["README.txt"]
    assert said["checkpoint.txt"].startswith("校验单　拟（示例数据）\n")
    assert '"standing":"拟（示例数据）"' in said["lists/small/list.json"]
    assert {line.split(",")[-1] for line in said["lists/small/list.csv"].splitlines()} == {"状态", "拟（示例数据）"}
    assert "没有印发，不得当作正式结果引用" in said["lists/small/list.html"]


def test_issued_bundle_bears_its_number() -> None:
    bundle = bundle_of(issued())

    assert "这不是印发的名单。" not in bundle["README.txt"].decode()
    assert "文号　浙亩均办〔2019〕9号　2019-10-15" in bundle["checkpoint.txt"].decode().splitlines()
    assert "浙亩均办〔2019〕9号，2019-10-15印发" in bundle["lists/small/list.html"].decode()


def test_w25_bundle_of_a_list_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(CannotGoOn, match="共4个，各类相加却是2＋1＝3个。"):
        bundle_of(evolve(SMALL, count=4))


def test_unit_checks_its_own_result(offline: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    own = unit_proof(sealed_units(), "04", RECORDS["04"], checkpoint_of())
    (tmp_path / "my.json").write_bytes(own)

    ended, said = offline(BUNDLE, "--unit", "my.json", "--code", checkpoint_of().digest.sm3)

    assert (ended, said.splitlines()) == (
        0,
        [
            "【相符】",
            "  √ 丁厂（04）的全部结果在示例领域之内，一字未改：由它推得出校验单上的指纹。",
            "  √ 所附的校验单就是这一包名单的校验单。",
            "  √ 结果写的是没有入选，名单上也没有这个名称。",
            "  √ 校验码与给出的相同。",
            "结论：核对过的都相符。",
        ],
    )


def test_unit_whose_score_was_changed_is_told_so() -> None:
    own = unit_proof(sealed_units(), "04", RECORDS["04"], checkpoint_of())
    changed = own.replace(b'"-1.0000"', b'"-9.0000"')

    assert [finding.code for finding in blocking(verify_own(changed).findings)] == ["own_fails"]


def test_every_flipped_byte_of_a_units_file_is_noticed() -> None:
    """Beside the bundle; alone, a changed checkpoint shows in its code only."""
    own = unit_proof(sealed_units(), "01", RECORDS["01"], checkpoint_of())
    for place in range(len(own)):
        assert blocking(verify_own(flipped(own, place, place % 8), BUNDLE).findings), place


def test_another_units_salt_proves_nothing() -> None:
    own = unit_proof(sealed_units(), "01", RECORDS["01"], checkpoint_of())
    salts = sealed_units().salts
    assert blocking(verify_own(own.replace(salts[0].hex().encode(), salts[1].hex().encode())).findings)


def test_p01_row_of_the_list_is_proved_without_salt() -> None:
    own = row_proof(SMALL, 2, checkpoint_of())
    verified = verify_own(own, BUNDLE)

    assert verified.held[0] == "“乙类”第1行在示例领域之内，一字未改：由它推得出校验单上的指纹。"
    assert blocking(verified.findings) == []
    assert blocking(verify_own(own.replace("丙厂".encode(), "丁厂".encode()), BUNDLE).findings)


def test_unit_that_the_decision_left_out_is_told() -> None:
    shorter = evolve(SMALL, groups=SMALL.groups[:1], count=2)
    own = unit_proof(sealed_units(), "03", RECORDS["03"], checkpoint_of(shorter))

    verified = verify_own(own, bundle_of(shorter))

    assert blocking(verified.findings) == []
    assert verified.findings[0].message.startswith("结果写的是入选，名单上却没有这个名称。")
