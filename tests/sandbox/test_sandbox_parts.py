"""Tests for part(...) and for the values of tables, as programs use them."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.reading import read_documents
from rlm_desktop.sandbox.base import Finished, Printed
from rlm_desktop.sandbox.process import ProcessSandbox

PLAY = """\
== Act 1 ==
ANNA: Good morning.
BERT: As you said in Act 2, yes.
== Act 2 ==
ANNA: Good evening.
ANNA: And good night.
"""
MARKDOWN = "# Guide\n\n## Setup\ninstall\n## Use\nrun\n### Often\nrun again\n## End\nbye\n"
TABLE = 'name,age,price\nAnna,30,"1,200.50"\nBert,NA,7\nCleo,7,\n'


def output_of(code: str, text: str, name: str, folder: Path) -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return "".join(_printed(code, path))


def _printed(code: str, path: Path) -> Iterator[str]:
    reading = read_documents([path], path.parent / "store", threading.Event())
    try:
        while True:
            next(reading)
    except StopIteration as end:
        collection: Collection = end.value
    sandbox = ProcessSandbox(collection.parts)
    try:
        for message in sandbox.execute(code, threading.Event()):
            match message:
                case Printed(text):
                    yield text
                case Finished(_, error):
                    yield error or ""
    finally:
        sandbox.close()
        collection.close()


@pytest.mark.parametrize(
    ("code", "text", "expected"),
    [
        ("print(part('Act 1'))", PLAY, "['== Act 1 ==', 'ANNA: Good morning.', 'BERT: As"),
        ("print(len(part('Act 2')))", PLAY, "3\n"),
        ("print(part('use')[0])", MARKDOWN, "## Use\n"),
        ("print(len(part('Use')), len(part('Often')))", MARKDOWN, "4 2\n"),
        ("part('Act 9')", PLAY, "no heading holds 'Act 9'"),
        ("part(3)", PLAY, "part wants a heading"),
        ("print(where(part('Act 2')[1]))", PLAY, "line 5"),
    ],
)
def test_part(tmp_path: Path, code: str, text: str, expected: str) -> None:
    assert expected in output_of(code, text, "play.txt", tmp_path)


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("print([r['name'] for r in rows if r['age'] > 6])", "['Anna', 'Cleo']"),
        ("print([r['name'] for r in rows if r['age'] == 7])", "['Cleo']"),
        ("print([r['name'] for r in rows if r['age'] == 'NA'])", "['Bert']"),
        ("print([r['name'] for r in rows if r['age'] != 7])", "['Anna', 'Bert']"),
        ("print(sum(r['price'] for r in rows[:2]))", "1207.5"),
        ("print(rows[0]['age'] * rows[1]['price'], 2 * rows[1]['price'])", "210.0 14.0"),
        ("print(max(rows[:2], key=lambda r: number(r['price']))['name'])", "Anna"),
        ("print(rows[0].get('age') >= 30, rows[0].get('size', 'none'))", "True none"),
        ("print(rows[0]['name'] + '!', rows[0]['name'].lower())", "Anna! anna"),
        ("print(sorted({r['name']: 1 for r in rows}))", "['Anna', 'Bert', 'Cleo']"),
        ("print(rows[0]['size'])", "The columns of rows are: name, age, price"),
    ],
)
def test_values_of_a_table_meet_numbers_as_numbers(
    tmp_path: Path, code: str, expected: str
) -> None:
    assert expected in output_of(code, TABLE, "people.csv", tmp_path)
