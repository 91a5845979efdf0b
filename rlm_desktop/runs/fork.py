"""A run that goes another way from one of its programs on: what came before is taken over."""

from dataclasses import dataclass

from rlm_desktop.errors import UsageError
from rlm_desktop.runs.run import Run


@dataclass(frozen=True, slots=True)
class Fork:
    """What is taken over of a kept run, whose number is `run`.

    `programs` of the model are run again, in order, and shown to it as its own. `recipe` is the
    worked example that it was shown; empty if none was.
    """

    run: int
    question: str
    recipe: str
    programs: tuple[str, ...]


def fork_of(number: int, run: Run, turn: int) -> Fork:
    """What comes before a turn of the root call, counted from 0.

    What failed, and what the loop itself ran, is left out. Raises UsageError if there is none.
    """
    if run.started is None or run.root is None or not 0 <= turn < len(run.root.turns):
        raise UsageError(f"run {number} has no program {turn + 1} to go on from")
    before = [each.execution for each in run.root.turns[:turn] if each.execution is not None]
    programs = tuple(each.code for each in before if not each.by_loop and not each.error)
    question = run.written_out or run.started.question
    return Fork(number, question, run.root.recipe or "", programs)
