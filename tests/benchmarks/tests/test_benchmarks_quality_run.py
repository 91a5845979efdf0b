"""Tests for asking questions one after the other in tests/benchmarks."""

import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import psutil
import pytest
from _quality_asking import ask_all, seconds_left
from _quality_kept import Answered, commit, keep, read_kept
from _quality_process import end_all, run_limited
from _quality_tasks import Selection, Task, read_tasks
from quality import main
from quality_examples import Fake, make_set, told

HOW_MANY, NAMES, COCK = (
    "How many hens are there?",
    "What are their names?",
    "What is the name of the cock?",
)
ANSWERS = {
    HOW_MANY: told("There are 3 hens."),
    NAMES: told("Berta, Clara"),
    COCK: told("NOT FOUND", "not found"),
}


def test_a_run_keeps_what_the_program_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks, fake, out = make_set(tmp_path), Fake(tmp_path, ANSWERS), tmp_path / "out.jsonl"
    monkeypatch.chdir(tmp_path)
    program = f"{fake.command[0]} '{fake.command[1]}'"
    options = ["--max-minutes", "5", "--env", "HENS=3=4", "--model", "models/small.gguf"]
    main(["run", "set/tasks/made-up.jsonl", str(out), "--program", program, *options])

    kept = read_kept(out)
    assert list(kept) == ["t-1", "t-2", "t-3"]
    first = kept["t-1"]
    assert first.answer == "There are 3 hens."
    assert (first.status, first.route, first.recipe) == ("computed by code", "code", "count")
    assert (first.outcome, first.exit_code, first.run) == ("answered", 0, 7)
    assert (first.calls, first.turns, first.prompt_tokens, first.cached_tokens) == (4, 2, 900, 300)
    assert (first.model, first.commit, first.error) == ("small", commit(), None)
    assert first.seconds is not None
    assert kept["t-3"].exit_code == 5

    second = fake.heard[1]
    texts = tasks.parent.parent / "texts"
    files = [str(texts / "hens.txt"), str(texts / "more hens.txt")]
    assert second["arguments"][:4] == ["ask", *files, "--question-file"]
    assert second["arguments"][5:] == [
        "--json",
        "--quiet",
        "--model",
        "models/small.gguf",
        "--max-minutes",
        "5",
    ]
    assert (second["question"], second["home"]) == (NAMES, "3=4")
    progress = capsys.readouterr().err
    assert "1/3 t-1: right, computed by code, " in progress
    assert "2/3 t-2: 0.80, computed by code, " in progress
    assert "left" in progress


