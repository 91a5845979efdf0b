"""The inside of the sandbox: runs the programs that the model writes.

Everything that is imported here is loaded next to untrusted code: the standard library and
modules like this one only. Before the first program the process locks itself in and tries to get
out; the parent runs nothing if that succeeded.
"""

import ast
import builtins
import contextlib
import gc
import linecache
import sys
import time
import types
import warnings
from pathlib import Path
from typing import Any

from rlm_desktop.ipc.child_side import take_channel
from rlm_desktop.jail import linux, trial
from rlm_desktop.jail.base import JailError, JailLimits
from rlm_desktop.sandbox.channel import Channel
from rlm_desktop.sandbox.explaining import PROGRAM_PREFIX, explain
from rlm_desktop.sandbox.imports import load_allowed, restricted
from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.manners import Manners
from rlm_desktop.sandbox.names import ReplNames
from rlm_desktop.sandbox.output import Output
from rlm_desktop.sandbox.values import Names, answer_text, in_words
from rlm_desktop.sandbox.whole import Whole

_SHOW = "__show__"
_MODULE = "__main__"


class _Final(BaseException):
    """The program gave its answer; not an Exception, so that programs do not catch it."""


def main() -> None:
    """Be the sandbox: open the texts, lock, say how that went, and run programs until the end."""
    incoming, outgoing = take_channel()
    channel = Channel(incoming, outgoing)
    opening = channel.receive()
    if opening is None:
        return
    channel.catch_interrupts()
    try:
        interpreter = Interpreter(channel, opening)
        held = _lock(opening, interpreter)
    except (OSError, ValueError, MemoryError) as error:
        kind = "jail" if isinstance(error, JailError) else "text"
        channel.send({"type": "failed", "because": kind, "reason": str(error)})
        return
    channel.send({"type": "ready"} | held)
    interpreter.begin(manners=opening["manners"])
    while (request := channel.receive()) is not None:
        if request["type"] == "execute":  # else a reply to a program that was stopped meanwhile
            ended = interpreter.run(request["code"], request["nonce"], request["seconds"])
            channel.send(ended)


def _lock(opening: dict[str, Any], interpreter: "Interpreter") -> dict[str, Any]:
    """Lock the process in, and say which walls are up and what it could still do."""
    if not opening["jail"]:
        return {"breaches": [], "landlock": False, "namespaces": False}
    memory = opening["memory_bytes"] + interpreter.mapped_bytes
    held = linux.lock(JailLimits(memory))
    return {
        "breaches": trial.breaches(),
        "landlock": held.landlock,
        "namespaces": held.namespaces,
    }


