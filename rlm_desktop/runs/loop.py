"""The loop of a Recursive Language Model, told as events.

The loop owns no thread, no window and no file. It is handed an engine and a way to open
sandboxes, and yields what happens; whoever iterates over it decides where the events go, and how
fast. A child run that a program asks for is the same generator again (`yield from`), so the tree
of calls is the call stack.

After A. L. Zhang, T. Kraska, O. Khattab: Recursive Language Models, arXiv 2512.24601.
"""

import itertools
import threading
from collections.abc import Callable, Generator, Iterator, Sequence
from pathlib import Path

from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Part
from rlm_desktop.documents.probe import describe
from rlm_desktop.engine.base import Engine, Prompt
from rlm_desktop.errors import LedNowhere, LimitReached, PromptTooLong, RlmError, Stopped
from rlm_desktop.runs import follow_up, prompts, questions, routing
from rlm_desktop.runs.comparing import the_better
from rlm_desktop.runs.confidence import Grounds, confidence_of
from rlm_desktop.runs.conversation import Answer, Conversation
from rlm_desktop.runs.directly import is_short
from rlm_desktop.runs.events import (
    ROOT,
    CallEnded,
    CallKind,
    CallStarted,
    Confidence,
    Event,
    Limits,
    Outcome,
    PassagesRead,
    RecipeChosen,
    RunEnded,
    RunStarted,
    Source,
    Status,
    WrittenOut,
    depth_of,
)
from rlm_desktop.runs.evidence import Ledger, evidence_for, noting
from rlm_desktop.runs.flat_calls import FlatCalls
from rlm_desktop.runs.follow_up import Earlier
from rlm_desktop.runs.fork import Fork
from rlm_desktop.runs.limits import Meter
from rlm_desktop.runs.look_up import LookUp
from rlm_desktop.runs.pace import Pace
from rlm_desktop.runs.parsing import unfenced
from rlm_desktop.runs.recipes import Recipe
from rlm_desktop.runs.replies import Replies, Reply, Request
from rlm_desktop.runs.serving import Tools
from rlm_desktop.sandbox.base import AskKind, Piece, Sandbox

#: Where the programs of one recipe lead nowhere, the next one that fits is tried; and where it
#: leads that by less than this, both are tried and compared: of 35 such routes 17 were right.
_RECIPES_TRIED = 2
_CLOSE = 0.2


