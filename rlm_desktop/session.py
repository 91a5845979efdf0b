"""What is open: the engine, the store, the recipes. The window and the command line hold one.

`Session.ask` is the one way in which a question becomes a run: what happens is kept before it is
handed on.
"""

import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

import psutil

from rlm_desktop import places
from rlm_desktop.documents.collection import Collection
from rlm_desktop.documents.document import Part
from rlm_desktop.engine.base import USUAL_WINDOW, Engine
from rlm_desktop.engine.hardware import describe
from rlm_desktop.engine.offload import room
from rlm_desktop.engine.openai import OpenAIEngine, key_of_environment
from rlm_desktop.engine.process import ProcessEngine
from rlm_desktop.engine.speed import SpeedBook
from rlm_desktop.errors import UsageError
from rlm_desktop.models import fit, side_by_side, verify
from rlm_desktop.models.exams import Exams, Kept
from rlm_desktop.models.fit import Fit, Verdict
from rlm_desktop.models.library import Library, ModelFile
from rlm_desktop.models.memory import gpu_bytes
from rlm_desktop.runs import exam
from rlm_desktop.runs.events import Event, Limits
from rlm_desktop.runs.follow_up import Earlier, earlier_of
from rlm_desktop.runs.fork import Fork, fork_of
from rlm_desktop.runs.levels import Level
from rlm_desktop.runs.loop import RunLoop, sources_of
from rlm_desktop.runs.pace import Pace
from rlm_desktop.runs.recipes import Recipe, load_recipes, with_own_recipes
from rlm_desktop.runs.run import Run
from rlm_desktop.sandbox.base import Sandbox
from rlm_desktop.sandbox.process import ProcessSandbox
from rlm_desktop.settings import Settings
from rlm_desktop.storage.run_store import RunStore

#: What the server of the settings is called among the models.
SERVER = "server"


@dataclass(frozen=True, slots=True)
class Asking:
    """A question that was asked: the number of its run, and what happens in it."""

    number: int
    events: Iterator[Event]


class Session:
    """An engine and a place to keep runs.

    `sub_engine`, if there is one, answers what programs ask about pieces of text; it is loaded
    with the first question.

    `ask` may be called from any thread, one question at a time; the connection to the database
    belongs to the thread that asks.
    """

    def __init__(
        self,
        engine: Engine,
        open_sandbox: Callable[[Sequence[Part]], Sandbox],
        database: Path,
        recipes: Sequence[Recipe],
        scratch: Path,
        sub_engine: Engine | None = None,
        speed_book: SpeedBook | None = None,
        faults: Sequence[str] = (),
    ) -> None:
        self.engine = engine
        self._faults = faults
        self._speed_book = speed_book
        self.sub_engine = sub_engine
        self._open_sandbox = open_sandbox
        self._database = database
        self._recipes = recipes
        self._scratch = scratch

    def ask(
        self,
        question: str,
        collection: Collection,
        limits: Limits,
        stop: threading.Event,
        follows: int | None = None,
        pace: Pace | None = None,
        fork: tuple[int, int] | None = None,
    ) -> Asking:
        """Ask a question about documents; it is kept before this returns.

        `follows` is the number of the run that it follows up on; with `pace` the user holds the
        run, or has it answer with what it has. `fork` is the number of a run with this question,
        and the turn of it, from 0, from which on it is to go another way. Raises UsageError for an
        empty question, or if that run has no answer, or no such turn, or was about other documents;
        StorageError.
        """
        question = question.strip()
        if not question:
            raise UsageError("the question is empty: write what you want to know")
        loop = RunLoop(
            self.engine,
            self._open_sandbox,
            self._recipes,
            limits,
            stop,
            self._scratch,
            self.sub_engine,
            pace,
        )
        store = RunStore(self._database)
        try:
            earlier = None if follows is None else _earlier(store, follows, collection)
            departed = None if fork is None else _fork(store, *fork, collection)
            happening = loop.events(question, collection, earlier, departed)
            started = next(happening)
            number = store.record(started, None, 0)
        except BaseException:
            store.close()
            raise
        kept = _kept(store, number, started, happening)
        return Asking(number, kept if pace is None else _paced(kept, pace, stop))

    @property
    def address(self) -> str:
        """Where the texts go that are asked about; empty if they stay on this machine."""
        engines = [self.engine] if self.sub_engine is None else [self.engine, self.sub_engine]
        return ", ".join(dict.fromkeys(each.address for each in engines if each.address))

    @property
    def notice(self) -> str:
        """What the user should know of own recipes, of what is kept beside the runs, and of the
        models as they were loaded; empty if all is well."""
        engines = [self.engine, self.sub_engine]
        notices = [*self._faults]
        notices += [engine.notice for engine in engines if isinstance(engine, ProcessEngine)]
        if self._speed_book is not None:
            notices.append(self._speed_book.notice)
        return "; ".join(filter(None, notices))

    def close(self) -> None:
        """End the processes of the engines."""
        self.engine.close()
        if self.sub_engine is not None:
            self.sub_engine.close()


