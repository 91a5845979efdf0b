"""A run in the log format of `rlms`, the reference library, so that its visualiser opens it.

JSON lines: "metadata", then an "iteration" for each program of the root call, with what it
printed, and the calls it made. As its logger writes it and its visualiser reads it
(github.com/alexzhang13/rlm, rlm/logger and visualizer/src/lib, 2026).
"""

from collections.abc import Iterator, Sequence
from typing import Any

from rlm_desktop.exporting.json_file import json_text
from rlm_desktop.runs import events
from rlm_desktop.runs.events import ABOUT_THE_QUESTION, ROOT, Event, parent_of
from rlm_desktop.runs.run import Call, Execution, Run, Turn


def to_rlms_log(run: Run, happened: Sequence[Event]) -> str:
    """The log of a run."""
    return "".join(json_text(entry) + "\n" for entry in _entries(run, happened))


def _entries(run: Run, happened: Sequence[Event]) -> Iterator[dict[str, Any]]:
    if run.started is None:
        return
    started = run.started
    root = run.root.turns if run.root is not None else []
    yield {
        "type": "metadata",
        "root_model": started.model,
        "max_depth": started.limits.depth,
        "max_iterations": started.limits.turns,
        "backend": "llama.cpp",
        "backend_kwargs": {"model_name": started.model},
        "environment_type": "local",
        "environment_kwargs": {},
        "other_backends": [started.sub_model] if started.sub_model else None,
    }
    made = _calls_of_turns(happened)
    turns = list(enumerate(root)) or [(0, Turn())]
    for number, turn in turns:
        last = number == turns[-1][0]
        calls = [run.call(path) for path in made.get(number, [])]
        yield {
            "type": "iteration",
            "iteration": number + 1,
            "prompt": _prompt(started.question, root[:number]),
            "response": turn.reply or _fenced(turn.execution),
            "code_blocks": _blocks(turn.execution, calls, started),
            "final_answer": run.ended.answer if last and run.ended is not None else None,
            "iteration_time": turn.usage.seconds
            + (turn.execution.seconds if turn.execution else 0),
        }


def _prompt(question: str, before: Sequence[Turn]) -> list[dict[str, str]]:
    # The visualiser takes the question from between the quotes.
    quoted = question.replace('"', "'")
    said = [{"role": "user", "content": f'Answer the original query: "{quoted}"'}]
    for turn in before:
        said.append({"role": "assistant", "content": turn.reply or _fenced(turn.execution)})
        if turn.execution is not None:
            told = turn.execution.output + (turn.execution.error or "")
            said.append({"role": "user", "content": told})
    return said


def _fenced(execution: Execution | None) -> str:
    return f"```repl\n{execution.code}\n```" if execution is not None else ""


def _blocks(
    execution: Execution | None, calls: Sequence[Call], started: events.RunStarted
) -> list[dict[str, Any]]:
    if execution is None:
        return []
    result = {
        "stdout": execution.output,
        "stderr": execution.error or "",
        "locals": {},
        "execution_time": execution.seconds,
        "rlm_calls": [_call(call, started.sub_model or started.model) for call in calls],
    }
    return [{"code": execution.code, "result": result}]


def _call(call: Call, model: str) -> dict[str, Any]:
    usages = [turn.usage for each in call.walk() for turn in each.turns]
    summary = {
        "total_calls": len(usages),
        "total_input_tokens": sum(usage.prompt_tokens for usage in usages),
        "total_output_tokens": sum(usage.reply_tokens for usage in usages),
    }
    return {
        "root_model": model,
        "prompt": f"{call.prompt}\n\n{call.text}" if call.text else call.prompt,
        "response": call.answer or "",
        "usage_summary": {"model_usage_summaries": {model: summary}},
        "execution_time": sum(usage.seconds for usage in usages),
    }


def _calls_of_turns(happened: Sequence[Event]) -> dict[int, list[str]]:
    """The paths of the calls that each turn of the root made, by its number from 0."""
    made: dict[int, list[str]] = {}
    turn = -1
    for event in happened:
        match event:
            case events.ReplyStarted(path) | events.CodeStarted(path, _, True) if path == ROOT:
                turn += 1
            case events.CallStarted(path, kind) if (
                parent_of(path) == ROOT and kind not in ABOUT_THE_QUESTION
            ):
                made.setdefault(max(turn, 0), []).append(path)
    return made
