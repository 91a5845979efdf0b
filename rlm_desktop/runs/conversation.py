"""A conversation about a text: program after program, until one gives the answer."""

import itertools
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field

from rlm_desktop.documents.collection import Collection
from rlm_desktop.engine.base import Message, Sampling
from rlm_desktop.errors import (
    LedNowhere,
    LimitReached,
    RlmError,
    SandboxDied,
    SandboxError,
    Stopped,
)
from rlm_desktop.runs import by_number, counted, guards, prompts, questions, second_look
from rlm_desktop.runs.confidence import Grounds
from rlm_desktop.runs.doubts import Doubts
from rlm_desktop.runs.events import (
    ActBlocked,
    Advised,
    CodeEnded,
    CodeStarted,
    Event,
    Outcome,
    OutputGrew,
    PeerDied,
    Status,
)
from rlm_desktop.runs.evidence import Ledger
from rlm_desktop.runs.parsing import Program, program_in
from rlm_desktop.runs.remarks import Remarks
from rlm_desktop.runs.serving import ChildRuns, Serving, Tools
from rlm_desktop.sandbox.base import (
    Asked,
    Blocked,
    Finished,
    Printed,
    Read,
    Sandbox,
)

_BLOCKED_ACTS = 3
_SANDBOX_DEATHS = 3
#: Programs in a row that failed or came again. A small model that goes in circles does not leave
#: them: of ten more turns none did.
_FUTILE_TRIES = 6
#: Greedy decoding repeats itself after an unchanged error; a second try is sampled.
_SECOND_TRY = 0.5
_HOTTER = 0.2
_HOTTEST = 1.1


@dataclass(frozen=True, slots=True)
class Answer:
    """What a conversation or a direct call came to."""

    text: str | None
    outcome: Outcome
    status: Status | None
    grounds: Grounds = field(default_factory=Grounds)