def _kept(
    store: RunStore, number: int, started: Event, happening: Iterator[Event]
) -> Iterator[Event]:
    """What happens, each event kept before it is handed on."""
    try:
        yield started
        for index, event in enumerate(happening, start=1):
            store.record(event, number, index)
            yield event
    finally:
        store.close()


def _paced(happening: Iterator[Event], pace: Pace, stop: threading.Event) -> Iterator[Event]:
    """What happens, as long as the user does not hold it."""
    for event in happening:
        yield event
        pace.wait(stop)


def can_be_followed(run: Run, collection: Collection) -> bool:
    """Whether a question about these documents may follow up on a run."""
    return is_about(run, collection) and earlier_of(0, run) is not None


def is_about(run: Run, collection: Collection) -> bool:
    """Whether a run was about these documents, as they are now."""
    asked_about = [source.sha256 for source in run.started.sources] if run.started else []
    return asked_about == [source.sha256 for source in sources_of(collection)]


def _earlier(store: RunStore, number: int, collection: Collection) -> Earlier:
    """What a question about these documents follows up on. Raises UsageError if it cannot."""
    run = Run.of(store.events(number))
    if not is_about(run, collection):
        raise UsageError(
            f"run {number} was about other documents, or they have changed since: open those that"
            " it was about, or ask the question by itself"
        )
    earlier = earlier_of(number, run)
    if earlier is None:
        raise UsageError(f"run {number} has no answer to follow up on: ask the question by itself")
    return earlier


def _fork(store: RunStore, number: int, turn: int, collection: Collection) -> Fork:
    """What is taken over of a run about these documents. Raises UsageError if it cannot be."""
    run = Run.of(store.events(number))
    if not is_about(run, collection):
        raise UsageError(
            f"run {number} was about other documents, or they have changed since: open those that"
            " it was about"
        )
    return fork_of(number, run, turn)


def limits_of(settings: Settings, model: str | None = None) -> Limits:
    """The limits that the settings ask for; less where an exam said so of the model.

    Raises ModelError for a model that is not there.
    """
    limits = Limits(seconds=settings.max_minutes * 60)
    if settings.server_address and model in (None, SERVER):
        return limits
    file = library().get(model or settings.model)
    kept = Exams(places.exams()).of(file.name, file.size)
    if kept is None or kept.level != Level.QUICK:
        return limits
    quick = Level.QUICK.limits
    return replace(quick, seconds=min(quick.seconds, limits.seconds))


def library() -> Library:
    """The models of this machine."""
    return Library(places.models(), places.resources() / "catalogue.json")


def window_of(settings: Settings, facts: verify.GgufFacts) -> int:
    """How many tokens of context to make room for."""
    most = facts.context_length or USUAL_WINDOW
    return min(settings.window or USUAL_WINDOW, most)


def require_fit(facts: verify.GgufFacts, window: int, settings: Settings) -> Fit:
    """How a model fits. Raises ModelError, with the way out, if it does not.

    Only a model that does not fit beside the other programs is worth the second it takes to ask
    for graphics cards.
    """
    available = psutil.virtual_memory().available
    found = fit.fit(facts, window, available)
    if found.verdict is not Verdict.WONT_FIT:
        return found
    free = room(describe().devices) if settings.gpu_layers else 0
    return fit.require_fit(facts, window, available, free)


