"""Tests for the command line, as a user starts it: a process of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from rlm_desktop.runs import events
from rlm_desktop.runs.events import Limits, Outcome, Source, Status
from rlm_desktop.storage.run_store import RunStore

QUESTION = "How many?"


def run(*arguments: str | Path, home: Path) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        [sys.executable, "-m", "rlm_desktop", *map(str, arguments)],
        capture_output=True,
        text=True,
        env={**os.environ, "RLM_DESKTOP_HOME": str(home), "DISPLAY": "", "WAYLAND_DISPLAY": ""},
        timeout=60,
        check=False,
    )


def keep_a_run(home: Path) -> int:
    home.mkdir(exist_ok=True)
    store = RunStore(home / "runs.db")
    source = Source("a.txt", "/a.txt", "text", 3, "00")
    started = events.RunStarted("Who painted it?", (source,), "starter", Limits())
    number = store.record(started, None, 0)
    store.record(
        events.RunEnded(Outcome.ANSWERED, "Vermeer", Status.COMPUTED, coverage=1.0), number, 1
    )
    store.close()
    return number


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda folder: folder / "missing.txt", "missing.txt"),
        (lambda folder: (folder / "empty.txt").write_bytes(b"") or folder / "empty.txt", "empty"),
        (lambda folder: folder / "nothing", "nothing"),
    ],
    ids=["missing file", "empty file", "empty folder"],
)
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, make, told: str) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "nothing").mkdir()
    path = make(tmp_path)
    path = tmp_path / "empty.txt" if isinstance(path, int) else path
    done = run("ask", path, "-q", QUESTION, home=tmp_path / "home")
    assert done.returncode == 2
    assert done.stdout == ""
    assert told in done.stderr
    assert "Traceback" not in done.stderr


def test_an_empty_question_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    done = run("ask", tmp_path / "a.txt", "-q", " \n", home=tmp_path / "home")
    assert (done.returncode, done.stdout) == (2, "")
    assert "the question is empty" in done.stderr


def test_a_missing_model_says_how_to_get_it(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    done = run("ask", tmp_path / "a.txt", "-q", QUESTION, home=tmp_path / "home")
    assert done.returncode == 2
    assert "rlm-desktop models get starter" in done.stderr


def test_a_truncated_model_is_named_before_it_is_loaded(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "cut.gguf").write_bytes(b"GGUF\x03\x00\x00\x00")
    done = run(
        "ask", tmp_path / "a.txt", "-q", QUESTION, "--model", tmp_path / "cut.gguf",
        "--json", home=tmp_path / "home",
    )  # fmt: skip
    assert done.returncode == 2
    assert "cut.gguf" in done.stderr
    assert "cut.gguf" in json.loads(done.stdout)["error"]


def test_bad_usage_is_2(tmp_path: Path) -> None:
    assert run("ask", home=tmp_path / "home").returncode == 2
    assert run("paint", home=tmp_path / "home").returncode == 2


@pytest.mark.gui
def test_without_a_display_the_window_says_what_works_instead(tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if k != "QT_QPA_PLATFORM"}
    done = subprocess.run(
        [sys.executable, "-m", "rlm_desktop"],
        capture_output=True,
        text=True,
        env={
            **environment,
            "RLM_DESKTOP_HOME": str(tmp_path),
            "DISPLAY": "",
            "WAYLAND_DISPLAY": "",
        },
        timeout=60,
        check=False,
    )
    assert done.returncode == 2
    assert "rlm-desktop ask" in done.stderr


def test_kept_runs_are_listed_searched_shown_and_exported(tmp_path: Path) -> None:
    home = tmp_path / "home"
    number = keep_a_run(home)
    assert "Who painted it?" in run("runs", home=home).stdout
    assert run("runs", "--search", "zebra", home=home).stdout == ""
    (listed,) = json.loads(run("runs", "--search", "painted", "--json", home=home).stdout)
    assert (listed["run"], listed["answer"]) == (number, "Vermeer")
    assert "Vermeer" in run("show", str(number), home=home).stdout
    for suffix in ("md", "html", "json", "jsonl", "rlms.jsonl"):
        file = tmp_path / f"run.{suffix}"
        assert run("export", str(number), "--to", file, home=home).returncode == 0
        assert "Vermeer" in file.read_text(encoding="utf-8")
    brought = run("import", tmp_path / "run.rlms.jsonl", home=home)
    assert "Vermeer" in run("show", brought.stdout.strip(), home=home).stdout
    wrong = run("export", str(number), "--to", tmp_path / "run.docx", home=home)
    assert (wrong.returncode, ".md" in wrong.stderr) == (2, True)


def test_an_unknown_run_is_said(tmp_path: Path) -> None:
    done = run("show", "17", home=tmp_path / "home")
    assert (done.returncode, "17" in done.stderr) == (2, True)


def test_the_models_of_the_library_are_listed_with_their_licence(tmp_path: Path) -> None:
    done = run("models", home=tmp_path / "home")
    assert done.returncode == 0
    assert "starter" in done.stdout
    assert "Apache-2.0" in done.stdout
    assert "not here yet" in done.stdout


def test_the_doctor_tries_everything(tmp_path: Path) -> None:
    done = run("doctor", home=tmp_path / "home")
    assert done.returncode == 1, "there is no model"
    for name in ("database", "sandbox", "engine", "model", "display"):
        assert name in done.stdout
    assert "could not open files" in done.stdout
    assert "0 of them your own" in done.stdout


def test_a_recipe_of_the_user_that_is_not_right_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "home" / "recipes"
    folder.mkdir(parents=True)
    (folder / "mine.md").write_text("# mine\nShapes: text\n")
    done = run("doctor", home=tmp_path / "home")
    assert "mine.md is not right" in done.stdout


def test_the_doctor_says_how_to_get_a_model(tmp_path: Path) -> None:
    done = run("doctor", home=tmp_path / "home")
    assert "models get starter" in done.stdout


def test_the_level_is_told_and_an_unknown_one_refused(tmp_path: Path) -> None:
    told = run("ask", "--help", home=tmp_path)
    assert "{quick,thorough,everything}" in told.stdout
    wrong = run("ask", "a.txt", "-q", "Why?", "--level", "deep", home=tmp_path)
    assert wrong.returncode == 2
    assert "invalid choice: 'deep'" in wrong.stderr
