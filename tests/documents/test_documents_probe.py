"""What the prompt is told of the structure of documents."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Kind
from rlm_desktop.documents.probe import MAX_CHARS, Structure, describe, structures_of
from tests.documents.read import read


def structure(tmp_path: Path, name: str, content: str) -> tuple[Structure, str]:
    (tmp_path / name).write_text(content)
    with read(tmp_path / name) as collection:
        return structures_of(collection)[0], describe(collection)


def test_tells_the_columns_of_a_table(tmp_path: Path) -> None:
    rows = "".join(f"Köln {n};{n},50;2024-01-{n:02};x\n" for n in range(1, 30))
    found, told = structure(tmp_path, "t.csv", "town;price;day;note\n" + rows)
    assert found.delimiter == ";"
    assert [(column.name, column.type) for column in found.columns] == [
        ("town", "text"),
        ("price", "number"),
        ("day", "date"),
        ("note", "text"),
    ]
    assert found.columns[1].examples == ("1,50", "2,50")
    assert told == (
        "Table with semicolons between 4 columns: town (text: 'Köln 1', 'Köln 2'); "
        "price (number: '1,50', '2,50'); day (date: '2024-01-01', '2024-01-02'); note (text: 'x')."
        " 30 lines, the longest at the beginning has 26 characters."
    )


@pytest.mark.parametrize("delimiter", [",", "\t", "|"])
def test_finds_the_delimiter(tmp_path: Path, delimiter: str) -> None:
    rows = [["a", "b, c", "d"], *[["1", "x, y", "3"]] * 9]
    content = "\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in rows)
    found, _ = structure(tmp_path, "t.csv", content)
    assert (found.delimiter, len(found.columns)) == (delimiter, 3)


def test_tells_the_keys_of_records(tmp_path: Path) -> None:
    record = {"id": 7, "name": "Ada", "tags": ["x", "y"], "ok": True, "more": {}, "none": None}
    expected = ("id: number like 7", "name: text like 'Ada'", "tags: list of 2")
    expected += ("ok: true/false", "more: object", "none: null")
    found, told = structure(tmp_path, "t.jsonl", (json.dumps(record) + "\n") * 9)
    assert found.keys == expected
    assert told.startswith("Keys of the first record: id: number like 7, name: text like 'Ada'")
    found, _ = structure(tmp_path, "t.json", json.dumps([record] * 50_000, indent=1))
    assert found.keys == expected


def test_tells_the_pattern_of_a_log(tmp_path: Path) -> None:
    lines = [
        f"2024-01-02 03:04:{n:02} {'ERROR' if n % 3 else 'INFO'} 10.0.0.{n} did thing {n}"
        for n in range(40)
    ]
    found, told = structure(tmp_path, "t.log", "\n".join(lines))
    assert found.pattern == "<date> <time> <level> <address> <message>"
    assert "Most lines look like: <date> <time> <level>" in told


def test_tells_headings_and_speakers(tmp_path: Path) -> None:
    found, _ = structure(tmp_path, "t.md", "# One\ntext\n## Two\nmore\n")
    assert found.headings == ("# One", "## Two")
    play = (
        "CHAPTER IV. Of ships\n" * 4
        + "CHAPTER 5: Of sails\n" * 4
        + "HAMLET: To be\nHORATIO: My lord\nNote: once\n" * 5
    )
    found, told = structure(tmp_path, "t.txt", play.replace("Note: once\n", "", 3))
    assert found.headings == ("CHAPTER IV. Of ships", "CHAPTER 5: Of sails")
    assert found.built.speakers == ("HAMLET", "HORATIO")
    assert "`turns` is a list of dicts with the keys speaker, text, part, line;" in told
    assert "Speakers: HAMLET, HORATIO." in told


def test_looks_at_three_documents_only(tmp_path: Path) -> None:
    for number in range(5):
        (tmp_path / f"{number}.csv").write_text(
            ",".join("abcdefghijkl") + "\n" + f"1,{number}\n" * 9
        )
    with read(tmp_path) as collection:
        assert [each.name for each in structures_of(collection)] == ["0.csv", "1.csv", "2.csv"]
        told = describe(collection)
    assert len(told) <= MAX_CHARS
    assert [line[:6] for line in told.splitlines()] == ["0.csv:", "1.csv:", "2.csv:"]


def test_what_it_tells_cannot_break_out(tmp_path: Path) -> None:
    hostile = 'a\u202e,"b\nnew line\x1b",c\n1,2,3\n4,5,6\n7,8,9\n'
    found, told = structure(tmp_path, "t.csv", hostile)
    assert "\n" not in told
    assert "\x1b" not in told
    assert "\u202e" not in told
    assert found.kind == Kind.CSV


LETTERS = st.characters(exclude_categories=("Cc", "Cs"), include_characters='\n\t"{}:,;')


@given(st.sampled_from(["t.csv", "t.json", "t.jsonl", "t.log", "t.md"]), st.text(LETTERS))
def test_describes_anything(tmp_path_factory: pytest.TempPathFactory, name: str, text: str) -> None:
    path = tmp_path_factory.getbasetemp() / name
    path.write_text("x" + text, encoding="utf-8")
    with read(path) as collection:
        assert len(describe(collection)) <= MAX_CHARS


def test_an_empty_piece_is_described(tmp_path: Path) -> None:
    with Collection.of_text("", "piece", tmp_path) as collection:
        assert describe(collection).startswith("0 lines")
