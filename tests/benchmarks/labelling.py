"""How many lines get their right label, and what that costs.

    python3 packaging/bootstrap.py bench labelling [--model PATH] [--json]

`labelled_lines.jsonl` holds three sets of lines of our own: questions in six classes, messages and
remarks in two. The lines are shuffled, and labelled as a program's `classify` would have them.
Printed for each set: the share of right labels, how many were close calls, how far the counts of
the labels are off, the tokens that were read for a line, and the seconds.
"""

import argparse
import itertools
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from _engine_machine import starter_model

from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.runs.events import Limits, ReplyEnded
from rlm_desktop.runs.flat_calls import FlatCalls
from rlm_desktop.runs.limits import Meter
from rlm_desktop.runs.many_labels import labels_for
from rlm_desktop.runs.replies import Replies
from rlm_desktop.sandbox.base import Asked, AskKind, Piece

SETS = Path(__file__).parent / "labelled_lines.jsonl"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--model", type=Path)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=3600.0, help="time for each set")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    options = parser.parse_args()
    engine = ProcessEngine((options.model or starter_model()).resolve(), threads=options.threads)
    for _ in engine.load(threading.Event()):
        pass
    try:
        sets = [json.loads(line) for line in SETS.read_text("utf-8").splitlines()]
        figures = {each["name"]: measured(engine, each, options.seconds) for each in sets}
    finally:
        engine.close()
    if options.json:
        print(json.dumps({"figures": figures}))
        return
    for name, figure in figures.items():
        print(name, *(f"{key} {value:g}" for key, value in figure.items()), sep="\n  ")


def measured(engine: ProcessEngine, one: dict[str, Any], seconds: float) -> dict[str, float]:
    """The figures of one set of lines."""
    lines: list[tuple[str, str]] = [(text, label) for text, label in one["lines"]]
    random.Random(one["name"]).shuffle(lines)
    meter = Meter(Limits(seconds=seconds))
    calls = FlatCalls(Replies(engine, meter, threading.Event()), meter)
    pieces = tuple(Piece(text) for text, _ in lines)
    asked = Asked(AskKind.CLASSIFY, one["question"], pieces, tuple(one["labels"]))
    answering = labels_for(calls, "1", asked, [None] * len(pieces), itertools.count(1))
    began, read = time.monotonic(), 0
    while True:
        try:
            event = next(answering)
        except StopIteration as end:
            labels = [answer.text for answer in end.value]
            close = [answer.close for answer in end.value]
            break
        if isinstance(event, ReplyEnded):
            read += event.usage.prompt_tokens - event.usage.cached_tokens
    right = [label for _, label in lines]
    return {
        "right": round(sum(map(str.__eq__, labels, right)) / len(right), 3),
        "close": sum(close),
        "close_and_wrong": sum(map(int.__mul__, close, map(str.__ne__, labels, right))),
        "counts_off": off(labels, right),
        "tokens_a_line": round(read / len(right), 1),
        "seconds": round(time.monotonic() - began, 1),
    }


def off(labels: Sequence[str], right: Sequence[str]) -> float:
    """The mean difference between how often a label was given and how often it is right."""
    given, wanted = Counter(labels), Counter(right)
    return round(sum(abs(given[each] - wanted[each]) for each in wanted) / len(wanted), 2)


if __name__ == "__main__":
    main()
