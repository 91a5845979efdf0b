"""The command line.

Answers and lists go to standard output, everything else to standard error, so that
`rlm-desktop ask ... > answer.txt` holds the answer alone. Exit codes: 0 answered, 1 failure,
2 bad usage or input, 3 forced at a limit, 4 stopped, 5 not found.
"""

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from rlm_desktop import __version__
from rlm_desktop.errors import RlmError, Stopped
from rlm_desktop.runs.levels import Level

STOPPED = 4

COMMANDS = ("ask", "runs", "show", "export", "import", "models", "doctor", "window")

#: Opens the window on some files, or on a kept run; returns the exit code.
OpenWindow = Callable[[Sequence[Path], int | None], int]


def main(arguments: Sequence[str], open_window: OpenWindow) -> int:
    """Do what the arguments ask for, and return the exit code."""
    if _is_file(arguments[0]):
        arguments = ["window", *arguments]
    parsed = _parser().parse_args(arguments)
    try:
        return _dispatch(parsed, open_window)
    except RlmError as error:
        sys.stderr.write(f"rlm-desktop: {error}\n")
        return error.exit_code
    except (Stopped, KeyboardInterrupt):
        sys.stderr.write("rlm-desktop: stopped\n")
        return STOPPED
    except BrokenPipeError:
        # Whoever read our output has gone; there is nobody to tell.
        sys.stderr.close()
        return 1


def _is_file(argument: str) -> bool:
    """Whether the first argument is a document to open, as file browsers give it."""
    return argument not in COMMANDS and Path(argument).exists()


def _dispatch(parsed: argparse.Namespace, open_window: OpenWindow) -> int:
    match parsed.command:
        case "ask":
            from rlm_desktop.cli import ask

            return ask.main(parsed)
        case "runs" | "show" | "export" | "import":
            from rlm_desktop.cli import kept_runs

            return kept_runs.main(parsed)
        case "models":
            from rlm_desktop.cli import model_library

            return model_library.main(parsed)
        case "doctor":
            from rlm_desktop.cli import doctor

            return doctor.main()
        case _:
            return open_window(parsed.files, parsed.run)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="rlm-desktop",
        description="Ask questions of large private files with a small local model.",
        epilog="Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"rlm-desktop {__version__}")
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    ask = commands.add_parser("ask", help="ask a question of files or folders")
    ask.add_argument("files", nargs="+", type=Path, metavar="FILE")
    question = ask.add_mutually_exclusive_group(required=True)
    question.add_argument("-q", "--question", metavar="TEXT")
    question.add_argument("--question-file", type=Path, metavar="FILE")
    ask.add_argument("--model", metavar="NAME|PATH", help="a model of the library, or a GGUF file")
    ask.add_argument(
        "--sub-model", metavar="NAME|PATH", help="a smaller model that reads pieces for programs"
    )
    ask.add_argument(
        "--after", type=int, metavar="RUN", help="follow up on a kept run about the same files"
    )
    ask.add_argument("--json", action="store_true", help="print one JSON object")
    ask.add_argument(
        "--level",
        choices=[level.value for level in Level],
        help="how thorough: a quick look (5 minutes at most), thorough (14), everything (4 hours)",
    )
    ask.add_argument("--max-minutes", type=_minutes, metavar="N", help="answer within this time")
    ask.add_argument("--quiet", action="store_true", help="no progress on standard error")

    runs = commands.add_parser("runs", help="list the runs that were kept")
    runs.add_argument("--search", default="", metavar="TEXT", help="in questions and answers")
    runs.add_argument("--json", action="store_true", help="print a JSON list")

    show = commands.add_parser("show", help="print a kept run")
    show.add_argument("run", type=int, metavar="RUN")

    export = commands.add_parser("export", help="write a kept run to a file")
    export.add_argument("run", type=int, metavar="RUN")
    export.add_argument(
        "--to",
        type=Path,
        required=True,
        metavar="FILE",
        help=(
            "ends in .md, .html, .json, .jsonl, or in .rlms.jsonl for a log that the visualiser of"
            " rlms opens"
        ),
    )

    brought = commands.add_parser("import", help="keep a log of rlms as a run, to look at it")
    brought.add_argument("log", type=Path, metavar="LOG")

    models = commands.add_parser("models", help="list, fetch, add, show and check models")
    actions = models.add_subparsers(dest="action", metavar="ACTION")
    actions.add_parser("list", help="the models of the library")
    get = actions.add_parser("get", help="fetch a model of the catalogue")
    get.add_argument("name", metavar="NAME")
    add = actions.add_parser("add", help="add a GGUF file in place; it is not copied")
    add.add_argument("path", type=Path, metavar="PATH")
    remove = actions.add_parser("remove", help="take a model off the list, or delete a fetched one")
    remove.add_argument("name", metavar="NAME")
    tell = actions.add_parser("show", help="what is known of a model, in plain words")
    tell.add_argument("name", metavar="NAME|PATH")
    check = actions.add_parser("check", help="see what a model is good for here, and how fast")
    check.add_argument("name", metavar="NAME|PATH")
    check.add_argument(
        "--no-exam", action="store_true", help="only whether it is whole, loads and replies"
    )

    commands.add_parser("doctor", help="what works on this machine")

    window = commands.add_parser("window", help="open the window")
    window.add_argument("files", nargs="*", type=Path, metavar="FILE")
    window.add_argument("--run", type=int, metavar="RUN", help="open it on a kept run")
    return parser


def _minutes(text: str) -> float:
    minutes = float(text)
    if not 0 < minutes < 100_000:
        raise argparse.ArgumentTypeError("should be a number of minutes above 0")
    return minutes
