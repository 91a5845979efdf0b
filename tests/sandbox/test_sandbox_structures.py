"""Mails, turns, source code and JSON as lists of dicts, in a real sandbox."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from open_sandboxes import Opened, part

from rlm_desktop import places
from rlm_desktop.documents.document import Kind
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.sandbox.base import Finished, Read

MAIL = (
    "From ann@example.org Sat May  3 14:05:00 2031\n"
    "From: =?utf-8?q?Ann_=C3=98stby?= <Ann@Example.org>\n"
    "To: ben@example.org\n"
    "Date: Sat, 3 May 2031 14:05:00 +0200\n"
    "Subject: Nets\n\n"
    "The nets are mended.\n\n"
    "From ben@example.org Sun May  4 09:00:00 2031\n"
    "From: ben@example.org (Ben Lie)\n"
    "Date: Sun, 4 May 2031 09:00:00 +0200\n"
    "Subject: Re: Nets\n\n"
    "Thanks.\n"
)
TALK = "ANN: Where is the boat?\n\nBEN: At sea,\nas always.\n\n" * 4
PLAY = f"== Act 1 ==\n\n{TALK}== Act 2 ==\n\n{TALK}"
SAID = "\n".join(["At sea,\nas always."] * 4)
CHAT = (
    "[09:01] <ann> morning all\n"
    "[09:02] <ben_> which of the gates is open on sundays?\n"
    "[09:02] <ann> who has the key?\n"
    "[09:03] <lise> ben_: the east gate\n"
    "[09:04] <ben_> thanks\n"
) * 2
PYTHON = (
    "class Boat(Thing):\n"
    '    """A boat."""\n\n'
    "    @cached\n"
    "    def sail(self, wind, *, far=False):\n"
    "        return wind\n\n\n"
    "async def land():\n"
    "    pass\n"
)


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Opened]:
    opened = Opened(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def run(opened: Opened, tmp_path: Path) -> "Run":
    return Run(opened, tmp_path)


class Run:
    """Runs a program over a text; `read` is what it looked at."""

    def __init__(self, opened: Opened, folder: Path) -> None:
        self._opened = opened
        self._folder = folder
        self.read: list[Read] = []

    def __call__(self, text: str, code: str, name: str = "t.txt", kind: Kind = Kind.TEXT) -> str:
        sandbox = self._opened([part(self._folder, text, name, kind)])
        for message in sandbox.execute(code, threading.Event()):
            match message:
                case Read():
                    self.read.append(message)
                case Finished(answer=answer, error=error):
                    return error if answer is None else answer
        raise AssertionError("it did not end")


def test_a_mailbox_is_its_messages(run: Run) -> None:
    told = run(MAIL, "final([(m['from'], m.sender, m.date, m.subject) for m in messages])")
    assert told.splitlines() == [
        "ann@example.org, Ann Østby, 2031-05-03 14:05, Nets",
        "ben@example.org, Ben Lie, 2031-05-04 09:00, Re: Nets",
    ]
    assert any(one.spans[0] == (0, len(MAIL)) for one in run.read), "all of it was looked through"


def test_the_body_of_a_mail_knows_where_it_stands(run: Run) -> None:
    body = "The nets are mended."
    told = run(MAIL, "final([messages[0].body, messages[0].body.start])")
    assert told == f"{body}\n{MAIL.index(body)}"


def test_a_play_is_its_turns_with_the_part_they_are_in(run: Run) -> None:
    told = run(PLAY, "final([(t.speaker, t.text, t.part) for t in turns[:2]])")
    assert told.startswith("ANN, Where is the boat?, == Act 1 ==\nBEN, At sea,\nas always., ")


def test_settings_are_no_talk(run: Run) -> None:
    form = "Name: Ann\nAge: 7\nTown: Oslo\n" * 9
    assert "This text has no lines in which speakers begin" in run(form, "turns[0]")


def test_python_is_its_functions_and_classes(run: Run) -> None:
    told = run(
        PYTHON,
        "f = functions[0]\nfinal([f.name, f['class'], f.parameters, f.decorators, f.line, "
        "functions[1].name, classes[0].bases, classes[0].methods, classes[0].docstring])",
        "boat.py",
        Kind.CODE,
    )
    assert told.splitlines() == [
        "sail", "Boat", "self, wind, far", "cached", "5",
        "land", "Thing", "sail", "A boat.",
    ]  # fmt: skip


def test_python_that_does_not_parse_is_read_by_its_lines(run: Run) -> None:
    told = run(
        "<<<<<<< ours\n" + PYTHON,
        "final([f.name for f in functions] + [c.name for c in classes])",
        "boat.py",
        Kind.CODE,
    )
    assert told.splitlines() == ["sail", "land", "Boat"]


def test_the_list_that_a_json_text_holds_is_its_records(run: Run) -> None:
    text = '{"of": 2, "guests": [{"guest": 7, "room": "a"}, {"guest": 9, "room": "b"}]}'
    assert run(text, "final(records[1].room)", "t.json", Kind.JSON) == "b"


def test_a_name_that_does_not_apply_is_told_with_those_that_do(run: Run) -> None:
    told = run(MAIL, "turns[0]")
    assert "Use `messages`, `lines`" in told


def test_a_list_asked_for_a_key_tells_how_it_is_meant(run: Run) -> None:
    assert "[one['subject'] for one in messages]" in run(MAIL, "messages['subject']")


@pytest.mark.parametrize(
    ("name", "text", "file", "kind", "wanted"),
    [
        ("mail-count", MAIL.replace("Ben Lie", "Ann Lie"), "t.mbox", Kind.TEXT, "1"),
        ("turn-count", PLAY.replace("At sea", "The boat is at sea"), "t.txt", Kind.TEXT, "4"),
        ("turn-list", PLAY.replace("Act", "ACT"), "t.txt", Kind.TEXT, SAID),
        ("turn-reply", CHAT, "t.txt", Kind.TEXT, "lise"),
        ("code-list", PYTHON, "boat.py", Kind.CODE, "sail"),
    ],
)
def test_the_programs_of_the_recipes_run(
    run: Run, name: str, text: str, file: str, kind: Kind, wanted: str
) -> None:
    recipes = {recipe.name: recipe for recipe in load_recipes(places.resources() / "recipes")}
    (program,) = recipes[name].turns
    assert run(text, program.text, file, kind) == wanted
