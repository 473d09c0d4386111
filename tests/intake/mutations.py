"""Files that went wrong, by a seed: bytes flipped, cut, spliced; parts of packages swapped; garbage in many encodings.

The same seed gives the same files. Each starts from a good one, so that most get past the first look.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable, Iterator, Mapping

Change = Callable[[random.Random, bytes, Mapping[str, bytes]], bytes]

_NUMBERS = (b"0", b"-1", b"65535", b"65536", b"1048576", b"1048577", b"4294967295", b"99999999999999999999", b"1e400")
_REFERENCES = (b"A0", b"XFD1048576", b"XFE1", b"ZZZZZZ99999999", b"a1", b"$A$1", b"", b"A" * 300)
_ENCODINGS = ("utf-8", "gb18030", "utf-16", "big5", "latin-1", "utf-7")
_WORDS = (
    "代码",
    "名称",
    "税收",
    "税收（万元）",
    "uscc",
    "合计",
    "注：",
    "填表人：",
    "1,234",
    "1e5",
    "-",
    "=1+1",
    '"',
    "'",
    "\0",
)


def mutations(seed: int, number: int, samples: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    """Names and contents of `number` files, of every kind in turn."""
    draw = random.Random(seed)
    names = sorted(samples)
    for place in range(number):
        name = names[place % len(names)]
        suffix = name.rpartition(".")[2]
        change = draw.choice(_CHANGES[suffix])
        yield f"{place}.{suffix}", change(draw, samples[name], samples)


def flip(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    changed = bytearray(content)
    for _number in range(draw.choice((1, 2, 4, 8, 32))):
        changed[draw.randrange(len(changed))] = draw.choice((0, 255, draw.randrange(256)))
    return bytes(changed)


def flip_near_the_end(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    """Where zip keeps its directory and Parquet its description."""
    changed = bytearray(content)
    for _number in range(draw.choice((1, 2, 4))):
        changed[-draw.randrange(1, min(len(changed), 600))] = draw.randrange(256)
    return bytes(changed)


def cut(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    return content[: draw.randrange(len(content))]


def leave_out(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    start = draw.randrange(len(content))
    return content[:start] + content[start + draw.choice((1, 4, 64, 512)) :]


def put_in(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    start = draw.randrange(len(content))
    return content[:start] + draw.randbytes(draw.choice((1, 4, 64, 512))) + content[start:]


def splice(draw: random.Random, content: bytes, samples: Mapping[str, bytes]) -> bytes:
    """The head of one file and the tail of another."""
    other = samples[draw.choice(sorted(samples))]
    return content[: draw.randrange(len(content))] + other[draw.randrange(len(other)) :]


def splice_zips(draw: random.Random, content: bytes, samples: Mapping[str, bytes]) -> bytes:
    """Two packages in one file, or one with something before or behind it."""
    other = samples[draw.choice([name for name in sorted(samples) if name.endswith(".xlsx")])]
    return draw.choice((content + other, draw.randbytes(40) + content, content + draw.randbytes(40)))


def flip_words(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    """Two or four bytes at a place divisible by two: sizes and offsets of records and sectors."""
    changed = bytearray(content)
    for _number in range(draw.choice((1, 2, 4))):
        start = draw.randrange(0, len(changed) - 4, 2)
        word = draw.choice((b"\0\0", b"\xff\xff", b"\xff\xff\xff\xff", b"\0\0\0\x80", b"\x01\0", draw.randbytes(2)))
        changed[start : start + len(word)] = word
    return bytes(changed)


def swap_parts(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    entries = _entries(content)
    first, second = draw.sample(sorted(entries), 2)
    entries[first], entries[second] = entries[second], entries[first]
    return _package(list(entries.items()))


def take_part_from_another(draw: random.Random, content: bytes, samples: Mapping[str, bytes]) -> bytes:
    entries = _entries(content)
    other = _entries(samples[draw.choice([name for name in sorted(samples) if name.endswith(".xlsx")])])
    entries[draw.choice(sorted(entries))] = other[draw.choice(sorted(other))]
    return _package(list(entries.items()))


def lose_or_double_a_part(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    parts = list(_entries(content).items())
    place = draw.randrange(len(parts))
    if draw.random() < 0.5:
        del parts[place]
    else:
        name = parts[place][0]
        parts.append((draw.choice((name, name.upper(), f"../{name}", f"/{name}")), parts[place][1]))
    return _package(parts)


def change_markup(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    """Flip, cut or fill up one part, and pack it well, so that the markup itself is read."""
    entries = _entries(content)
    name = draw.choice(sorted(entries))
    part = entries[name] or b" "
    change = draw.choice((flip, cut, leave_out, put_in, _change_value, _change_value, _change_value, _repeat_element))
    entries[name] = change(draw, part, {})
    return _package(list(entries.items()))


def garbage(draw: random.Random, content: bytes, _: Mapping[str, bytes]) -> bytes:
    """Words, separators, line ends and signs from anywhere, in an encoding that may be none of ours."""
    signs = [
        *_WORDS,
        ",",
        ",",
        ",",
        "\t",
        ";",
        "\n",
        "\r\n",
        "\r",
        " ",
        chr(draw.randrange(32, 0xD800)),
        draw.choice("0123456789"),
    ]
    text = "".join(draw.choice(signs) for _number in range(draw.choice((5, 50, 500))))
    if draw.random() < 0.7:
        text = f"代码,名称,税收\n{text}"
    encoded = text.encode(draw.choice(_ENCODINGS), "replace")
    return flip(draw, encoded, {}) if draw.random() < 0.3 else encoded


def _change_value(draw: random.Random, part: bytes, _: Mapping[str, bytes]) -> bytes:
    """What stands between two quotation marks becomes something out of bounds."""
    places = [place for place, sign in enumerate(part) if sign == 0x22]
    if len(places) < 2:
        return part
    start = draw.randrange(len(places) - 1)
    return part[: places[start] + 1] + draw.choice(_NUMBERS + _REFERENCES) + part[places[start + 1] :]


def _repeat_element(draw: random.Random, part: bytes, _: Mapping[str, bytes]) -> bytes:
    places = [place for place, sign in enumerate(part) if sign == 0x3C]
    if len(places) < 2:
        return part
    start = draw.randrange(len(places) - 1)
    element = part[places[start] : places[start + 1]]
    return part[: places[start]] + element * draw.choice((2, 300, 3_000)) + part[places[start + 1] :]


def _entries(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _package(parts: list[tuple[str, bytes]]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts:
            archive.writestr(zipfile.ZipInfo(name), part)  # of a fixed date
    return file.getvalue()


_ANY = (flip, flip, flip_near_the_end, cut, leave_out, put_in, splice)
_CHANGES: Mapping[str, tuple[Change, ...]] = {
    "xlsx": (
        *_ANY,
        splice_zips,
        swap_parts,
        take_part_from_another,
        lose_or_double_a_part,
        *[change_markup] * 6,
    ),
    "xls": (*_ANY, *[flip_words] * 4),
    "parquet": (*_ANY, *[flip_near_the_end] * 3, flip_words),
    "csv": (*_ANY, *[garbage] * 4),
}
