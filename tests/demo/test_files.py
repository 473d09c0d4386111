import csv
import io
import time
import zipfile
from pathlib import Path

from mujun.demo import LEAST_MANUFACTURERS, make_province
from mujun.demo.below_scale import manufacturing_below_scale
from mujun.demo.copula import stream
from mujun.demo.files import write_table
from mujun.law import load_law
from mujun.scheme import find_scheme, load_scheme


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*.*"))}


def test_same_seed_gives_the_same_bytes_whatever_the_clock(province: Path, tmp_path: Path) -> None:
    until = int(time.time() / 2) * 2 + 2
    while time.time() < until:  # the clock inside a ZIP file ticks every two seconds
        time.sleep(0.05)
    make_province(tmp_path, manufacturers=LEAST_MANUFACTURERS)
    assert contents(tmp_path) == contents(province)


def test_another_seed_gives_other_data(province: Path, tmp_path: Path) -> None:
    make_province(tmp_path, seed=7, manufacturers=LEAST_MANUFACTURERS)
    ours, theirs = contents(tmp_path), contents(province)
    assert [name for name in ours if ours[name] == theirs[name]] == []


def test_every_file_is_reported_and_counted(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    paths = make_province(
        tmp_path, manufacturers=LEAST_MANUFACTURERS, progress=lambda done, all: steps.append((done, all))
    )
    assert steps == [(place, 18) for place in range(1, 19)]
    assert sorted(paths) == sorted(path for path in tmp_path.rglob("*.*"))


def test_csv_comes_in_the_two_encodings_of_offices(province: Path) -> None:
    assert (province / "manufacturing.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    text = (province / "hightech_zone.csv").read_bytes().decode("gb18030")
    header = next(csv.reader(io.StringIO(text)))
    assert header[:5] == ["代码", "名称", "所在县（市、区）", "级别", "已开发工业用地面积"]


def test_workbooks_carry_no_time_of_the_clock(province: Path) -> None:
    with zipfile.ZipFile(province / "county.xlsx") as workbook:
        assert {entry.date_time for entry in workbook.infolist()} == {(1980, 1, 31, 0, 0, 0)}
        assert workbook.read("docProps/core.xml").decode().count("2019-04-12T00:00:00Z") == 2


def test_the_note_says_that_all_is_invented(province: Path) -> None:
    text = (province / "说明.txt").read_text(encoding="utf-8-sig")
    assert text.splitlines()[2] == "一、全部虚构"
    assert text.count("随机种子：2019") == 1


def test_large_tables_are_parquet(tmp_path: Path) -> None:
    scheme = load_scheme(find_scheme("2019/manufacturing_below_scale"), load_law())
    table = manufacturing_below_scale(stream(2019, "large"), 100_001)
    assert write_table(tmp_path, table, scheme, 2018).name == "manufacturing_below_scale.parquet"
    assert write_table(tmp_path, table.head(100_000), scheme, 2018).name == "manufacturing_below_scale.csv"
