"""The records of a text, and the programs of the recipes that use them, in a real sandbox."""

import threading
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from open_sandboxes import Opened, part

from rlm_desktop import places
from rlm_desktop.documents.document import Kind
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.sandbox.base import Asked, Finished, Printed, Read
from rlm_desktop.sandbox.process import ProcessSandbox

FOOD = ["The soup was cold.", "Good bread.", "The fish was fresh."]
PRICE = ["Twelve crowns for a tea?", "Not cheap."]
NOTES = (FOOD + PRICE) * 4
TEXT = "".join(
    f"Day: {'May' if number % 3 else 'June'} {number + 1}, 2031 || Guest: {number % 4 + 7} || "
    f"Note: {note}\n"
    for number, note in enumerate(NOTES)
)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(tmp_path)
    yield opened
    opened.close()


def label_of(note: str) -> str:
    return "price" if note in PRICE else "food"


def run(sandbox: ProcessSandbox, code: str) -> tuple[Finished, str, list[Read]]:
    """What a program came to, with labels as they should be, what it printed and read."""
    printed, read = [], []
    for message in sandbox.execute(code, threading.Event()):
        match message:
            case Printed(text):
                printed.append(text)
            case Read():
                read.append(message)
            case Asked():
                sandbox.reply([label_of(piece.text) for piece in message.pieces])
            case Finished():
                return message, "".join(printed), read
    raise AssertionError("it did not end")


def test_records_are_dicts_with_the_keys_of_the_text(opened: Opened) -> None:
    sandbox = opened(f"Guest book\n\n{TEXT}")
    finished, printed, read = run(
        sandbox,
        "print(len(records), records[1])\nof = [r for r in records if r['Guest'] == 7]\n"
        "final(of[1]['Note'])",
    )
    assert finished.answer == "Not cheap.", "a value meets numbers as a number"
    assert printed.startswith("20 {'Day': 'May 2, 2031', 'Guest': '8', 'Note': 'Good bread.'}")
    assert any(one.spans[0] == (0, len(TEXT) + 12) for one in read), "all of it was looked through"


def test_json_lines_are_records(opened: Opened, tmp_path: Path) -> None:
    text = '{"guest": 7, "note": ["a", "b"]}\nbroken\n{"guest": 9}\n'
    sandbox = opened([part(tmp_path, text, "notes.jsonl", Kind.JSONL)])
    finished, _, _ = run(sandbox, "final([record['guest'] + 1 for record in records])")
    assert finished.answer == "8\n10"


def test_keys_are_found_in_any_case_and_wrong_ones_told_with_those_there_are(
    opened: Opened,
) -> None:
    sandbox = opened(TEXT)
    finished, _, _ = run(sandbox, "final(records[0]['note'] + records[0].note)")
    assert finished.answer == NOTES[0] * 2
    finished, _, _ = run(sandbox, "records[0]['remark']")
    assert finished.error is not None
    assert "The keys are: Day, Guest, Note" in finished.error


def test_a_text_without_records_has_no_such_name(opened: Opened) -> None:
    finished, _, _ = run(opened("Just a text.\n" * 30), "records[0]")
    assert finished.error is not None
    assert "NameError" in finished.error


WANTED = {
    "label-count": str(sum(note in FOOD for note in NOTES)),
    "label-rank": "price",
    "label-who": Counter(
        str(n % 4 + 7) for n, note in enumerate(NOTES) if note in PRICE
    ).most_common(1)[0][0],
    "label-when": "May",
}


@pytest.mark.parametrize("name", [*WANTED, "label-pairs"])
def test_the_programs_of_the_recipes_run(opened: Opened, name: str) -> None:
    recipes = {recipe.name: recipe for recipe in load_recipes(places.resources() / "recipes")}
    (program,) = recipes[name].turns
    finished, printed, _ = run(opened(TEXT), program.text)
    assert finished.error is None
    assert "food" in printed
    assert finished.answer is not None
    if name == "label-pairs":
        assert finished.answer == "", "every guest has a note about food"
    else:
        assert finished.answer == WANTED[name]