class RunLoop:
    """One run. `scratch` is a folder for texts that child runs are made of.

    `sub_engine`, if there is one, answers what programs ask about pieces of text; by `pace` the
    user may want the answer before the end.
    """

    def __init__(
        self,
        engine: Engine,
        open_sandbox: Callable[[Sequence[Part]], Sandbox],
        recipes: Sequence[Recipe],
        limits: Limits,
        stop: threading.Event,
        scratch: Path,
        sub_engine: Engine | None = None,
        pace: Pace | None = None,
    ) -> None:
        self._engine = engine
        self._sub_engine = sub_engine
        self._recipes = recipes
        self._limits = limits
        self._stop = stop
        self._scratch = scratch
        self._meter = Meter(limits, pace)
        self._replies = Replies(engine, self._meter, stop)
        self._sub_replies = Replies(sub_engine, self._meter, stop) if sub_engine else self._replies
        flat_calls = FlatCalls(self._sub_replies, self._meter)
        self._earlier: Earlier | None = None
        self._fork: Fork | None = None
        self._tools = Tools(self._replies, flat_calls, self._meter, open_sandbox, stop)

    def events(
        self,
        question: str,
        collection: Collection,
        earlier: Earlier | None = None,
        fork: Fork | None = None,
    ) -> Iterator[Event]:
        """Answer the question about the documents. The last event is always a RunEnded.

        `earlier` is what the question follows up on, if it does; `fork` is what is taken over of
        another run with this question.
        """
        yield RunStarted(
            question,
            sources_of(collection),
            self._engine.name,
            self._limits,
            self._sub_engine.name if self._sub_engine else "",
            self._address,
            earlier.run if earlier else None,
            fork.run if fork else None,
        )
        self._earlier, self._fork = earlier, fork
        ledger = Ledger(len(collection))
        try:
            if self._sub_replies is not self._replies:
                yield from self._sub_replies.load()
            yield from self._replies.load()
            solving = self._solve(ROOT, CallKind.ROOT, question, collection, offset=0)
            answer = yield from noting(solving, ledger)
        except (Stopped, LimitReached, RlmError) as end:
            yield RunEnded(
                _outcome_of(end),
                error=str(end) or None,
                coverage=ledger.coverage,
                seconds=self._meter.seconds,
            )
            return
        forced = answer.outcome is Outcome.FORCED
        yield RunEnded(
            answer.outcome,
            answer.text,
            answer.status,
            None if not forced or answer.text else "a limit was reached before anything was found",
            ledger.coverage,
            evidence_for(answer.text, collection, ledger) if answer.text else (),
            self._meter.seconds,
            _confidence_in(answer, ledger.coverage),
        )

    @property
    def _address(self) -> str:
        """Where texts are sent to, by either engine; empty if they stay on this machine."""
        engines = [self._engine] if self._sub_engine is None else [self._engine, self._sub_engine]
        return ", ".join(dict.fromkeys(each.address for each in engines if each.address))

    def _solve(
        self, path: str, kind: CallKind, question: str, collection: Collection, offset: int | None
    ) -> Generator[Event, None, Answer]:
        """A whole run over one text: directly if it is short, else by programs."""
        self._meter.count_calls()
        yield CallStarted(path, kind, question, start=offset if kind is CallKind.RLM else None)
        numbers = itertools.count(1)
        try:
            if path == ROOT and self._earlier is not None:
                call = f"{path}.{next(numbers)}"
                question = yield from self._written_out(call, self._earlier, question)
            if self._fork is None and is_short(question, collection, self._replies):
                answer = yield from self._direct(path, question, collection, offset, numbers)
            else:
                answer = yield from self._by_programs(path, question, collection, offset, numbers)
        except (Stopped, LimitReached, RlmError) as end:
            yield CallEnded(path, _outcome_of(end))
            raise
        yield CallEnded(path, answer.outcome, answer.text)
        return answer

    def _written_out(
        self, path: str, earlier: Earlier, question: str
    ) -> Generator[Event, None, str]:
        """A question that follows up on an earlier one, so that it can be understood alone."""
        prompt = follow_up.written_out_prompt(earlier, question)
        reply = yield from self._one_call(path, CallKind.WRITE_OUT, question, prompt)
        text = follow_up.written_out(reply.text, question)
        yield WrittenOut(text)
        return text

    def _direct(
        self,
        path: str,
        question: str,
        collection: Collection,
        offset: int | None,
        numbers: "itertools.count[int]",
    ) -> Generator[Event, None, Answer]:
        look_up = LookUp(
            collection,
            self._tools.flat_calls,
            offset,
            may_be_absent=questions.may_be_absent(question),
        )
        asked = questions.without_way_out(question)
        found = yield from look_up.whole(path, asked, numbers)
        if offset is not None:
            yield PassagesRead(path, "direct", ((offset, offset + len(collection)),))
        grounds = Grounds({AskKind.LOOK_UP}, [found.likely])
        if not found.found:
            return Answer("NOT FOUND", Outcome.NOT_FOUND, Status.NOT_FOUND, grounds)
        text = questions.in_form(question, found.text)
        return Answer(text, Outcome.ANSWERED, Status.WHOLE, grounds)

    def _by_programs(
        self,
        path: str,
        question: str,
        collection: Collection,
        offset: int | None,
        numbers: "itertools.count[int]",
    ) -> Generator[Event, None, Answer]:
        shape = routing.shape_of(collection)
        earlier = self._earlier if path == ROOT else None
        fork = self._fork if path == ROOT else None
        recipes, margin = yield from self._route(
            f"{path}.{next(numbers)}", question, shape, fork.recipe if fork else ""
        )
        deeper = depth_of(path) < self._limits.depth
        answers: list[tuple[Answer, float]] = []
        for recipe in recipes[:_RECIPES_TRIED]:
            yield RecipeChosen(path, recipe.name)
            conversation = Conversation(
                path,
                collection,
                prompts.opening(question, collection, describe(collection), recipe, shape, earlier),
                self._tools,
                question=question,
                numbers=numbers,
                earlier_programs=earlier.programs if earlier else (),
                taken_over=fork.programs if fork else (),
                offset=offset,
                child_run=self._child_run if deeper else None,
            )
            try:
                answer = yield from conversation.turns(self._limits.turns)
                answer.grounds.recipe_margin = 0.0 if recipe.guesses else margin
                answers.append((answer, conversation.ledger.coverage))
                if margin >= _CLOSE or path != ROOT:
                    break
            except LedNowhere as end:
                limit = str(end)
            except (LimitReached, PromptTooLong) as end:
                limit = str(end)
                break
        if answers:
            return the_better(answers)
        return (yield from self._forced(path, conversation, limit))

    def _route(
        self, path: str, question: str, shape: str, chosen: str
    ) -> Generator[Event, None, tuple[Sequence[Recipe], float]]:
        """The recipes that fit the text, the one that the model finds to fit the question first.

        With it by how much that leads the second, from 0 to 1. It is only the one that is
        `chosen` already, if it is there.
        """
        recipes = routing.fitting(self._recipes, shape)
        if known := tuple(each for each in recipes if each.name == chosen):
            return known, 1.0
        if len(recipes) == 1:
            return recipes, 1.0
        prompt = routing.route_prompt(question, shape, recipes)
        names = routing.names_of(recipes) if self._replies.can_score else ()
        reply = yield from self._one_call(path, CallKind.ROUTE, question, prompt, names)
        return routing.ranked(reply, recipes), 1.0 if reply.margin is None else reply.margin

    def _one_call(
        self,
        path: str,
        kind: CallKind,
        question: str,
        prompt: Prompt,
        labels: Sequence[str] = (),
    ) -> Generator[Event, None, Reply]:
        """One reply; with labels, the likeliest of them."""
        self._meter.count_calls()
        yield CallStarted(path, kind, question)
        try:
            (reply,) = yield from self._replies.together([Request(path, 1, prompt)], labels)
        except (Stopped, RlmError) as end:
            yield CallEnded(path, _outcome_of(end))
            raise
        yield CallEnded(path, Outcome.ANSWERED, reply.text.strip(), reply.margin)
        return reply

    def _forced(
        self, path: str, conversation: Conversation, limit: str
    ) -> Generator[Event, None, Answer]:
        """What can be said at a limit, from what was computed, and flagged as such."""
        if not conversation.has_output:
            return Answer(None, Outcome.FORCED, Status.FORCED)
        child = f"{path}.{conversation.next_number()}"
        yield CallStarted(child, CallKind.EXTRACT, f"The limit of {limit} is reached.")
        try:
            prompt = prompts.extraction(path, conversation.messages, limit)
            reply = yield from self._replies.one(child, 1, prompt)
        except (Stopped, RlmError) as end:
            yield CallEnded(child, _outcome_of(end))
            if isinstance(end, PromptTooLong):
                return Answer(None, Outcome.FORCED, Status.FORCED)
            raise
        answer = unfenced(reply)
        yield CallEnded(child, Outcome.FORCED, answer)
        return Answer(answer or None, Outcome.FORCED, Status.FORCED)

    def _child_run(
        self, path: str, question: str, piece: Piece, start: int | None
    ) -> Generator[Event, None, str]:
        """`rlm(question, piece)`: this same run over a piece."""
        with Collection.of_text(piece.text, "piece", self._scratch) as collection:
            answer = yield from self._solve(path, CallKind.RLM, question, collection, start)
        return answer.text or prompts.NOT_HERE


def sources_of(collection: Collection) -> tuple[Source, ...]:
    """The documents of a run as the store keeps them."""
    return tuple(
        Source(d.name, str(d.path), d.kind, d.chars, d.sha256) for d in collection.documents
    )


def _confidence_in(answer: Answer, coverage: float) -> Confidence | None:
    if answer.text is None or answer.status is None:
        return None
    return confidence_of(answer.status, answer.grounds, coverage)


def _outcome_of(end: Exception) -> Outcome:
    match end:
        case Stopped():
            return Outcome.STOPPED
        case LimitReached():
            return Outcome.FORCED
        case _:
            return Outcome.FAILED
