"""From the data of a fictitious province to a bundle, and back: what `mujun verify` says of both."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from mujun.cli.bundle import make_bundle_of
from mujun.cli.evaluate import evaluate_one
from mujun.demo import LEAST_MANUFACTURERS, make_province
from mujun.digest import digest_file
from mujun.law import load_law
from mujun.scheme import find_scheme, load_scheme
from mujun.scheme.model import Variable
from tests.cli.conftest import Ended

TITLE = "高新区“亩均效益”领跑者"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """`data/` holds the hightech zones, `result/` their evaluation, `bundle/`, `bundle.zip`, `units/` the rest."""
    folder = tmp_path_factory.mktemp("made")
    make_province(folder / "province", seed=2019, manufacturers=LEAST_MANUFACTURERS)
    (folder / "data").mkdir()
    (folder / "province" / "hightech_zone.csv").rename(folder / "data" / "hightech_zone.csv")
    shutil.rmtree(folder / "province")
    result, data = folder / "result", folder / "data" / "hightech_zone.csv"
    assert evaluate_one("2019/hightech_zone", data, result, None, None, None, "示例数据") == 0
    assert make_bundle_of(result, folder / "bundle", "2019", folder / "secret", folder / "units", None) == 0
    return folder


@pytest.fixture
def province(mujun: Callable[..., Ended], made: Path, tmp_path: Path) -> Path:
    """A copy of all that, where the commands run."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path


def held(ended: Ended) -> list[str]:
    return [line.strip("√× ") for line in ended.output.splitlines() if line.startswith("  √")]


def wrong(ended: Ended) -> list[str]:
    return [line.strip("√× ") for line in ended.output.splitlines() if line.startswith("  ×")]


def test_bundle_of_an_evaluation_is_provisional_and_says_so(province: Path) -> None:
    listed = json.loads((province / "bundle" / "lists" / "hightech_zone" / "list.json").read_bytes())

    assert (listed["status"], listed["standing"]) == ({"code": "draft", "label": "拟"}, "拟（示例数据、试算）")
    assert (listed["document_number"], listed["decision"]) == ("", None)
    readme = (province / "bundle" / "README.txt").read_text(encoding="utf-8")
    assert "这不是印发的名单。没有文号、没有印发，只供核对和试算，不得当作正式结果引用。" in readme


def test_p01_bundle_holds_and_says_what_was_not_checked(mujun: Callable[..., Ended], province: Path) -> None:
    ended = mujun("verify", "bundle.zip")

    assert ended.code == 0
    assert held(ended)[0].endswith("个文件都在，每个字节都与指纹相符。")
    assert "没有评价数据，没有从数据重算；有数据的请加 --data 文件夹。" in ended.output
    assert ended.output.splitlines()[-1] == "结论：核对过的都相符。没有核对的见上。"


def test_whoever_has_the_data_recomputes_all(mujun: Callable[..., Ended], province: Path) -> None:
    ended = mujun("verify", "bundle", "--data", "data", "--secret", "secret")

    assert ended.code == 0
    units = len(list((province / "units" / "hightech_zone").iterdir()))
    assert held(ended)[-2:] == [
        f"{TITLE}由数据重算，名单逐行相同。",
        f"{TITLE}{units}个单位的填报值、得分、名次由数据重算，与校验单上的指纹相符。",
    ]


def test_other_data_do_not_give_the_list(mujun: Callable[..., Ended], province: Path) -> None:
    """One zone of the list is left out."""
    file = province / "data" / "hightech_zone.csv"
    lines = file.read_text(encoding="gb18030").splitlines()
    listed = json.loads((province / "bundle" / "lists" / "hightech_zone" / "list.json").read_bytes())
    name = listed["groups"][0]["rows"][0][0]
    file.write_text("\n".join(line for line in lines if name not in line), encoding="gb18030")

    ended = mujun("verify", "bundle", "--data", "data", "--secret", "secret")

    assert ended.code == 1
    assert "名单上有、重算没有的" in wrong(ended)[0]
    assert name in wrong(ended)[0]
    assert wrong(ended)[1].startswith(f"checkpoint.json：{TITLE}各单位的结果由数据重算，与校验单上的指纹不符")


def test_p02_changed_list_is_named_and_nothing_is_computed_from_it(mujun: Callable[..., Ended], province: Path) -> None:
    path = province / "bundle" / "lists" / "hightech_zone" / "list.html"
    path.write_bytes(path.read_bytes().replace("示例".encode(), "示范".encode(), 1))

    ended = mujun("verify", "bundle", "--data", "data")

    assert ended.code == 1
    assert wrong(ended)[0] == (f"lists/hightech_zone/list.html：{TITLE}名单（HTML）被改动：与清单里的指纹不符。")
    assert "重算" not in ended.output


def test_insiders_bundle_brings_its_data(mujun: Callable[..., Ended], province: Path) -> None:
    made = mujun("bundle", "result", "--out", "inside", "--with-data", "data")
    ended = mujun("verify", "inside.zip")

    assert (made.code, ended.code) == (0, 0)
    assert held(ended)[-1] == f"{TITLE}由数据重算，名单逐行相同。"
    assert "！！内部资料" in (province / "inside" / "README.txt").read_text(encoding="utf-8")
    assert "data/hightech_zone.csv" not in (province / "bundle" / "manifest.json").read_text(encoding="utf-8")


