"""What an export for people says, apart from how it looks: sections, texts and literal blocks.

Markdown and HTML are two ways to write the same outline, so that neither forgets anything.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from rlm_desktop.runs.events import Evidence, RunEnded
from rlm_desktop.runs.run import Call, Run, Turn

#: Characters of the piece of a sub-call that are shown; a run may have thousands of pieces.
PIECE = 400


@dataclass(frozen=True, slots=True)
class Text:
    """What was said, in prose."""

    text: str


@dataclass(frozen=True, slots=True)
class Facts:
    """Short facts for one line."""

    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bullets:
    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Literal:
    """A text to the letter: a program, what it printed, a quote."""

    label: str
    text: str
    language: str = "text"


@dataclass(frozen=True, slots=True)
class Section:
    """A title and what stands below it; `folded` where it may be hidden at first."""

    title: str
    blocks: tuple["Block", ...]
    folded: bool = False


Block = Text | Facts | Bullets | Literal | Section


def outline(run: Run) -> Section:
    """The whole run, under its question."""
    return Section(run.started.question if run.started else "Run", tuple(_blocks(run)))


def _blocks(run: Run) -> Iterator[Block]:
    ended = run.ended
    if ended and ended.answer is not None:
        yield Text(ended.answer)
    yield Facts(tuple(_facts(run)))
    if run.started and run.started.follows is not None:
        understood = run.written_out or run.started.question
        yield Bullets((f"Follows up on run {run.started.follows}, understood as: {understood}",))
    if run.started and run.started.address:
        yield Bullets((sent_to(run.started.address),))
    if ended and ended.error:
        yield Literal("Error", ended.error)
    if run.notes:
        yield Bullets(tuple(run.notes))
    if run.started and run.started.sources:
        names = (f"{s.name} ({s.kind}, {s.chars:,} characters)" for s in run.started.sources)
        yield Section("Documents", (Bullets(tuple(names)),))
    if ended and ended.evidence:
        quotes = (Literal(_place(passage), passage.quote) for passage in ended.evidence)
        yield Section("Evidence", tuple(quotes))
    if run.root:
        yield _call(run.root, run.started.question if run.started else "")


def sent_to(address: str) -> str:
    """That the text of a run left this machine, and to where."""
    return f"The text was sent to {address}."


def _facts(run: Run) -> Iterator[str]:
    if run.ended:
        yield run.ended.outcome
        if run.ended.status and run.ended.status.value != run.ended.outcome.value:
            yield run.ended.status
        if run.ended.confidence:
            yield run.ended.confidence
        yield f"{run.ended.coverage:.0%} of the text looked at"
        yield _duration(run.ended)
    else:
        yield "not finished"
    yield f"{run.calls:,} calls"
    yield f"{run.turns:,} turns"
    if run.started:
        yield f"model {run.started.model}"
        if run.started.sub_model:
            yield f"model of the sub-calls {run.started.sub_model}"


def _duration(ended: RunEnded) -> str:
    if ended.seconds < 60:
        return f"{ended.seconds:.1f} s"
    minutes, seconds = divmod(round(ended.seconds), 60)
    return f"{minutes:,} min {seconds} s"


def _place(passage: Evidence) -> str:
    page = "" if passage.page is None else f", page {passage.page}"
    return (
        f"{passage.document}{page}, line {passage.line}"
        f" (characters {passage.start:,} to {passage.end:,})"
    )


def _call(call: Call, question: str) -> Section:
    """A call with all below it; `question` need not be said again."""
    blocks: list[Block] = []
    if call.prompt != question:
        blocks.append(Literal("Asked", call.prompt))
    if call.text:
        blocks.append(_piece(call))
    if call.recipe is not None:
        blocks.append(Facts((f"recipe {call.recipe}",)))
    several = len(call.turns) > 1
    for number, turn in enumerate(call.turns, 1):
        inner = tuple(_turn(turn, call.answer))
        blocks += [Section(f"Turn {number}", inner)] if several else inner
    if call.answer is not None:
        blocks.append(Literal("Answer", call.answer))
    if call.outcome is not None:
        blocks.append(Facts((call.outcome, *_closeness(call))))
    blocks += [_call(child, question) for child in call.children]
    return Section(f"Call {call.path}: {call.kind}", tuple(blocks), folded="." in call.path)


def _closeness(call: Call) -> Iterator[str]:
    """That another label fits nearly as well; nothing if it does not."""
    if call.close:
        yield f"a close call, ahead of the next label by {call.margin:.0%}"


def _piece(call: Call) -> Literal:
    place = "" if call.start is None else f" from character {call.start:,}"
    label = f"Given{place}, {len(call.text):,} characters"
    if len(call.text) > PIECE:
        label += f", of which the first {PIECE}"
    return Literal(label, call.text[:PIECE])


def _turn(turn: Turn, answer: str | None) -> Iterator[Block]:
    execution = turn.execution
    said_elsewhere = execution.code if execution else answer or ""
    if turn.reply.strip() not in ("", said_elsewhere.strip()):
        yield Literal("Reply", turn.reply)
    if execution:
        title = "Program of the loop itself" if execution.by_loop else "Program"
        yield Literal(title, execution.code, "python")
        if execution.output:
            yield Literal("Output", execution.output)
        if execution.error is not None:
            yield Literal("Error", execution.error)
        if execution.blocked:
            yield Bullets(tuple(f"blocked: {act}" for act in execution.blocked))
    if turn.advice:
        yield Bullets(tuple(f"advice: {advice}" for advice in turn.advice))
