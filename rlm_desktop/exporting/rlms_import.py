"""Reads a log of `rlms`, the reference library, as a run of ours, to look at it (see `rlms_log`).

The file is untrusted: it is JSON, every field is checked, and what is too large is refused.
"""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rlm_desktop.engine.base import Usage
from rlm_desktop.errors import UsageError
from rlm_desktop.runs.events import (
    ROOT,
    CallEnded,
    CallKind,
    CallStarted,
    CodeEnded,
    CodeStarted,
    Event,
    Limits,
    Outcome,
    ReplyEnded,
    ReplyStarted,
    RunEnded,
    RunStarted,
)

_MOST_BYTES = 512 * 1024 * 1024
_MOST_ENTRIES = 100_000
_QUERY = re.compile(r'original query: "([^"]+)"')
_QUESTION_CHARS = 2_000

Entry = dict[str, Any]


def from_rlms_log(path: Path) -> list[Event]:
    """The events of a run. Raises UsageError naming the file and the line."""
    entries = list(_entries(path))
    iterations = [each for each in entries if each.get("type", "iteration") == "iteration"]
    if not iterations:
        raise UsageError(f"{path} is no log of rlms: no line of it is an iteration")
    try:
        return _Reader(path, entries, iterations).events()
    except RecursionError:
        raise UsageError(f"{path} is nested too deep to be a log of rlms") from None


def _entries(path: Path) -> Iterator[Entry]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            megabytes = _MOST_BYTES // 1024**2
            raise UsageError(f"{path} is too large for a log: at most {megabytes} MB are read")
        with path.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                if number > _MOST_ENTRIES:
                    raise UsageError(f"{path} has over {_MOST_ENTRIES:,} lines: it is no log")
                if line.strip():
                    yield _entry(path, number, line)
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} cannot be read: {error}") from error


def _entry(path: Path, number: int, line: str) -> Entry:
    try:
        untrusted = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"line {number} of {path} is no JSON: {error}") from error
    if not isinstance(untrusted, dict):
        raise UsageError(f"line {number} of {path} is no JSON object, as each line of a log is")
    return untrusted


class _Reader:
    def __init__(self, path: Path, entries: list[Entry], iterations: list[Entry]) -> None:
        self._path = path
        self._iterations = iterations
        self._about = next((each for each in entries if each.get("type") == "metadata"), {})
        self._context = next((each for each in entries if each.get("type") == "run_context"), {})
        self._calls = 0
        self._turns = 0

    def events(self) -> list[Event]:
        question = self._question()
        model = _text(self._about.get("root_model")) or "unknown model"
        most = _number(self._about.get("max_iterations"))
        limits = Limits(turns=int(most) or Limits().turns)
        made: list[Event] = [
            RunStarted(question, (), f"{model} ({self._path.name})", limits),
            CallStarted(ROOT, CallKind.ROOT, question),
        ]
        for iteration in self._iterations:
            made += self._of_iteration(iteration)
        answer = self._answer()
        outcome = Outcome.ANSWERED if answer else Outcome.FORCED
        seconds = sum(_number(each.get("iteration_time")) for each in self._iterations)
        error = None if answer else "the log ends without an answer"
        made += [
            CallEnded(ROOT, outcome, answer),
            RunEnded(outcome, answer, error=error, seconds=seconds),
        ]
        return made

    def _of_iteration(self, iteration: Entry) -> Iterator[Event]:
        blocks = [each for each in _list(iteration.get("code_blocks")) if isinstance(each, dict)]
        reply = _text(iteration.get("response"))
        for number, block in enumerate(blocks or [None]):
            yield from self._reply(reply if number == 0 else "")
            if block is not None:
                yield from self._program(block)

    def _reply(self, text: str) -> Iterator[Event]:
        self._turns += 1
        yield ReplyStarted(ROOT, self._turns)
        yield ReplyEnded(ROOT, text, Usage())

    def _program(self, block: Entry) -> Iterator[Event]:
        result = _dict(block.get("result"))
        yield CodeStarted(ROOT, _text(block.get("code")))
        for call in _list(result.get("rlm_calls")):
            if isinstance(call, dict):
                yield from self._call(call)
        yield CodeEnded(
            ROOT,
            _text(result.get("stdout")),
            _text(result.get("stderr")) or None,
            _number(result.get("execution_time")),
        )

    def _call(self, call: Entry) -> Iterator[Event]:
        self._calls += 1
        path, reply = f"{ROOT}.{self._calls}", _text(call.get("response"))
        models = _dict(_dict(call.get("usage_summary")).get("model_usage_summaries")).values()
        used = [_dict(each) for each in models]
        usage = Usage(
            int(sum(_number(each.get("total_input_tokens")) for each in used)),
            int(sum(_number(each.get("total_output_tokens")) for each in used)),
            seconds=_number(call.get("execution_time")),
        )
        failed = _text(call.get("error"))
        yield CallStarted(path, CallKind.PROMPT, _text(call.get("prompt")))
        yield ReplyStarted(path, 1)
        yield ReplyEnded(path, reply, usage)
        yield CallEnded(path, Outcome.FAILED if failed else Outcome.ANSWERED, failed or reply)

    def _question(self) -> str:
        """What was asked, from the place where the log says it plainest."""
        if asked := _text(self._context.get("root_prompt")):
            return asked[:_QUESTION_CHARS]
        said = self._iterations[0].get("prompt")
        texts = [said] if isinstance(said, str) else []
        texts += [_text(_dict(each).get("content")) for each in _list(said)]
        for text in texts:
            if found := _QUERY.search(text):
                return found[1][:_QUESTION_CHARS]
        return next((text for text in reversed(texts) if text), self._path.name)[:_QUESTION_CHARS]

    def _answer(self) -> str | None:
        for iteration in reversed(self._iterations):
            untrusted = iteration.get("final_answer")
            # Older logs give the name of the variable and its value.
            if isinstance(untrusted, list) and untrusted:
                untrusted = untrusted[-1]
            if untrusted is not None and _text(untrusted):
                return _text(untrusted)
        return None


def _text(untrusted: object) -> str:
    if untrusted is None:
        return ""
    return untrusted if isinstance(untrusted, str) else json.dumps(untrusted, ensure_ascii=False)


def _number(untrusted: object) -> float:
    """A number that is not negative; 0 for anything else."""
    if isinstance(untrusted, bool) or not isinstance(untrusted, int | float):
        return 0.0
    return float(untrusted) if 0 <= untrusted < 1e12 else 0.0


def _list(untrusted: object) -> list[Any]:
    return untrusted if isinstance(untrusted, list) else []


def _dict(untrusted: object) -> Entry:
    return untrusted if isinstance(untrusted, dict) else {}
