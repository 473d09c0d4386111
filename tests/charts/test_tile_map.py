from mujun.charts import tile_map, tiles
from mujun.charts.palette import GROUND, LAND
from tests.charts.drawn import said, written


def test_map_has_the_89_counties_each_at_its_own_place() -> None:
    places = {(tile.row, tile.column) for tile in tiles()}
    assert (len(tiles()), len(places), len({tile.short for tile in tiles()})) == (89, 89, 89)


def test_every_county_says_its_number() -> None:
    figure = tile_map("在哪里", {"苍南县": 3, "长兴县": 1}, "家")
    assert len(said(figure)) == 89
    assert sorted(text for text in said(figure) if not text.endswith("：0家")) == ["苍南县：3家", "长兴县：1家"]
    assert sum(int(row[2]) for row in figure.table.rows) == 4
    assert sorted(text for text in written(figure) if text.isdigit()) == ["1", "3"]


def test_more_is_darker() -> None:
    figure = tile_map("在哪里", {"苍南县": 9, "长兴县": 1})
    assert [figure.svg.count(f'fill="{colour}"') for colour in (GROUND, LAND[0], LAND[3])] == [87, 1, 1]