def test_unit_checks_its_own_with_the_command_and_with_the_script(mujun: Callable[..., Ended], province: Path) -> None:
    own = sorted((province / "units" / "hightech_zone").iterdir())[0]

    ended = mujun("verify", "bundle.zip", "--unit", str(own))
    script = [sys.executable, "-I", "-S", "-X", "utf8", "verify.py", "--unit", str(own)]
    done = subprocess.run(script, cwd=province / "bundle", capture_output=True, encoding="utf-8", check=False)

    assert (ended.code, done.returncode, done.stderr) == (0, 0, "")
    assert held(ended) == held(Ended(0, done.stdout))
    own.write_bytes(own.read_bytes().replace(b'"rank":"', b'"rank":"1', 1))
    assert mujun("verify", "--unit", str(own)).code == 1


def test_verify_wants_something_to_verify(mujun: Callable[..., Ended]) -> None:
    assert mujun("verify").code == 2
    ended = mujun("verify", "nowhere.zip")
    assert (ended.code, "没有这个文件或文件夹。" in ended.output) == (2, True)


def test_bundle_refuses_what_it_cannot_publish(mujun: Callable[..., Ended], tmp_path: Path) -> None:
    mujun("evaluate", "small.yaml", "data.csv", "--out", "out")

    assert "公开规则里没有“小方案”的名单。" in mujun("bundle", "out", "--out", "bundle").output
    assert "没有要公布名单的评价结果" in mujun("bundle", str(tmp_path), "--out", "bundle").output
    assert "单位的证明文件要用本轮的密钥加盐。" in mujun("bundle", "out", "--out", "b", "--units", "u").output
    (tmp_path / "short").write_bytes(b"x")
    assert "密钥只有1个字节，至少要32个。" in mujun("bundle", "out", "--out", "b", "--secret", "short").output
    assert not (tmp_path / "bundle").exists()


@pytest.fixture
def sealed(mujun: Callable[..., Ended], tmp_path: Path) -> Path:
    """The folder of a sealed dataset of four zones, each office's form a file of its own."""
    scheme = load_scheme(find_scheme("2019/hightech_zone"), load_law())
    by_office: dict[str, list[Variable]] = {}
    for variable in scheme.variables.values():
        by_office.setdefault(variable.source, []).append(variable)
    for office, variables in by_office.items():
        lines = [",".join(["代码", "名称", *(variable.label for variable in variables)])]
        for zone in range(1, 5):
            cells = [cell(variable, zone) for variable in variables]
            lines.append(",".join([f"GXQ-000{zone}", f"{zone}号高新区（示例）", *cells]))
        (tmp_path / f"{office}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        asked = ("--store", "st", "--scheme", "2019/hightech_zone", "--agency", office, "--commit", "--by", "王")
        taken = mujun("intake", f"{office}.csv", *asked)
        assert taken.code == 0, taken.output
    assert mujun("seal", "2019/hightech_zone", "--store", "st", "--by", "李").code == 0
    (folder,) = (tmp_path / "st" / "sealed").iterdir()
    return folder


def cell(variable: Variable, zone: int) -> str:
    if variable.type == "text":
        return {"county": "上城区", "zone_level": "省级"}[variable.id]
    return str(20 * zone + 3)


def test_units_file_leads_from_its_row_down_to_the_cell(
    mujun: Callable[..., Ended], sealed: Path, tmp_path: Path
) -> None:
    assert mujun("evaluate", "2019/hightech_zone", str(sealed / "data.parquet"), "--out", "result").code == 0
    asked = ("--out", "bundle", "--secret", "secret", "--units", "units", "--sealed", str(sealed))
    assert mujun("bundle", "result", *asked).code == 0

    own = json.loads((tmp_path / "units" / "hightech_zone" / "GXQ-0002.json").read_bytes())
    sha256 = digest_file(tmp_path / "税务.csv").sha256
    assert own["record"]["cells"]["tax"] == [f"税务.csv!C3 sha256:{sha256}"]
    assert (tmp_path / "税务.csv").read_text(encoding="utf-8").splitlines()[2].split(",")[2] == own["record"]["values"][
        "tax"
    ]
    assert mujun("verify", "bundle", "--unit", "units/hightech_zone/GXQ-0002.json").code == 0
    assert mujun("verify", "bundle", "--secret", "secret", "--sealed", str(sealed)).code == 0
    without = mujun("verify", "bundle", "--secret", "secret", "--data", str(data_beside(sealed, tmp_path)))
    assert wrong(without)[0].endswith("当时用的是封存的数据集，请用 --sealed 给出它的文件夹。")


def data_beside(sealed: Path, tmp_path: Path) -> Path:
    (tmp_path / "beside").mkdir()
    shutil.copyfile(sealed / "data.parquet", tmp_path / "beside" / "hightech_zone.parquet")
    return tmp_path / "beside"
