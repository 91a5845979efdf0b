"""Whether other weights or another build of llama.cpp read faster here, and answer as well.

    python tests/benchmarks/engine_kernels.py [--json] [--repeats N] [--model PATH]
        [--fork NAME=PYTHON] [--folder FOLDER] [--keep FILE]

Compared with a file as it is (Q4_K_M): a copy of it in Q4_0, made by `llama_model_quantize`, for
which llama.cpp has faster kernels on processors; and the fork ik_llama.cpp by its package
`ik-llama-cpp-python`, in an environment of its own (build/bench-fork unless `--fork` names the
Python of one or of several), with the file as it is, with its weights rearranged when it is
loaded, and with copies in types of its own. Rates are medians of the repeats, in each of which
all are measured one after the other, in turn from the front and from the back.

What it does to the answers: on 20 prompts, how many tokens of greedy replies of 64 are the same
before the first that differs; how many of the original's tokens are the likeliest when all
before them are given, and their mean log-probability; and how many of 100 labelled lines get
their label (the likeliest first token of five). The line "in batches of 64" is the original
again, rounded otherwise: what differs there is no loss.

With the 1.5B on two cores one repeat takes about 2 minutes for each line, and the answers 4.
"""

import argparse
import json
import random
import statistics
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from _engine_kernels_figures import compared, markdown
from _engine_machine import machine, run_script, starter_model
from _engine_texts import LABELLED, labelled_lines, log_line, of_length, sentence
from _engine_tokens import Vocabulary

from rlm_desktop.engine import hardware

HERE = Path(__file__).parent
BUILD = HERE.parent.parent / "build"
CHILD = HERE / "_engine_kernels_child.py"
PACKAGE = "ik-llama-cpp-python==0.1.5"
#: Types of the fork: one of about the size of Q4_K_M, and one with rows arranged for its kernels.
FORK_TYPES = ("IQ4_KS", "Q4_K_R4")
ORIGINAL = "as it is"
REPLY = 64
SEED = 7
TASKS = (
    "Say in one sentence what happens.",
    "Write a Python function that parses one line of this text.",
    "Which names stand in this text? Make a list.",
    "Rewrite the text for a child.",
    "What happened first, and what last?",
)


@dataclass(frozen=True, slots=True)
class Variant:
    """Weights in a file, and what computes with them. An empty `fork` is llama-cpp-python."""

    name: str
    model: Path
    python: str = sys.executable
    fork: bool = False
    repack: bool = False
    flash: bool = False
    batch: int = 512


def provide_fork() -> dict[str, str]:
    """The Python of an environment with the fork; made if it is not there."""
    folder = BUILD / "bench-fork"
    python = folder / "bin" / "python"
    if not list(folder.glob("lib/python3*/site-packages/ik_llama_cpp")):
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(folder)], check=True)
        install = [str(python), "-m", "pip", "--disable-pip-version-check", "install", PACKAGE]
        subprocess.run(install, stdout=sys.stderr, check=True)
    return {"fork": str(python)}


