"""Logs of `rlms`: written so that its visualiser reads them, and read as runs of ours."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.errors import UsageError
from rlm_desktop.exporting.export_file import write_export
from rlm_desktop.exporting.rlms_import import from_rlms_log
from rlm_desktop.exporting.rlms_log import to_rlms_log
from rlm_desktop.runs.event_json import to_dict
from rlm_desktop.runs.events import Outcome, RunEnded, RunStarted
from rlm_desktop.runs.run import Run
from tests.gui.gui_demo import QUESTION, kept, whole


@pytest.fixture
def log(tmp_path: Path) -> Path:
    happened = kept(whole())
    path = tmp_path / "demo.rlms.jsonl"
    write_export(path, 1, Run.of(happened), happened)
    return path


def entries(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_a_log_has_what_the_visualiser_reads(log: Path) -> None:
    about, *iterations = entries(log)
    assert about["type"] == "metadata"
    assert {"root_model", "max_depth", "max_iterations", "backend", "environment_type"} <= set(
        about
    )
    assert [each["type"] for each in iterations] == ["iteration"] * len(iterations)
    said = iterations[0]["prompt"][0]["content"]
    assert re.search(r'original query: "([^"]+)"', said)[1] == QUESTION  # type: ignore[index]
    blocks = [block for each in iterations for block in each["code_blocks"]]
    assert "import re" in blocks[0]["code"]
    assert "48211 lines" in blocks[0]["result"]["stdout"]
    assert any("TypeError" in block["result"]["stderr"] for block in blocks)
    calls = [call for block in blocks for call in block["result"]["rlm_calls"]]
    assert len(calls) == 412
    (usage,) = calls[0]["usage_summary"]["model_usage_summaries"].values()
    assert usage["total_calls"] == 1
    assert iterations[-1]["final_answer"].startswith("**M7** failed most often")
    assert all(each["final_answer"] is None for each in iterations[:-1])


def test_what_was_written_can_be_read_again(log: Path) -> None:
    before, after = Run.of(whole()), Run.of(from_rlms_log(log))
    assert after.started is not None
    assert after.started.question == QUESTION
    assert after.ended is not None
    assert before.ended is not None
    assert after.ended.answer == before.ended.answer
    assert before.root is not None
    assert after.root is not None
    programs = [
        (turn.execution.code, turn.execution.output)
        for turn in before.root.turns
        if turn.execution is not None
    ]
    again = [
        (turn.execution.code, turn.execution.output)
        for turn in after.root.turns
        if turn.execution is not None
    ]
    assert again == programs
    assert len(after.root.children) == 412


def test_a_log_of_the_library_is_read(tmp_path: Path) -> None:
    call = {
        "root_model": "small",
        "prompt": [{"role": "user", "content": "Which?"}],
        "response": "two",
        "usage_summary": {"model_usage_summaries": {"small": {"total_input_tokens": 9}}},
        "execution_time": 0.5,
    }
    result = {"stdout": "2\n", "stderr": "", "locals": {}, "execution_time": 1.5}
    block = {"code": "print(2)", "result": {**result, "rlm_calls": [call]}}
    failed = {"code": "1/0", "result": {**result, "stderr": "ZeroDivisionError"}}
    lines = [
        {"type": "metadata", "root_model": "large", "max_iterations": 30},
        {"type": "run_context", "prompt": "…", "root_prompt": "How many?"},
        {"type": "iteration", "response": "I look", "code_blocks": [block, failed]},
        {
            "type": "iteration",
            "response": "FINAL(2)",
            "code_blocks": [],
            "final_answer": ["x", "2"],
        },
    ]
    path = tmp_path / "rlm_2026.jsonl"
    path.write_text("\n".join(json.dumps(line) for line in lines) + "\n\n")
    run = Run.of(from_rlms_log(path))
    assert run.started is not None
    assert (run.started.question, run.started.model) == ("How many?", "large (rlm_2026.jsonl)")
    assert run.started.limits.turns == 30
    assert run.root is not None
    assert [turn.execution and turn.execution.error for turn in run.root.turns] == [
        None,
        "ZeroDivisionError",
        None,
    ]
    assert run.call("1.1").answer == "two"
    assert run.usage.prompt_tokens == 9
    assert run.ended is not None
    assert (run.ended.outcome, run.ended.answer) == (Outcome.ANSWERED, "2")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("not json\n", "line 1 of .* is no JSON"),
        ('{"type": "metadata"}\n[1]\n', "line 2 of .* is no JSON object"),
        ('{"type": "metadata"}\n', "no line of it is an iteration"),
        ("", "no line of it is an iteration"),
        ("[" * 100_000, "line 1 of .* is no JSON"),
    ],
)
def test_what_is_no_log_is_refused_with_the_line(tmp_path: Path, text: str, said: str) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text(text)
    with pytest.raises(UsageError, match=said):
        from_rlms_log(path)


def test_what_is_nested_without_end_is_refused_or_read(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    for depth in (10, 500, 900, 990, 5_000):
        path.write_text('{"response": ' + "[" * depth + "]" * depth + "}")
        try:
            assert from_rlms_log(path)
        except UsageError as error:
            assert "x.jsonl" in str(error)  # noqa: PT017 - either is right


def test_what_cannot_be_read_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none.jsonl cannot be read"):
        from_rlms_log(tmp_path / "none.jsonl")
    path = tmp_path / "x.jsonl"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(UsageError, match="cannot be read"):
        from_rlms_log(path)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda below: (
        st.lists(below, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "prompt", "response", "code_blocks", "result", "rlm_calls", "final_answer"]
            ),
            below,
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(
    st.lists(st.dictionaries(st.sampled_from(["type", "prompt", "code_blocks"]), JSON), max_size=4)
)
def test_whatever_stands_in_a_log_makes_a_whole_run_or_is_refused(lines: list[Any]) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.jsonl"
        path.write_text("\n".join(json.dumps(line) for line in lines))
        try:
            happened = from_rlms_log(path)
        except UsageError:
            return
    assert isinstance(happened[0], RunStarted)
    assert isinstance(happened[-1], RunEnded)
    Run.of(happened)
    json.dumps([to_dict(event) for event in happened])


def test_a_run_of_which_nothing_is_known_gives_an_empty_log() -> None:
    assert to_rlms_log(Run(), []) == ""
