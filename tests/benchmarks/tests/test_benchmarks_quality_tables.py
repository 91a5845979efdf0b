"""Tests for the tables of answers in tests/benchmarks."""

import json
from pathlib import Path
from typing import Any

import pytest
from _quality_compare import sign_test
from _quality_kept import Answered, keep
from quality import main
from quality_examples import make_set


def answered(number: int, answer: str, status: str = "computed by code", **more: Any) -> Answered:
    usual: dict[str, Any] = {"seconds": 10.0 * number, "route": "code", "model": "small"}
    return Answered(f"t-{number}", answer, status, commit="abc", **{**usual, **more})


def file_of(path: Path, *answers: Answered) -> str:
    for each in answers:
        keep(path, each)
    return str(path)


def told(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    main([*arguments, "--json"])
    return json.loads(capsys.readouterr().out)


def test_a_table_has_the_figures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tasks = str(make_set(tmp_path))
    answers = (
        answered(1, "3", calls=2, recipe="count"),
        answered(2, "Berta, Clara", seconds=1000.0, calls=6),
        answered(3, "NOT FOUND", "not found", recipe="look-up"),
    )
    whole = told(capsys, "table", file_of(tmp_path / "out.jsonl", *answers), tasks)
    figures = whole["figures"]
    assert figures["score"] == 95.0  # of (1 + 0.8) / 2 and 1
    assert figures["passed"] == pytest.approx(66.7)
    assert (figures["asked"], figures["of"]) == (3, 3)
    assert figures["sure_and_wrong"] == 50.0
    assert (figures["median_seconds"], figures["max_seconds"]) == (30.0, 1000.0)
    assert figures["over_15_minutes"] == 1
    assert (figures["score_counting"], figures["score_missing"]) == (90.0, 100.0)
    assert set(whole["meaning"]) <= set(figures)
    groups = whole["groups"]
    assert groups["recipe"]["none"]["n"] == 1
    assert groups["tier"]["S"] == {
        "n": 2,
        "score": 100.0,
        "passed": 100.0,
        "median_seconds": 20.0,
        "max_seconds": 30.0,
        "median_calls": 1.0,
    }
    (wrong,) = whole["wrong"]
    assert (wrong["id"], wrong["status"]) == ("t-2", "computed by code")
    assert (wrong["answer"], wrong["right"]) == ("Berta, Clara", "Berta, Clara, Dora")
    assert [each["id"] for each in whole["slow"]] == ["t-2"]


def test_a_table_is_about_what_was_asked(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks = str(make_set(tmp_path))
    out = file_of(tmp_path / "out.jsonl", Answered("t-1", error="killed after 9 s"))
    main(["table", out, tasks])
    shown = capsys.readouterr().out
    assert "1 of 3 questions asked; macro mean over families 0.0." in shown
    assert "| status: error | 1 | 0.0 | 0.0 |  |  | 0 |" in shown
    assert "| t-1 | error |  |  | 0.0 |  |  | killed after 9 s | 3 |" in shown
    figures = told(capsys, "table", out, tasks, "--quick")["figures"]
    assert (figures["asked"], figures["of"], figures["median_seconds"]) == (1, 1, None)


def test_wrong_answers_that_are_sure_come_first(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks = str(make_set(tmp_path))
    answers = (
        answered(1, "4", "forced at a limit"),
        answered(2, "Emma", "not found"),
        answered(3, "Hans", "read by the model"),
    )
    whole = told(capsys, "table", file_of(tmp_path / "out.jsonl", *answers), tasks)
    assert [each["id"] for each in whole["wrong"]] == ["t-3", "t-1", "t-2"]
    assert whole["figures"]["sure_and_wrong"] == 100.0


def test_a_table_of_nothing_is_refused(tmp_path: Path) -> None:
    tasks = str(make_set(tmp_path))
    with pytest.raises(SystemExit, match=r"out\.jsonl is missing"):
        main(["table", str(tmp_path / "out.jsonl"), tasks])
    out = file_of(tmp_path / "out.jsonl", Answered("other", "3"))
    with pytest.raises(SystemExit, match="none of these questions has an answer"):
        main(["table", out, tasks])


def test_two_runs_are_compared_item_by_item(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    tasks = str(make_set(tmp_path))
    before = file_of(
        tmp_path / "before.jsonl",
        answered(1, "4"),
        answered(2, "Berta"),
        answered(3, "NOT FOUND", "not found"),
    )
    after = file_of(
        tmp_path / "after.jsonl", answered(1, "3"), answered(2, "Berta, Clara"), answered(3, "Hans")
    )
    whole = told(capsys, "compare", before, after, tasks)
    figures = whole["figures"]
    assert (figures["both"], figures["won"], figures["lost"]) == (3, 1, 1)
    assert (figures["better"], figures["worse"]) == (2, 1)
    assert (figures["p_passed"], figures["p_score"]) == (1.0, 1.0)
    assert (figures["score_before"], figures["score_after"]) == (62.5, 45.0)
    assert [each["id"] for each in whole["won"]] == ["t-1"]
    assert [each["id"] for each in whole["lost"]] == ["t-3"]
    assert [each["id"] for each in whole["moved"]] == ["t-2"]
    main(["compare", before, after, tasks])
    shown = capsys.readouterr().out
    assert "| passed | 1 | 1 | 1.000 |" in shown
    assert "not found → computed by code" in shown


def test_runs_without_a_common_question_are_not_compared(tmp_path: Path) -> None:
    tasks = str(make_set(tmp_path))
    before = file_of(tmp_path / "before.jsonl", answered(1, "4"))
    after = file_of(tmp_path / "after.jsonl", answered(2, "Berta"))
    with pytest.raises(SystemExit, match="no question was answered in both"):
        main(["compare", before, after, tasks])


@pytest.mark.parametrize(
    ("won", "lost", "p"),
    [(0, 0, 1.0), (1, 0, 1.0), (5, 5, 1.0), (5, 0, 0.0625), (1, 7, 0.0703125), (10, 0, 1 / 512)],
)
def test_the_sign_test_is_exact(won: int, lost: int, p: float) -> None:
    assert sign_test(won, lost) == pytest.approx(p)
    assert sign_test(lost, won) == pytest.approx(p)


def test_the_sign_test_takes_many() -> None:
    assert 0 < sign_test(2_000, 1_000) < 1e-60
