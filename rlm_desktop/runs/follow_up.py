"""A question that follows up on an answered one: "And in 2012?"

The model writes it out, so that it can be understood alone; from then on it is a question like
any other. The programs of the earlier run are run again, where they asked no model: their
variables are there, and the last of them is shown as an example that the next one may copy.
"""

import re
from dataclasses import dataclass

from rlm_desktop.engine.base import Prompt
from rlm_desktop.runs.counted import counts_again
from rlm_desktop.runs.events import ABOUT_THE_QUESTION, Outcome
from rlm_desktop.runs.run import Run

_INTRODUCTION = """\
A question that follows another one is written out, so that it can be understood alone. One that
can be understood alone is repeated as it is.

First: How many ships entered the harbour in 2031?
Answer: 412
Then: And in 2032?
Written out: How many ships entered the harbour in 2032?

First: Who signed the lease of the mill?
Answer: Nora Lund
Then: When was she born?
Written out: When was Nora Lund born?

First: Which guest complained most often? Reply with the name only.
Answer: Karl Berg
Then: What is the name of the ship?
Written out: What is the name of the ship?

First: Welche Pumpe meldet die meisten Fehler?
Answer: P-17
Then: Und wann zuletzt?
Written out: Wann meldet die Pumpe P-17 zuletzt einen Fehler?

First: Which contracts name a penalty? Reply with their numbers.
Answer: 3, 8, 11
Then: How many of them end before May?
Written out: How many of the contracts 3, 8 and 11 end before May?
"""
_ANSWER_CHARS = 300
_QUESTION_CHARS = 600
_NAMES = re.compile(r"\d+|(?<!^)(?<![.?!] )\b[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Earlier:
    """An answered question about the same documents: the number of its run, and what it came to.

    `programs` are those that ended without a fault, in order, and `output` is what the last of
    them printed; there are none if they asked the model, since that would read everything again.
    """

    run: int
    question: str
    answer: str
    programs: tuple[str, ...] = ()
    output: str = ""


def earlier_of(number: int, run: Run) -> Earlier | None:
    """What can be followed up on; None for a run without an answer."""
    if run.started is None or run.ended is None or run.root is None or not run.ended.answer:
        return None
    if run.ended.outcome not in (Outcome.ANSWERED, Outcome.NOT_FOUND):
        return None
    question, answer = run.started.question, run.ended.answer
    if run.written_out:
        question = run.written_out
    executions = [turn.execution for turn in run.root.turns if turn.execution is not None]
    ended = [each for each in executions if not each.error and not counts_again(each.code)]
    asked_model = any(call.kind not in ABOUT_THE_QUESTION for call in run.root.children)
    if asked_model or not ended:
        return Earlier(number, question, answer)
    return Earlier(number, question, answer, tuple(each.code for each in ended), ended[-1].output)


def written_out_prompt(earlier: Earlier, question: str) -> Prompt:
    """What the model completes with the question, written out."""
    first = _on_one_line(earlier.question)[:_QUESTION_CHARS]
    answer = _on_one_line(earlier.answer)[:_ANSWER_CHARS]
    then = _on_one_line(question)[:_QUESTION_CHARS]
    text = f"{_INTRODUCTION}\nFirst: {first}\nAnswer: {answer}\nThen: {then}\nWritten out:"
    return Prompt(prefill=text, stops=("\n",), max_tokens=160)


def written_out(reply: str, question: str) -> str:
    """The question as the model wrote it out; as it was asked if that lost a name or a number."""
    text = _on_one_line(reply)
    kept = all(name.casefold() in text.casefold() for name in _NAMES.findall(question))
    return text if text and kept else question


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
