"""The reference library `rlms` as a peer, over llama-cpp-python's server with the same model.

It lives in an environment of its own, which has the packages of the server too and looks for
the rest, llama.cpp above all, in the environment of this program: nothing is built twice.
"""

import contextlib
import json
import socket
import subprocess
import sys
import sysconfig
import tempfile
import time
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from _quality_kept import Answered
from _quality_process import Ended, end_all, run_limited
from _quality_tasks import Task, files_of

_ROOT = Path(__file__).parent.parent.parent
_CHILD = Path(__file__).parent / "_quality_rlms_child.py"
_PACKAGE = "rlms==0.1.3"
_WINDOW = 16_384
_TURNS = 8
#: A small model may write on until the window is full, which takes minutes on a processor.
_REPLY_TOKENS = 2_048
_START_SECONDS = 300.0
#: The library looks at the clock between turns; beyond this it is killed.
_GRACE_SECONDS = 60.0
#: Ends with its standard input, so that it cannot outlive us, however we end.
_SERVER = """
import os, sys, threading
threading.Thread(target=lambda: (sys.stdin.read(), os._exit(0)), daemon=True).start()
from llama_cpp.server.__main__ import main
main()
"""


def provide() -> str:
    """The Python of an environment with the library and the server; made if it is not there."""
    folder = _ROOT / "build" / "bench-rlms"
    python = folder / "bin" / "python"
    here = sysconfig.get_path("purelib")
    for link in folder.glob("lib/python3*/site-packages/this-program.pth"):
        if link.read_text("utf-8").strip() == here:
            return str(python)
    project: dict[str, Any] = tomllib.loads((_ROOT / "pyproject.toml").read_text("utf-8"))
    packages = [_PACKAGE, *project["dependency-groups"]["server"]]
    sys.stderr.write(f"Installing {_PACKAGE} in {folder}\n")
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", *packages]
    subprocess.run(install, stdout=sys.stderr, check=True)
    (packages_folder,) = folder.glob("lib/python3*/site-packages")
    (packages_folder / "this-program.pth").write_text(here + "\n", encoding="utf-8")
    return str(python)


@contextlib.contextmanager
def serving(python: str, model: Path, threads: int, gpu_layers: int) -> Iterator[int]:
    """llama-cpp-python's server with a model, ready; the port on this machine alone."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    options: Mapping[str, object] = {
        "model": model,
        "model_alias": model.stem,
        "host": "127.0.0.1",
        "port": port,
        "n_ctx": _WINDOW,
        "n_threads": threads,
        "n_threads_batch": threads,
        "n_gpu_layers": gpu_layers,
    }
    command = [python, "-c", _SERVER]
    command += [str(word) for name, value in options.items() for word in (f"--{name}", value)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=log, stderr=log, start_new_session=True
        )
        try:
            deadline = time.monotonic() + _START_SECONDS
            while not _takes_connections(port):  # which it does when it has the model
                if process.poll() is not None or time.monotonic() > deadline:
                    log.seek(0)
                    tail = log.read().decode(errors="replace")[-2000:]
                    raise SystemExit(f"llama-cpp-python's server does not start. It said:\n{tail}")
                time.sleep(0.1)
            yield port
        finally:
            if process.poll() is None:
                end_all(process)
            assert process.stdin is not None
            process.stdin.close()


def _takes_connections(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


class Rlms:
    """Asks with the library, in a process for each question."""

    def __init__(
        self, python: str, model: Path, root: Path, seconds: float, threads: int, gpu_layers: int
    ) -> None:
        self._python = python
        self._model = model
        self._root = root
        self._seconds = seconds
        self._options = (threads, gpu_layers)
        self._port: int | None = None  # of the server, while there is one
        self._open = contextlib.ExitStack()

    def ask(self, task: Task) -> Answered:
        if self._port is None:
            server = serving(self._python, self._model, *self._options)
            self._port = self._open.enter_context(server)
        job = {
            "files": [str(path) for path in files_of(task, self._root)],
            "question": task.question,
            "port": self._port,
            "model": self._model.stem,
            "turns": _TURNS,
            "seconds": self._seconds,
            "reply_tokens": _REPLY_TOKENS,
        }
        with tempfile.TemporaryDirectory() as folder:
            ended = run_limited(
                [self._python, str(_CHILD)],
                self._seconds + _GRACE_SECONDS,
                words=json.dumps(job),
                folder=Path(folder),
                # A proxy is for the world outside. HOME: a program may write into it.
                environment={"NO_PROXY": "127.0.0.1", "HOME": folder, "TMPDIR": folder},
            )
        if ended.exit_code != 0:  # the server may still write the reply that nobody waits for
            self.close()
        return answered_from(task, self._model.stem, ended)

    def close(self) -> None:
        self._port = None
        self._open.close()


def answered_from(task: Task, model: str, ended: Ended) -> Answered:
    """What the child said in its last line; what programs of the model printed stands before."""
    told: dict[str, Any] = {}
    error: str | None = ended.errors.strip()[-500:] or "it said nothing"
    if ended.exit_code is None:
        error = f"killed after {ended.seconds:.0f} s"
    elif ended.exit_code == 0:
        told = json.loads(ended.output.splitlines()[-1])
        error = told["error"]
    usages = list(told.get("usage", {}).get("model_usage_summaries", {}).values())
    return Answered(
        id=task.id,
        answer=told.get("answer", ""),
        route="rlms",
        outcome=None if error else "answered",
        seconds=round(ended.seconds, 2),
        calls=sum(each["total_calls"] for each in usages),
        prompt_tokens=sum(each["total_input_tokens"] for each in usages),
        reply_tokens=sum(each["total_output_tokens"] for each in usages),
        exit_code=ended.exit_code,
        error=error,
        model=model,
    )
