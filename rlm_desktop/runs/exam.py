"""An exam for a model: what it can be trusted with, in about two minutes.

Made of small tasks like those of real runs, on texts made by rule whose answers are known, and
through the same loop. What it says of a model holds for this program: a model that writes fine
letters may still write no program that runs.
"""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Part
from rlm_desktop.engine.base import Done, Engine, Message, Prompt, Scored, Wrote
from rlm_desktop.errors import Stopped
from rlm_desktop.runs import events, exam_texts, guards, prompts
from rlm_desktop.runs.events import Limits
from rlm_desktop.runs.levels import Level
from rlm_desktop.runs.loop import RunLoop
from rlm_desktop.runs.recipes import Recipe
from rlm_desktop.sandbox.base import Sandbox

#: A task may take so long, however slow the model is.
_LIMITS = Limits(turns=4, calls=60, seconds=90)
#: Of the notes, so many must be labelled rightly: three in four.
_NOTES_RIGHT = 12


@dataclass(frozen=True, slots=True)
class Tried:
    """One task: what it shows, whether the model passed, in what time, and what it replied."""

    shows: str
    passed: bool
    seconds: float
    reply: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the exam says of a model, in words, and the level that suits it."""

    sentence: str
    level: Level


#: What each task shows.
COUNTS, RANKS, FINDS, ADMITS = "counts", "ranks", "finds", "admits"
LABELS, WRITES, FOREIGN = "labels", "writes", "foreign"
_WORDS = {
    COUNTS: "counting lines by a program",
    RANKS: "finding by a program what comes most often",
    FINDS: "finding a fact in a long text",
    ADMITS: "saying so when the text does not hold the answer",
    LABELS: "labelling short texts",
    WRITES: "long replies",
    FOREIGN: "texts in German",
}


def in_words(shows: str) -> str:
    """What a task shows, in words."""
    return _WORDS[shows]


class Exam:
    """The tasks, for one engine, which is loaded. `scratch` is a folder for the texts."""

    def __init__(
        self,
        engine: Engine,
        open_sandbox: Callable[[Sequence[Part]], Sandbox],
        recipes: Sequence[Recipe],
        scratch: Path,
        stop: threading.Event,
    ) -> None:
        self._engine = engine
        self._open_sandbox = open_sandbox
        self._recipes = recipes
        self._scratch = scratch
        self._stop = stop

    @property
    def tasks(self) -> tuple[str, ...]:
        """What the tasks show, in their order."""
        return tuple(_WORDS)

    def take(self) -> Iterator[Tried]:
        """The tasks one after the other. Raises Stopped, or what the engine raises."""
        doing = {
            COUNTS: self._counts,
            RANKS: self._ranks,
            FINDS: self._finds,
            ADMITS: self._admits,
            LABELS: self._labels,
            WRITES: self._writes,
            FOREIGN: self._foreign,
        }
        for shows, task in doing.items():
            began = time.monotonic()
            passed, reply = task()
            yield Tried(shows, passed, time.monotonic() - began, reply)

    def _counts(self) -> tuple[bool, str]:
        text = exam_texts.log()
        right = sum("ALARM" in line for line in text.splitlines())
        reply = self._answer("How many lines report an ALARM? Reply with the number only.", text)
        return reply == str(right), reply

    def _ranks(self) -> tuple[bool, str]:
        text = exam_texts.log()
        gates = [line.split()[3] for line in text.splitlines()]
        right = max(sorted(set(gates)), key=gates.count)
        asked = "Which gate has the most lines? Reply with the name only."
        reply = self._answer(asked, text)
        return reply == right, reply

    def _finds(self) -> tuple[bool, str]:
        asked = "Where does the widow Aagaard hide the deed of the mill?"
        reply = self._answer(asked, exam_texts.book())
        return "blue clock" in reply.lower(), reply

    def _admits(self) -> tuple[bool, str]:
        asked = (
            "What is the name of the widow Aagaard's horse? "
            "If the text does not hold the answer, reply NOT FOUND."
        )
        reply = self._answer(asked, exam_texts.book())
        return guards.is_not_found(reply), reply

    def _labels(self) -> tuple[bool, str]:
        labels = ("complaint", "praise")
        asked = "Is this note of a guest a complaint or praise?"
        texts = [text for text, _ in exam_texts.NOTES]
        if not self._engine.can_score:
            given = [
                self._reply(prompts.label_of(asked, text, labels, written=True)) for text in texts
            ]
        else:
            asking = [prompts.label_of(asked, text, labels, written=False) for text in texts]
            scored: dict[int, Scored] = {}
            for each in self._engine.score(asking, labels, self._stop):
                scored[each.index] = each
            given = [scored[index].best.label for index in range(len(texts))]
        right = sum(
            label == wanted for label, (_, wanted) in zip(given, exam_texts.NOTES, strict=True)
        )
        return right >= _NOTES_RIGHT, f"{right} of {len(texts)} right"

    def _writes(self) -> tuple[bool, str]:
        lines = exam_texts.items()
        asked = "Copy this list word for word, all lines, and write nothing else.\n\n"
        prompt = Prompt((Message("user", asked + "\n".join(lines)),), max_tokens=800)
        written = self._reply(prompt).splitlines()
        there = sum(line in written for line in lines)
        return there == len(lines), f"{there} of {len(lines)} lines"

    def _foreign(self) -> tuple[bool, str]:
        asked = "Wie hieß der Wärter des Leuchtturms?"
        reply = self._reply(prompts.from_passages(asked, [exam_texts.GERMAN]))
        return "onno petersen" in reply.lower(), reply

    def _answer(self, question: str, text: str) -> str:
        """What a whole run answers to a question about a text; empty if it answers nothing."""
        loop = RunLoop(
            self._engine, self._open_sandbox, self._recipes, _LIMITS, self._stop, self._scratch
        )
        with Collection.of_text(text, "exam.txt", self._scratch) as collection:
            (ended,) = [
                event
                for event in loop.events(question, collection)
                if isinstance(event, events.RunEnded)
            ]
        if ended.outcome is events.Outcome.STOPPED:
            raise Stopped
        return (ended.answer or "").strip()

    def _reply(self, prompt: Prompt) -> str:
        pieces: list[str] = []
        for message in self._engine.generate([prompt], self._stop):
            match message:
                case Wrote(_, text):
                    pieces.append(text)
                case Done():
                    pass
        return "".join(pieces).strip()


def verdict_of(tried: Sequence[Tried]) -> Verdict:
    """What the tasks say together.

    A model that reads but cannot write programs gets short runs: more time would not help it.
    One that admits what it does not know may read everything.
    """
    passed = [each.shows for each in tried if each.passed]
    failed = [each.shows for each in tried if not each.passed]
    good = ", ".join(_WORDS[shows] for shows in passed) or "nothing that was tried"
    sentence = f"Good for: {good}."
    if failed:
        bad = ", ".join(_WORDS[shows] for shows in failed)
        sentence += f" Check its answers, or take another model, for: {bad}."
    programs = {COUNTS, RANKS} & set(passed)
    return Verdict(sentence, Level.THOROUGH if programs else Level.QUICK)