class Conversation:
    """One call that writes programs.

    `offset` is where its text stands in the text of the run; None if it stands nowhere there, as
    a text does that a program put together. `child_run` is None at the last depth. What the
    `earlier_programs` leave in their variables is there when the first program begins; what is
    `taken_over` of another run is shown to the model, too, as what it wrote itself.
    """

    def __init__(
        self,
        path: str,
        collection: Collection,
        messages: list[Message],
        tools: Tools,
        *,
        question: str,
        numbers: "itertools.count[int]",
        offset: int | None,
        child_run: ChildRuns | None,
        earlier_programs: Sequence[str] = (),
        taken_over: Sequence[str] = (),
    ) -> None:
        self._path = path
        self._collection = collection
        self._messages = messages
        self._tools = tools
        self._numbers = numbers
        self.ledger = Ledger(len(collection))
        self._question = question
        self._doubts = Doubts(question, collection, self.ledger)
        self._sandbox: Sandbox
        self._outputs = ""
        self._last_output = ""
        self._fingerprints: set[str] = set()
        self._kept_names: dict[str, None] = {}
        self._serving = Serving(
            path,
            collection,
            tools,
            self.ledger,
            numbers,
            offset=offset,
            child_run=child_run,
            question=question,
        )
        self._earlier_programs = earlier_programs
        self._taken_over = taken_over
        self._blocked = 0
        self._deaths = 0

    @property
    def messages(self) -> Sequence[Message]:
        return self._messages

    @property
    def has_output(self) -> bool:
        """Whether there is anything that an answer could be taken from at a limit."""
        return bool(self._outputs.strip())

    def next_number(self) -> int:
        """The number of the next call that this one makes."""
        return next(self._numbers)

    def turns(self, most: int) -> Generator[Event, None, Answer]:
        """Go on until a program gives the answer. Raises LedNowhere after `most` turns."""
        self._sandbox = yield from self._open()
        try:
            for code in self._earlier_programs:
                self._doubts.programs.append(code)
                yield from self._execute(code, by_loop=True)
            for code in self._taken_over:
                yield from self._take_over(code)
            # Greedy, it would write again what it wrote in the run that this one departs from.
            turn, spared, tries = 1, False, 1 if self._taken_over else 0
            while turn <= most:
                self._tools.meter.check()
                prompt = prompts.program(self._path, self._messages, _sampling(tries, turn))
                reply = yield from self._tools.replies.one(self._path, turn, prompt)
                program = program_in(reply)
                advice = program.error or guards.repeated(program.fingerprint, self._fingerprints)
                if advice:
                    yield from self._send_back(program, advice)
                    tries += 1
                    if tries >= _FUTILE_TRIES:
                        raise LedNowhere(f"tries that led nowhere ({tries})")
                    # The first program that does not compile costs no turn.
                    turn, spared = turn + (spared or not program.error), True
                    continue
                self._doubts.programs.append(program.code)
                self._fingerprints.add(program.fingerprint)
                finished = yield from self._execute(program.code)
                answer = yield from self._judge(program, finished, left=most - turn)
                if answer is not None:
                    return answer
                tries = tries + 1 if finished.error else 0
                turn += 1
            raise LedNowhere(f"turns ({most})")
        finally:
            self._sandbox.close()

    def _take_over(self, code: str) -> Generator[Event, None, None]:
        """Run a program of another run, as if the model had written it here."""
        self._doubts.programs.append(code)
        finished = yield from self._execute(code, by_loop=True)
        self._messages += [prompts.written(code), self._report(finished, ())]

    def _send_back(self, program: Program, advice: str) -> Generator[Event, None, None]:
        yield Advised(self._path, advice)
        self._messages += [prompts.written(program.code), Message("user", advice)]

    def _judge(
        self, program: Program, finished: Finished, left: int
    ) -> Generator[Event, None, Answer | None]:
        """The answer, if the program gave one that stands; else tell the model what came of it."""
        advice: list[str] = []
        if finished.answer is not None:
            # What is doubted may be insisted on, by the very same program.
            self._fingerprints.discard(program.fingerprint)
            doubt = self._doubts.about(
                finished.answer, self._outputs, asked_model=self._serving.asked_model
            )
            if doubt is None:
                answer = yield from self._looked_at_again(finished.answer)
                yield from self._counted_again(answer)
                return self._answer(answer)
            advice.append(doubt)
            if guards.says_nothing(finished.answer) or guards.is_empty(finished.answer):
                advice += yield from self._tried_alone()
        self._doubts.note(failed=finished.error is not None)
        if left == 1:
            advice.append("One program is left: call final in it.")
        for sentence in advice:
            yield Advised(self._path, sentence)
        self._messages += [
            prompts.written(program.code),
            self._report(finished, advice),
        ]
        return None

    def _tried_alone(self) -> Generator[Event, None, list[str]]:
        """What the conditions of a program that found nothing let through, each alone."""
        trying = self._doubts.conditions_alone
        if trying is None:
            return []
        said = self._last_output
        yield from self._execute(trying, by_loop=True)
        told, self._last_output = self._last_output.strip(), said
        return [f"Each condition of your program alone:\n{told}"] if told else []

    def _report(self, finished: Finished, advice: Sequence[str]) -> Message:
        """What the model is told of the last program."""
        remarks = self._serving.remarks.sentences
        return prompts.report(self._last_output, finished.error, [*remarks, *advice])

    def _answer(self, text: str) -> Answer:
        grounds = self._serving.grounds
        grounds.doubted = grounds.doubted or self._doubts.any_raised
        if guards.is_not_found(text):
            return Answer(text.strip(), Outcome.NOT_FOUND, Status.NOT_FOUND, grounds)
        told = questions.in_form(self._question, text)
        if grounds.cut_short:
            return Answer(told, Outcome.FORCED, Status.FORCED, grounds)
        status = Status.READ if self._serving.asked_model else Status.COMPUTED
        return Answer(told, Outcome.ANSWERED, status, grounds)

    def _looked_at_again(self, answer: str) -> Generator[Event, None, str]:
        """Look the question up before a "not found" is believed, and take by example what was
        taken by its number in a line; what that gives is the answer.

        Not if a program has asked the model: to run it again would read everything again.
        """
        asked_model = self._serving.asked_model
        program = second_look.program_for(self._question, answer, asked_model=asked_model)
        if program is None and not asked_model:
            program = by_number.by_example(self._question, self._doubts.programs)
        if program is None:
            return answer
        finished = yield from self._execute(program, by_loop=True)
        again = finished.answer
        if again is None or questions.lacks_number(self._question, again):
            return answer
        return again

    def _counted_again(self, answer: str) -> Generator[Event, None, None]:
        """Show what was counted, and doubt a count that is another in other letters."""
        if self._serving.asked_model:
            return
        program = counted.program_for(self._question, self._doubts.programs, answer)
        if program is not None:
            again = (yield from self._execute(program, by_loop=True)).answer
            self._serving.grounds.doubted = again not in (None, answer.strip().replace(",", ""))

    def _execute(self, code: str, *, by_loop: bool = False) -> Generator[Event, None, Finished]:
        """Run one program and answer what it asks."""
        yield CodeStarted(self._path, code, by_loop)
        output: list[str] = []
        self._last_output = ""
        self._serving.remarks = Remarks()
        try:
            for message in self._sandbox.execute(code, self._tools.stop):
                match message:
                    case Printed(text):
                        output.append(text)
                        yield OutputGrew(self._path, text)
                    case Asked():
                        yield from self._serving.serve(message, self._sandbox)
                    case Blocked(act):
                        self._blocked += 1
                        yield ActBlocked(self._path, act)
                    case Read(by, spans, hits):
                        yield from self._serving.read(by, spans, hits=hits)
                    case Finished():
                        finished = message
        except SandboxDied as died:
            yield CodeEnded(self._path, "".join(output), str(died))
            self._sandbox.close()
            yield from self._bury(died)
            self._sandbox = yield from self._open()
            finished = Finished(error=f"{died}. All variables are lost; `context` is back.")
        except (Stopped, LimitReached, RlmError) as end:
            said = "".join(output)
            yield CodeEnded(self._path, said, str(end) or "stopped")
            if isinstance(end, LimitReached):  # the forced answer may be taken from it
                self._outputs += said
                self._messages += [prompts.written(code), prompts.report(said, None, [])]
            raise
        else:
            yield CodeEnded(self._path, "".join(output), finished.error, finished.seconds)
            self._kept_names |= dict.fromkeys(finished.names)
        self._last_output = "".join(output)
        self._outputs += self._last_output
        if self._blocked >= _BLOCKED_ACTS:
            raise SandboxError(
                f"programs tried {self._blocked} times to do what is forbidden here. The document "
                "may be steering the model, so the run was ended; the programs are kept in it"
            )
        return finished

    def _open(self) -> Generator[Event, None, Sandbox]:
        """A sandbox with the text in place and no variables."""
        while True:
            try:
                return self._tools.open_sandbox(self._collection.parts)
            except SandboxDied as died:
                yield from self._bury(died)

    def _bury(self, died: SandboxDied) -> Generator[Event, None, None]:
        """Say that the sandbox is gone, and with it what; the third time it ends the run."""
        self._deaths += 1
        if self._deaths >= _SANDBOX_DEATHS:
            raise SandboxError(f"the sandbox ended {self._deaths} times, at last: {died}") from died
        names = ", ".join(self._kept_names)
        self._kept_names.clear()
        self._fingerprints.clear()  # what was lost may be computed again
        lost = f"Lost: {names}." if names else "Nothing was lost."
        yield PeerDied(self._path, "sandbox", str(died), lost)


def _sampling(tries: int, turn: int) -> Sampling:
    """Greedy at first; after a program that failed or came again, hotter with each try."""
    if not tries:
        return Sampling()
    return Sampling(min(_HOTTEST, _SECOND_TRY + _HOTTER * (tries - 1)), 0.95, turn)