def test_what_has_an_answer_is_not_asked_again(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks, out = read_tasks(make_set(tmp_path)), tmp_path / "out.jsonl"
    asked: list[str] = []

    def ask(task: Task) -> Answered:
        asked.append(task.id)
        return Answered(task.id, "3", seconds=1.0)

    ask_all(tasks[:2], out, ask, lambda: "old")
    ask_all(tasks, out, ask, lambda: "new")
    assert asked == ["t-1", "t-2", "t-3"]
    assert {each.id: each.commit for each in read_kept(out).values()} == {
        "t-1": "old",
        "t-2": "old",
        "t-3": "new",
    }
    told_aloud = capsys.readouterr().err
    assert "2 of 3 questions are answered" in told_aloud
    assert "2 of these answers came from old, and the program is new now" in told_aloud


def test_what_ended_in_an_error_is_asked_again_if_wanted(tmp_path: Path) -> None:
    tasks, out = read_tasks(make_set(tmp_path)), tmp_path / "out.jsonl"
    keep(out, Answered("t-1", error="no such model"))
    keep(out, Answered("t-2", "Berta", error="at a limit"))
    keep(out, Answered("t-3"))
    ask_all(tasks, out, lambda task: Answered(task.id, "new"), lambda: "x")
    assert read_kept(out)["t-1"].error == "no such model"
    ask_all(tasks, out, lambda task: Answered(task.id, "new"), lambda: "x", retry=True)
    assert [each.answer for each in read_kept(out).values()] == ["new", "Berta", ""]


def test_a_change_of_the_program_meanwhile_is_said(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks, out = read_tasks(make_set(tmp_path)), tmp_path / "out.jsonl"
    commits = iter(["old", "old", "old", "new"])
    ask_all(tasks, out, lambda task: Answered(task.id), lambda: next(commits))
    assert [each.commit for each in read_kept(out).values()] == ["old", "old", "new"]
    assert "changed from old to new" in capsys.readouterr().err


def test_failures_are_kept_as_such(tmp_path: Path) -> None:
    broken = told(None, "failed", status=None, error="the model is gone")
    answers: dict[str, dict[str, Any] | str]
    answers = {HOW_MANY: "no such model", NAMES: broken, COCK: "\n"}
    tasks, out = make_set(tmp_path), tmp_path / "out.jsonl"
    fake = Fake(tmp_path, answers)
    main(["run", str(tasks), str(out), "--program", " ".join(fake.command)])
    kept = read_kept(out)
    assert [each.error for each in kept.values()] == [
        "no such model",
        "the model is gone",
        "it printed no JSON",
    ]
    assert [each.exit_code for each in kept.values()] == [2, 1, 2]
    assert not any(each.answer for each in kept.values())


def test_what_takes_too_long_is_killed(tmp_path: Path) -> None:
    tasks, out = make_set(tmp_path), tmp_path / "out.jsonl"
    forever = f"{sys.executable} -c 'import signal; signal.pause()'"
    options = ["--program", forever, "--timeout", "0.2", "--ids", "t-3"]
    main(["run", str(tasks), str(out), *options])
    (kept,) = read_kept(out).values()
    assert kept.exit_code is None
    assert (kept.answer, kept.error) == ("", "killed after 0 s")


def test_children_in_sessions_of_their_own_are_killed_too(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    child = "import signal; signal.pause()"
    parent = (
        "import subprocess, sys, signal, pathlib;"
        f"p = subprocess.Popen([sys.executable, '-c', {child!r}], start_new_session=True);"
        f"pathlib.Path({str(note)!r}).write_text(f'{{p.pid}} ');"
        "signal.pause()"
    )
    process = subprocess.Popen([sys.executable, "-c", parent], start_new_session=True)
    while not note.exists() or not note.read_text().endswith(" "):
        assert process.poll() is None
        time.sleep(0.01)
    grandchild = psutil.Process(int(note.read_text()))
    end_all(process)
    assert process.returncode is not None
    gone, alive = psutil.wait_procs([grandchild], timeout=10)
    assert gone or all(each.status() == psutil.STATUS_ZOMBIE for each in alive)


def test_a_process_gets_its_words_and_variables() -> None:
    program = "import os, sys; print(sys.stdin.read(), os.environ['HENS']); sys.exit(3)"
    ended = run_limited([sys.executable, "-c", program], 60, words="ü", environment={"HENS": "2"})
    assert (ended.exit_code, ended.output.strip()) == (3, "ü 2")


def test_questions_are_chosen(tmp_path: Path) -> None:
    tasks = read_tasks(make_set(tmp_path))

    def ids(selection: Selection) -> list[str]:
        return [task.id for task in selection.of(tasks)]

    assert ids(Selection()) == ["t-1", "t-2", "t-3"]
    assert ids(Selection(quick=True)) == ["t-1"]
    assert ids(Selection(families=("counting",), tiers=("M", "S"))) == ["t-1", "t-2"]
    assert ids(Selection(needs=("semantic",))) == ["t-3"]
    with pytest.raises(ValueError, match=r"no question has the tier L; there are M, S"):
        ids(Selection(tiers=("L",)))


def test_missing_texts_are_told_before_anything_is_asked(tmp_path: Path) -> None:
    tasks = make_set(tmp_path)
    (tmp_path / "set" / "texts" / "hens.txt").unlink()
    with pytest.raises(SystemExit, match=r"1 files of these questions are missing.*hens\.txt"):
        main(["run", str(tasks), str(tmp_path / "out.jsonl"), "--program", "false"])
    assert not (tmp_path / "out.jsonl").exists()


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    keep(out, Answered("t-1", "3"))
    with out.open("a") as file:
        file.write('{"id": "t-2", "ans')
    with pytest.raises(ValueError, match=r"line 2 of .*out\.jsonl is broken"):
        read_kept(out)


def test_answers_of_other_programs_can_be_read(tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    entries = [{"id": "t-1", "answer": "3", "colour": "red"}, {"id": "t-1", "answer": "4"}]
    out.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
    assert read_kept(out) == {"t-1": Answered("t-1", "4")}


def test_the_time_left_goes_by_the_tier() -> None:
    taken = [("S", 10.0), ("S", 20.0), ("L", 100.0)]
    assert seconds_left(taken, ["S", "L"]) == 115
    assert seconds_left(taken, ["M"]) == pytest.approx(130 / 3)
    assert seconds_left([], ["M"]) is None