def open_engine(
    file: ModelFile, settings: Settings, speed_book: SpeedBook | None = None
) -> ProcessEngine:
    """The engine for a model, not loaded yet.

    The file is checked before llama.cpp sees it. Raises ModelError naming it and the way out.
    """
    facts = verify.check(file.path)
    window = window_of(settings, facts)
    require_fit(facts, window, settings)
    return ProcessEngine(
        file.path,
        name=file.name,
        threads=settings.threads,
        window=window,
        gpu_layers=settings.gpu_layers,
        gpu_bytes=gpu_bytes(facts, window),
        speed_book=speed_book,
    )


def sub_model_beside(file: ModelFile, settings: Settings) -> ModelFile | None:
    """The model for the sub-calls, if the settings name another one than `file`.

    Raises ModelError if both together need more memory than is free.
    """
    if not settings.sub_model:
        return None
    sub_file = library().get(settings.sub_model)
    if sub_file.path == file.path:
        return None
    facts, sub_facts = verify.check(file.path), verify.check(sub_file.path)
    side_by_side.require_both(
        facts,
        window_of(settings, facts),
        sub_facts,
        window_of(settings, sub_facts),
        psutil.virtual_memory().available,
    )
    return sub_file


def open_server(settings: Settings) -> OpenAIEngine:
    """The engine for the server that the settings name, which was not asked anything yet."""
    return OpenAIEngine(
        settings.server_address,
        settings.server_model,
        key=key_of_environment(),
        window=settings.server_window,
    )


def _open_engines(
    settings: Settings, model: str | None, book: SpeedBook
) -> tuple[Engine, Engine | None]:
    if settings.server_address and model in (None, SERVER):
        sub_model = settings.sub_model
        sub_engine = open_engine(library().get(sub_model), settings, book) if sub_model else None
        return open_server(settings), sub_engine
    file = library().get(model or settings.model)
    sub_file = sub_model_beside(file, settings)
    engine = open_engine(file, settings, book)
    return engine, open_engine(sub_file, settings, book) if sub_file is not None else None


def open_session(settings: Settings, model: str | None = None) -> Session:
    """A session with a model of the library, or with a GGUF file at a path.

    Without `model`, or with SERVER for it, it is the server that the settings name, if they do.
    Raises ModelError naming the file and the way out, StorageError if runs cannot be kept.
    """
    store = RunStore(places.database())
    try:
        store.mark_interrupted()
    finally:
        store.close()
    recipes, faults = with_own_recipes(
        load_recipes(places.resources() / "recipes"), places.recipes()
    )
    book = SpeedBook(places.speeds())
    engine, sub_engine = _open_engines(settings, model, book)
    return Session(
        engine,
        sandbox_opener(settings),
        places.database(),
        recipes,
        places.texts(),
        sub_engine,
        book,
        faults,
    )


def exam_of(engine: Engine, settings: Settings, stop: threading.Event) -> exam.Exam:
    """The exam for a model that is loaded. Raises UsageError for a recipe that is not right."""
    recipes = load_recipes(places.resources() / "recipes", places.recipes())
    return exam.Exam(engine, sandbox_opener(settings), recipes, places.texts(), stop)


def keep_verdict(file: ModelFile, verdict: exam.Verdict) -> None:
    """Keep what an exam of today said of a model. Raises ModelError."""
    today = datetime.now(UTC).date().isoformat()
    kept = Kept(verdict.sentence, verdict.level, file.size, today)
    Exams(places.exams()).keep(file.name, kept)


def sandbox_opener(settings: Settings) -> Callable[[Sequence[Part]], Sandbox]:
    """What opens sandboxes with the limits of the settings."""

    def open_sandbox(parts: Sequence[Part]) -> Sandbox:
        return ProcessSandbox(
            parts,
            memory_bytes=settings.sandbox_megabytes * 1024 * 1024,
            program_seconds=settings.program_seconds,
        )

    return open_sandbox
