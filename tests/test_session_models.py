"""Tests for the two models of a session: one for programs, and one for the sub-calls."""

import threading
from collections.abc import Sequence
from pathlib import Path

import psutil
import pytest

from rlm_desktop import places
from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Part
from rlm_desktop.engine.scripted import ScriptedEngine
from rlm_desktop.errors import ModelError
from rlm_desktop.runs.events import Limits, RunStarted
from rlm_desktop.sandbox.base import Sandbox
from rlm_desktop.session import Session, library, open_session, sub_model_beside
from rlm_desktop.settings import Settings
from rlm_desktop.storage.run_store import RunStore
from tests.models.small_gguf import CHAT, small_gguf


class ClosedEngine(ScriptedEngine):
    closed = False

    def close(self) -> None:
        self.closed = True


def no_sandbox(_: Sequence[Part]) -> Sandbox:
    raise AssertionError("a short text is read whole")


@pytest.fixture
def models(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "large.gguf", tmp_path / "small.gguf"]
    for layers, path in zip((8, 4), paths, strict=True):
        path.write_bytes(small_gguf({**CHAT, "qwen2.block_count": layers}))
    return paths


def test_the_record_of_a_run_names_both_models(tmp_path: Path) -> None:
    large, small = ClosedEngine(["Kiel"]), ClosedEngine([])
    small.name = "small"
    session = Session(large, no_sandbox, places.database(), [], places.texts(), small)
    with Collection.of_text("The ferry leaves Kiel.", "note", tmp_path) as collection:
        asking = session.ask("Where from?", collection, Limits(), threading.Event())
        assert [*asking.events][-1]
    with RunStore(places.database()) as store:
        started = next(store.events(asking.number))
    assert isinstance(started, RunStarted)
    assert (started.model, started.sub_model) == ("scripted", "small")
    session.close()
    assert large.closed
    assert small.closed


def test_the_settings_name_a_second_model(models: list[Path]) -> None:
    large, small = models
    settings = Settings(model=str(large), sub_model=str(small))
    session = open_session(settings)
    try:
        assert session.sub_engine is not None
        assert (session.engine.name, session.sub_engine.name) == ("large", "small")
    finally:
        session.close()


def test_the_same_model_is_opened_once(models: list[Path]) -> None:
    file = library().get(str(models[0]))
    assert sub_model_beside(file, Settings()) is None
    assert sub_model_beside(file, Settings(sub_model=str(models[0]))) is None


def test_both_must_fit_together(models: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    class Memory:
        available = 1000

    file = library().get(str(models[0]))
    monkeypatch.setattr(psutil, "virtual_memory", Memory)
    with pytest.raises(ModelError, match="do not fit into the memory together"):
        sub_model_beside(file, Settings(sub_model=str(models[1])))


def test_a_second_model_that_is_not_there_is_named(models: list[Path]) -> None:
    with pytest.raises(ModelError, match="gone"):
        open_session(Settings(model=str(models[0]), sub_model="gone"))
