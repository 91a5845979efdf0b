"""How many questions over large files are answered rightly, and in what time.

    python3 packaging/bootstrap.py bench quality run TASKS OUT [--quick] [--family a,b] ...
    python3 packaging/bootstrap.py bench quality table OUT TASKS [--json]
    python3 packaging/bootstrap.py bench quality compare BEFORE AFTER TASKS [--json]
    python3 packaging/bootstrap.py bench quality peers TASKS OUT --peer head|bm25|rlms ...

`run` asks each question as a user does, with `rlm-desktop ask` in a process of its own, and adds
what comes to OUT, a line of JSON for each. What has an answer there is not asked again, so a run
that was stopped goes on. `peers` puts the same questions to others with the same model: a plain
chat over the head of the file, a chat with the pieces that fit the question best, the reference
library. `table` and `compare` score what was kept: answers are kept as they came, so that a
change of the rules needs no new run. What TASKS is, stands in `_quality_tasks`; the rules of
scoring in `_quality_score` and `_quality_words`.
"""

import argparse
import contextlib
import json
import shlex
import signal
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import _quality_compare
import _quality_tables
from _quality_asking import ask_all
from _quality_kept import read_kept
from _quality_program import Program
from _quality_tables import Row, rows_of
from _quality_tasks import Selection, Task, missing_files, read_tasks

#: The program ends by itself after 14 minutes unless it is told otherwise; this is for one that
#: does not.
PROGRAM_SECONDS = 35 * 60.0
#: What a user of another program would wait for; the same for all of them.
PEER_SECONDS = 15 * 60.0


def names(text: str) -> tuple[str, ...]:
    """Names parted by commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def variable(text: str) -> tuple[str, str]:
    """An environment variable and its value."""
    name, found, value = text.partition("=")
    if not found or not name:
        raise argparse.ArgumentTypeError("should be KEY=VALUE")
    return name, value


def selection(options: argparse.Namespace) -> Selection:
    return Selection(options.quick, options.family, options.tier, options.needs, options.ids)


def to_ask(options: argparse.Namespace) -> tuple[list[Task], Path]:
    """The questions that are wanted, and the folder of their files, all of which are there."""
    tasks = selection(options).of(read_tasks(options.tasks))
    root: Path = options.root or options.tasks.resolve().parent.parent
    if missing := missing_files(tasks, root):
        raise ValueError(
            f"{len(missing)} files of these questions are missing, such as {missing[0]}: unpack"
            " the texts there, or name the folder they are in with --root"
        )
    return tasks, root


def run(options: argparse.Namespace) -> None:
    tasks, root = to_ask(options)
    program = Program(
        tuple(shlex.split(options.program)),
        root,
        options.model,
        options.timeout,
        options.max_minutes,
        dict(options.env),
    )
    ask_all(tasks, options.out, program.ask, retry=options.retry)


def peers(options: argparse.Namespace) -> None:
    # Here, since the tables can be had where there is neither llama.cpp nor a model.
    import _quality_rlms
    from _engine_machine import starter_model
    from _quality_chats import WINDOWS, Chat

    from rlm_desktop.engine import hardware
    from rlm_desktop.engine.process import ProcessEngine

    tasks, root = to_ask(options)
    model: Path = (options.model or starter_model()).resolve()
    threads = options.threads or hardware.good_threads()
    with contextlib.ExitStack() as stack:
        if options.peer == "rlms":
            python = _quality_rlms.provide()
            work = (root, options.timeout, threads, options.gpu_layers)
            library = _quality_rlms.Rlms(python, model, *work)
            stack.callback(library.close)
            ask_all(tasks, options.out, library.ask, retry=options.retry)
            return
        window = WINDOWS[options.peer]
        engine = ProcessEngine(model, threads=threads, window=window, gpu_layers=options.gpu_layers)
        stack.callback(engine.close)
        chat = Chat(options.peer, engine, model.stem, root, options.timeout)
        stack.callback(chat.close)
        ask_all(tasks, options.out, chat.ask, retry=options.retry)


def rows(path: Path, tasks: Sequence[Task]) -> list[Row]:
    if not path.is_file():
        raise ValueError(f"{path} is missing")
    return rows_of(tasks, read_kept(path))


def table(options: argparse.Namespace) -> None:
    tasks = selection(options).of(read_tasks(options.tasks))
    whole = _quality_tables.report(rows(options.out, tasks), len(tasks))
    print(json.dumps(whole) if options.json else _quality_tables.markdown(whole))


def compare(options: argparse.Namespace) -> None:
    tasks = selection(options).of(read_tasks(options.tasks))
    whole = _quality_compare.compare(rows(options.before, tasks), rows(options.after, tasks))
    print(json.dumps(whole) if options.json else _quality_compare.markdown(whole))


def chosen_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)

    def command(
        name: str, does: Callable[[argparse.Namespace], None], files: Sequence[str], told: str
    ) -> argparse.ArgumentParser:
        """A command with its files, and the options by which questions are chosen."""
        made = commands.add_parser(name, help=told)
        made.set_defaults(does=does)
        for file in files:
            made.add_argument(file, type=Path)
        made.add_argument("--quick", action="store_true", help="only those marked as quick")
        for option in ("family", "tier", "needs", "ids"):
            made.add_argument(f"--{option}", type=names, default=(), metavar="A,B")
        return made

    def asking(made: argparse.ArgumentParser, seconds: float) -> None:
        made.add_argument("--root", type=Path, help="of the files; the folder above that of TASKS")
        made.add_argument("--timeout", type=float, default=seconds, metavar="SECONDS")
        made.add_argument("--retry", action="store_true", help="ask again what ended in an error")

    made = command("run", run, ("tasks", "out"), "ask this program")
    asking(made, PROGRAM_SECONDS)
    made.add_argument("--model", default="starter", metavar="NAME|PATH")
    made.add_argument("--max-minutes", type=float, metavar="N", help="the program's own limit")
    made.add_argument("--env", type=variable, action="append", default=[], metavar="KEY=VALUE")
    ours = f"{shlex.quote(sys.executable)} -m rlm_desktop"
    made.add_argument("--program", default=ours, help="with the command line of this one")

    made = command("peers", peers, ("tasks", "out"), "ask others with the same model")
    asking(made, PEER_SECONDS)
    made.add_argument("--peer", choices=("head", "bm25", "rlms"), required=True)
    made.add_argument("--model", type=Path, help="a GGUF file; the starter model if not given")
    made.add_argument("--threads", type=int, default=0)
    made.add_argument("--gpu-layers", type=int, default=-1, help="-1: all, where there is one")

    made = command("table", table, ("out", "tasks"), "what became of the questions")
    made.add_argument("--json", action="store_true", help="print one JSON object")
    made = command("compare", compare, ("before", "after", "tasks"), "two files of answers")
    made.add_argument("--json", action="store_true", help="print one JSON object")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> None:
    options = chosen_options(arguments)
    try:
        options.does(options)
    except (ValueError, OSError) as error:
        raise SystemExit(f"quality: {error}") from error
    except KeyboardInterrupt:
        raise SystemExit("Stopped. The same command goes on from here.") from None


def _end(*_: object) -> None:
    """Unwind, so that what was started is ended too."""
    raise SystemExit(1)


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, _end)
    main()
