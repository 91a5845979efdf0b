"""A run that goes another way from one of its programs on."""

import threading
from pathlib import Path

import pytest

from rlm_desktop import places
from rlm_desktop.documents.collection import Collection
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.errors import UsageError
from rlm_desktop.runs.events import (
    CallKind,
    CallStarted,
    CodeStarted,
    Event,
    Limits,
    RecipeChosen,
    RunEnded,
    RunStarted,
)
from rlm_desktop.runs.fork import Fork, fork_of
from rlm_desktop.runs.loop import RunLoop
from rlm_desktop.runs.recipes import load_recipes
from rlm_desktop.runs.run import Run
from rlm_desktop.sandbox.process import ProcessSandbox
from tests.runs.test_runs_loop import COUNT, ERRORS, LOG

QUESTION = "How many ERROR lines are there?"


def run(engine: ScriptedEngine, folder: Path, fork: Fork | None = None) -> list[Event]:
    loop = RunLoop(
        engine,
        ProcessSandbox,
        load_recipes(places.resources() / "recipes"),
        Limits(turns=4),
        threading.Event(),
        folder,
    )
    with Collection.of_text(LOG, "store.log", folder) as collection:
        return list(loop.events(QUESTION, collection, fork=fork))


def test_what_came_before_is_run_again_and_the_model_writes_another_program(
    tmp_path: Path,
) -> None:
    first = Run.of(
        run(ScriptedEngine([" count", COUNT, "print(nothing)", "final(len(hits) - 1)"]), tmp_path)
    )
    fork = fork_of(7, first, 2)
    assert fork == Fork(7, QUESTION, "count", (COUNT,))
    engine = ScriptedEngine(["final(len(hits))"])
    happened = run(engine, tmp_path, fork)
    started, ended = happened[0], happened[-1]
    assert isinstance(started, RunStarted)
    assert isinstance(ended, RunEnded)
    assert (started.forks, ended.answer) == (7, str(ERRORS))
    assert [e.recipe for e in happened if isinstance(e, RecipeChosen)] == ["count"]
    kinds = [e.kind for e in happened if isinstance(e, CallStarted)]
    assert CallKind.ROUTE not in kinds, "the worked example is known"
    programs = [(e.code, e.by_loop) for e in happened if isinstance(e, CodeStarted)]
    assert programs[0] == (COUNT, True)
    asked = engine.heard[0]
    assert any(COUNT in said.text for said in asked.messages)
    assert any(str(ERRORS) in said.text for said in asked.messages)
    assert asked.sampling.temperature > 0, "or it would write the same as before"


def test_from_the_first_program_on_nothing_is_taken_over(tmp_path: Path) -> None:
    first = Run.of(run(ScriptedEngine([" count", COUNT, "final(len(hits))"]), tmp_path))
    assert fork_of(1, first, 0).programs == ()
    for turn in (-1, 9):
        with pytest.raises(UsageError, match="run 1 has no program"):
            fork_of(1, first, turn)
    with pytest.raises(UsageError, match="run 1 has no program"):
        fork_of(1, Run(), 0)
