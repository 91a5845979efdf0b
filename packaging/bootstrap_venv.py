"""The virtual environments of a clone: `.venv`, and `.venv-core`, which has no Qt."""

import hashlib
import importlib.util
import json
import os
import re
import shlex
import sys
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import bootstrap_system
from bootstrap_steps import ROOT, StepFailed, output_of, quietly, say

_STAMP = "bootstrap-stamp.json"
_LLAMA = "llama-cpp-python"
_ATTENTION = ROOT / "packaging" / "attention.cmake"
#: What the core is tested without.
_NOT_CORE = {"pyside6-essentials", _LLAMA, "pytest-qt"}


def name_of(requirement: str) -> str:
    """The name of the package in a requirement."""
    return re.split(r"[^A-Za-z0-9._-]", requirement, maxsplit=1)[0].lower()


def requirements(project: dict[str, Any], groups: Iterable[str]) -> list[str]:
    """The requirements of groups in a pyproject.toml."""
    return [item for group in groups for item in project["dependency-groups"][group]]


def core_requirements(project: dict[str, Any]) -> list[str]:
    """What the core and its tests need, without Qt and llama.cpp."""
    every = project["project"]["dependencies"] + requirements(project, ["test"])
    return [item for item in every if name_of(item) not in _NOT_CORE]


def stamp_of(project: dict[str, Any], root: Path, configuration: str) -> str:
    """What an environment was made from: where, with which Python, and which packages."""
    parts = [project[key] for key in ("build-system", "project", "dependency-groups")]
    text = json.dumps([parts, str(root), configuration], sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def build_environment(environment: Mapping[str, str], processor: str) -> dict[str, str]:
    """What to build llama.cpp with, on a processor described like /proc/cpuinfo.

    All cores, and with attention that passes quickly over the cells of others. And without AMX,
    matrix instructions of large Intel processors: gcc 12.2 drops the stores to the tile
    configuration, which ends the process (in ggml_backend_amx_mul_mat).
    """
    attention = shlex.quote(f"-DCMAKE_PROJECT_llama_cpp_INCLUDE={_ATTENTION.as_posix()}")
    chosen = {
        "CMAKE_BUILD_PARALLEL_LEVEL": str(os.cpu_count() or 1),
        "CMAKE_ARGS": f"{environment.get('CMAKE_ARGS', '')} {attention}".strip(),
    }
    if re.search(r"\bamx_tile\b", processor):
        for name in ("CFLAGS", "CXXFLAGS"):
            without = "-mno-amx-tile -mno-amx-int8 -mno-amx-bf16"
            chosen[name] = f"{environment.get(name, '')} {without}".strip()
    return chosen


def _processor() -> str:
    description = Path("/proc/cpuinfo")
    return description.read_text("utf-8") if description.is_file() else ""


class Environment:
    """A virtual environment in the clone.

    `build` is what to build llama.cpp with beside the usual, as environment variables; with it,
    llama.cpp is built anew, never taken from what was built before for something else.
    """

    def __init__(self, name: str, build: Mapping[str, str] | None = None) -> None:
        self.folder = ROOT / name
        self._build = dict(build or {})
        self.log = self.folder / "bootstrap.log"
        scripts = "Scripts" if sys.platform == "win32" else "bin"
        ending = ".exe" if sys.platform == "win32" else ""
        self.python = self.folder / scripts / f"python{ending}"
        self.project: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))

    @property
    def site_packages(self) -> Path:
        if sys.platform == "win32":
            return self.folder / "Lib" / "site-packages"
        return next((self.folder / "lib").glob("python3*/site-packages"))

    def _stamp(self) -> str:
        configuration = self.folder / "pyvenv.cfg"
        text = configuration.read_text("utf-8") if configuration.is_file() else ""
        return stamp_of(self.project, ROOT, text)

    def has(self, groups: Iterable[str]) -> bool:
        """Whether it is complete, with those groups, since the last change of pyproject.toml."""
        try:
            kept = json.loads((self.folder / _STAMP).read_text("utf-8"))
        except (OSError, ValueError):
            return False
        return kept["stamp"] == self._stamp() and set(groups) <= set(kept["groups"])

    def _finished(self, groups: Iterable[str]) -> None:
        text = json.dumps({"stamp": self._stamp(), "groups": sorted(groups)})
        (self.folder / _STAMP).write_text(text, "utf-8")

    def _pip(self, *arguments: str) -> list[str | Path]:
        return [self.python, "-m", "pip", "--disable-pip-version-check", *arguments]

    def provide(self, groups: Iterable[str]) -> None:
        """Make it, with the program and those groups, or bring it up to date."""
        groups = list(groups)
        if self.has(groups):
            return
        self._make()
        self._install_llama()
        install = ["install", "--editable", ".", *requirements(self.project, groups)]
        quietly("Installing the program (up to two minutes)", self._pip(*install), self.log)
        self._finished(groups)

    def provide_core(self, main: "Environment") -> None:
        """Make it with the core alone, by the pip of the main environment."""
        if self.has(["core"]):
            return
        make: list[str | Path] = [main.python, "-m", "venv", "--without-pip", "--clear"]
        quietly("Making the environment without Qt", [*make, self.folder], main.log)
        pip: list[str | Path] = [main.python, "-m", "pip", "--disable-pip-version-check"]
        pip += ["--python", self.python, "install"]
        quietly(
            "Installing the core into it (half a minute)",
            [*pip, *core_requirements(self.project)],
            self.log,
        )
        quietly("Installing the program", [*pip, "--no-deps", "--editable", "."], self.log)
        self._finished(["core"])

    def _make(self) -> None:
        """A virtual environment with a pip that works."""
        if output_of([self.python, "-c", "import pip, sys; print(sys.version_info >= (3, 11))"]):
            return
        log = ROOT / "build" / "bootstrap.log"  # the other is in the folder that is made anew
        if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
            version = f"python3.{sys.version_info.minor}-venv"
            bootstrap_system.install(["python3-venv", version], "The virtual environment", log)
        command = [sys.executable, "-m", "venv", "--clear", str(self.folder)]
        quietly(f"Making the virtual environment {self.folder.name}", command, log)

    def _install_llama(self) -> None:
        """Install llama.cpp first and alone: it is what takes long."""
        if list(self.site_packages.glob("llama_cpp_python-*.dist-info")):
            return
        if not bootstrap_system.has_compiler():
            self._provide_compiler()
        wanted = [r for r in self.project["project"]["dependencies"] if name_of(r) == _LLAMA]
        anew = ["--no-cache-dir", "--no-binary", _LLAMA] if self._build else []
        quietly(
            "Building llama.cpp for this machine (5 to 10 minutes the first time, half an hour for"
            " a graphics card; seconds if it was built before)",
            self._pip("install", *anew, *wanted),
            self.log,
            {**self._build, **build_environment({**os.environ, **self._build}, _processor())},
        )

    def _provide_compiler(self) -> None:
        say("llama.cpp is built from source, and there is no C++ compiler.")
        if sys.platform != "linux":
            raise StepFailed(f"A C++ compiler is needed: {bootstrap_system.compiler_advice()}")
        bootstrap_system.install(["build-essential"], "llama.cpp", self.log)
        if not bootstrap_system.has_compiler():
            raise StepFailed(f"A C++ compiler is needed: {bootstrap_system.compiler_advice()}")
