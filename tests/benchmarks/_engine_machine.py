"""The machine and the model that figures are for, and scripts that run beside the benchmark."""

import json
import os
import platform
import subprocess
import sys
import time
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from rlm_desktop import places
from rlm_desktop.engine import hardware

STARTER = "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf"


def starter_model() -> Path:
    """The starter model: where the tests have it, or where the program does; fetched if need be."""
    chosen = os.environ.get("RLM_DESKTOP_TEST_MODELS")
    path = (Path(chosen) if chosen else places.models()) / STARTER
    if not path.is_file():
        command = [sys.executable, "-m", "rlm_desktop", "models", "get", "starter"]
        subprocess.run(command, stdout=sys.stderr, check=True)
    return path


def machine(model: Path, threads: int) -> dict[str, Any]:
    """What to write beside the figures. `busy` is how many processes computed before."""
    found = hardware.describe()
    return {
        "model": model.name,
        "size": model.stat().st_size,
        "threads": threads,
        "processor": _processor(),
        "cores": found.cores,
        "memory_gb": round(found.memory_total / 1e9, 1),
        "devices": [asdict(device) for device in found.devices],
        "busy": round(psutil.getloadavg()[0], 2),
        "system": platform.platform(),
        "python": platform.python_version(),
        "llama_cpp": version("llama-cpp-python"),
    }


def _processor() -> str:
    description = Path("/proc/cpuinfo")
    if description.is_file():
        for line in description.read_text().splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def run_script(
    path: Path,
    job: dict[str, Any],
    *,
    python: str = sys.executable,
    environment: dict[str, str] | None = None,
) -> tuple[dict[str, Any], float]:
    """Give a script a job on stdin; its one line of output, and the seconds until it came.

    The script ends by itself afterwards, and is killed when this is interrupted. It has the
    variables of `environment` besides those of this process.
    """
    began = time.perf_counter()
    process = subprocess.Popen(
        [python, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, **(environment or {})},
    )
    with process:
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            process.stdin.write(json.dumps(job))
            process.stdin.close()
            line = process.stdout.readline()
            seconds = time.perf_counter() - began
            process.wait()
        finally:
            process.kill()
    if process.returncode != 0:
        raise SystemExit(f"{path.name} ended with status {process.returncode}")
    found: dict[str, Any] = json.loads(line)
    return found, seconds