class Kernels:
    """Makes the copies, measures, and compares."""

    def __init__(self, options: argparse.Namespace, forks: dict[str, str]) -> None:
        self.options = options
        self.forks = forks
        self.vocabulary = Vocabulary(options.model)
        options.folder.mkdir(parents=True, exist_ok=True)
        self.failed: dict[str, str] = {}

    def variants(self) -> list[Variant]:
        model: Path = self.options.model
        found = [
            Variant(ORIGINAL, model),
            Variant("in batches of 64", model, batch=64),
            Variant("Q4_0", self._copy("Q4_0")),
        ]
        for name, python in self.forks.items():
            found += [
                Variant(f"{name}", model, python, fork=True),
                Variant(f"{name}, flash attention", model, python, fork=True, flash=True),
                Variant(f"{name}, rearranged", model, python, fork=True, repack=True),
            ]
            for kind in FORK_TYPES:
                copy = self._fork_copy(kind, python)
                found.append(Variant(f"{name}, {kind}", copy, python, fork=True))
        chosen: str | None = self.options.only
        return [each for each in found if not chosen or chosen in each.name or each is found[0]]

    def _copy(self, kind: str) -> Path:
        target = self._target(kind)
        if not target.is_file():
            half = target.with_suffix(".half")
            job = {"what": "quantise", "type": kind, "target": str(half)}
            self._run(Variant(kind, self.options.model), job)
            half.rename(target)
        return target

    def _fork_copy(self, kind: str, python: str) -> Path:
        """A copy made by the program that the fork brings along."""
        target = self._target(kind)
        if not target.is_file():
            places = Path(python).parent.parent.glob("lib/python3*/site-packages/**/llama-quantize")
            program = next(places)
            half = target.with_suffix(".half")
            command = [program, "--allow-requantize", self.options.model, half, kind]
            subprocess.run(
                [*map(str, command), str(self.options.threads)],
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                check=True,
            )
            half.rename(target)
        return target

    def _target(self, kind: str) -> Path:
        model: Path = self.options.model
        return Path(self.options.folder) / f"{model.stem}.{kind}.gguf"

    def _run(self, variant: Variant, job: dict[str, Any]) -> dict[str, Any]:
        whole = {
            "model": str(variant.model),
            "fork": variant.fork,
            "repack": variant.repack,
            "flash": variant.flash,
            "batch": variant.batch,
            "threads": self.options.threads,
            "gpu_layers": self.options.gpu_layers,
            **job,
        }
        return run_script(CHILD, whole, python=variant.python)[0]

    def speeds(self, variants: list[Variant]) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {each.name: [] for each in variants}
        for repeat in range(self.options.repeats):
            for variant in variants if repeat % 2 == 0 else reversed(variants):
                if variant.name in self.failed:
                    continue
                try:
                    speed = self._run(variant, {"what": "speed", "part": self.options.part})
                except SystemExit as error:  # a build may not know a type, or end its process
                    self.failed[variant.name] = str(error)
                    continue
                found[variant.name].append(speed)
                read = max(speed["read"].values())
                sys.stderr.write(f"{repeat + 1}: {variant.name}: reads {read:.1f} tokens/s\n")
                if self.options.keep is not None:
                    with self.options.keep.open("a", encoding="utf-8") as file:
                        file.write(json.dumps({"speed": variant.name, **speed}) + "\n")
        return found

    def answers(self, variants: list[Variant]) -> dict[str, dict[str, Any]]:
        """What each answers, compared with the original."""
        prompts, lines, right = self._prompts(), self._lines(), self._right()
        firsts = [self.vocabulary.tokens(label)[0] for label in LABELLED]
        if len(set(firsts)) < len(firsts):
            raise SystemExit("two labels begin with the same token of this model")
        job: dict[str, Any] = {"what": "answers", "most": REPLY, "wanted": None}
        job |= {"prompts": prompts, "lines": lines, "firsts": firsts}
        told: dict[str, dict[str, Any]] = {}
        for variant in variants:
            if variant.name in self.failed:
                continue
            try:
                answer = self._run(variant, job)
            except SystemExit as error:
                self.failed[variant.name] = str(error)
                continue
            if variant.name == ORIGINAL:
                job["wanted"] = answer["replies"]
            told[variant.name] = compared(answer, job["wanted"], right)
            sys.stderr.write(f"{variant.name}: {told[variant.name]}\n")
        return told

    def _prompts(self) -> list[list[int]]:
        lots = random.Random(SEED)
        made = []
        for number in range(20 // self.options.part):
            source = log_line if number % 2 else sentence
            text = of_length(source, lots, 150, self.vocabulary.cut)
            asked = f"{text}\n\n{TASKS[number % len(TASKS)]}"
            made.append(self.vocabulary.chat((("system", "You are helpful."), ("user", asked))))
        return made

    def _lines(self) -> list[list[int]]:
        words = ", ".join(LABELLED)
        system = f"You sort messages to a help desk. Reply with one of these words alone: {words}."
        return [
            self.vocabulary.chat((("system", system), ("user", line)))
            for line, _ in labelled_lines(SEED, 100 // self.options.part)
        ]

    def _right(self) -> list[int]:
        labels = list(LABELLED)
        return [labels.index(label) for _, label in labelled_lines(SEED, 100 // self.options.part)]


def report(kernels: Kernels, options: argparse.Namespace) -> dict[str, Any]:
    variants = kernels.variants()
    speeds = kernels.speeds(variants)
    answers = kernels.answers(variants)
    original = speeds[ORIGINAL]
    lines: dict[str, Any] = {}
    for variant in variants:
        if not speeds[variant.name] or variant.name in kernels.failed:
            continue
        read = [max(each["read"].values()) for each in speeds[variant.name]]
        ratios = [
            mine / max(theirs["read"].values()) for mine, theirs in zip(read, original, strict=True)
        ]
        lines[variant.name] = {
            "file_mb": round(variant.model.stat().st_size / 1e6),
            "read": round(statistics.median(read), 1),
            "read_ratio": round(statistics.median(ratios), 3),
            "write": {
                width: round(statistics.median(e["write"][width] for e in speeds[variant.name]), 1)
                for width in speeds[variant.name][0]["write"]
            },
            **answers.get(variant.name, {}),
        }
    return {
        "variants": lines,
        "failed": kernels.failed,
        "repeats": speeds,
        "machine": machine(options.model, options.threads),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--model", type=Path, help="a GGUF file; the starter model if not given")
    parser.add_argument("--threads", type=int, default=hardware.good_threads())
    parser.add_argument("--gpu-layers", type=int, default=0, help="the kernels are a processor's")
    parser.add_argument("--fork", action="append", default=[], metavar="NAME=PYTHON")
    parser.add_argument("--folder", type=Path, default=BUILD / "bench-kernels")
    parser.add_argument("--keep", type=Path, help="add each measured speed to this file")
    parser.add_argument("--only", help="the original, and what has this in its name")
    parser.add_argument("--small", action="store_true", help="less of all, for a try")
    options = parser.parse_args()
    options.model = options.model or starter_model()
    options.part = 8 if options.small else 1
    forks = dict(each.split("=", 1) for each in options.fork) or provide_fork()
    whole = report(Kernels(options, forks), options)
    print(json.dumps(whole) if options.json else markdown(whole))


if __name__ == "__main__":
    main()