class Interpreter:
    """Keeps the variables, and runs one program after the other."""

    def __init__(self, channel: Channel, opening: dict[str, Any]) -> None:
        self._channel = channel
        self._modules = load_allowed()
        self._ledger = Ledger()
        whole = Whole(opening["parts"], self._ledger)
        #: Address space that the mapped texts take, besides what programs may use.
        self.mapped_bytes = _size_of(opening["parts"]) if whole.mapped else 0
        self._names = ReplNames(whole, self._ledger, self._ask, self._final, self._modules)
        self._output = Output(lambda text: channel.send({"type": "printed", "text": text}))
        self._manners = Manners(lambda act: channel.send({"type": "blocked", "act": act}))
        # A module, so that dataclasses and the like find the namespace by its name.
        module = types.ModuleType(_MODULE)
        module.__dict__.update(self._names.namespace)
        self._namespace = self._names.namespace = module.__dict__
        sys.modules[_MODULE] = module
        self._variables = Names(self._namespace)
        self._sources: dict[str, list[str]] = {}
        self._answer: str | None = None

    def begin(self, *, manners: bool) -> None:
        """Get ready for the first program."""
        own = dict(vars(builtins))
        own[_SHOW] = _show
        if manners:
            own["__import__"] = restricted(
                builtins.__import__, self._names.substitutes, of_program=_MODULE
            )
            own["input"] = _no_input
            self._manners.install()
        self._namespace["__builtins__"] = own
        sys.stdin = None
        warnings.simplefilter("ignore")
        gc.freeze()

    def _ask(
        self, kind: str, question: str, pieces: list[tuple[str, int | None]], labels: list[str]
    ) -> tuple[list[str], list[int]]:
        self._output.flush()
        return self._channel.ask(kind, question, pieces, labels)

    def _final(self, *value: Any, **named: Any) -> None:
        """final(value): give the answer, and end."""
        values = [*value, *named.values()]
        if len(values) != 1:
            raise TypeError(f"final takes one value, not {len(values)}: call final(answer)")
        self._answer = answer_text(values[0])
        raise _Final

    def run(self, code: str, nonce: str, seconds: float) -> dict[str, Any]:
        """Run a program, and return the message that it ended."""
        self._manners.begin()
        sys.stdout = sys.stderr = self._output
        self._answer = None
        self._channel.waited = 0.0
        began = time.monotonic()
        error = self._executed(code, seconds)
        spent = time.monotonic() - began - self._channel.waited
        news = self._variables.changed()
        self._names.note_kept(news)
        self._output.end()
        for frame in self._ledger.frames():
            self._channel.send(frame)
        return {
            "type": "finished",
            "nonce": nonce,
            "answer": self._answer,
            "error": error,
            "names": in_words(news),
            "seconds": max(spent, 0.0),
        }

    def _executed(self, code: str, seconds: float) -> str | None:
        """Run a program, and return its error in words."""
        try:
            exec(self._compiled(code), self._namespace)  # noqa: S102
            self._take_answer()
        except (_Final, SystemExit):
            return None
        except KeyboardInterrupt:
            return (
                f"stopped: ran longer than {seconds:g} s. Variables are kept. "
                "Look at less of the text, or do it in steps."
            )
        except MemoryError:
            return "MemoryError: the program needs more memory than it may have. Go step by step."
        except BaseException as raised:  # noqa: BLE001
            return self._explained(raised)
        return None

    def _compiled(self, code: str) -> types.CodeType:
        """Compile a program so that its last expression is shown, as in a notebook."""
        name = f"{PROGRAM_PREFIX} {len(self._sources) + 1}>"
        self._sources[name] = code.splitlines()
        # For tracebacks that the program prints itself: no file can be opened to look it up.
        linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
        program = ast.parse(code, name)
        self._names.prepare(program)
        self._variables.changed()  # what was filled in is not the program's own
        if program.body and isinstance(last := program.body[-1], ast.Expr):
            show = ast.Call(ast.Name(_SHOW, ast.Load()), [last.value], [])
            program.body[-1] = ast.copy_location(ast.Expr(show), last)
            ast.fix_missing_locations(program)
        return compile(program, name, "exec")

    def _take_answer(self) -> None:
        """Take the final answer from the variable `answer`, as programs of the literature do."""
        answer = self._namespace.get("answer")
        if type(answer) is dict and answer.get("ready") is True:
            answer["ready"] = False
            self._answer = answer_text(answer.get("content"))

    def _explained(self, raised: BaseException) -> str:
        # The error may be of a class of the program's own, whose text is made by its own code.
        with contextlib.suppress(BaseException):
            names = self._names
            return explain(raised, self._sources, self._namespace, names.columns, names.why_not)
        return f"{type(raised).__name__}: (its text could not be made)"


def _size_of(parts: list[dict[str, Any]]) -> int:
    return sum(Path(part["text_path"]).stat().st_size for part in parts)


def _show(value: Any) -> None:
    if isinstance(value, str):
        sys.stdout.write(f"{value}\n")
    elif value is not None:
        sys.stdout.write(f"{value!r}\n")


def _no_input(*_: Any) -> None:
    raise RuntimeError("nobody can type here: work with `context`")
