"""How fast the engine is: against the floor, against one after another, against a server.

    python3 packaging/bootstrap.py bench engine --json [--keep FILE] [--repeats N] [--only NAMES]
    python3 packaging/bootstrap.py bench engine --markdown FILE

In each repeat the contenders do the same work one after the other, their order turned around
every other time, each in a process that was started, loaded and warmed up for it: the engine,
`llama_cpp.Llama` asked one prompt after another, and llama.cpp's server with 8 slots (built
into build/bench-server the first time, unless `--server` names one). What the work is, stands
in `_engine_work`; what the figures mean, in `_engine_figures`.

The floor of the efficiency takes the best rates of the same repeat: those of llama.cpp with
nothing around it, in a fresh process (`_engine_rates`: 1,024 tokens in batches of 64 to 512;
1 to 64 sequences written at once), or those of the engine itself (one prompt of 1,000 tokens
with one token of reply; 1 to 16 replies at once), whichever is faster. The tokens that had to
be read are counted over a tree of all prompts and replies so far, so an engine that forgets
something loses by it.

Memory: the process of the engine after 8 prompts of 500 tokens and 32 tokens of reply each,
against a bare process with the same context, batch and sequences after as many tokens. Start:
from starting the process until a model can be asked, against a fresh Python that loads the
model with `llama_model_load_from_file` and opens the same context; the file was read before.

Each measurement is added to `--keep` as a line of JSON; what stands there already is not
measured again, so a run that was stopped goes on. With the starter model (1.5B) on two cores
one repeat takes about 35 minutes; with `starter-small` about 18.
"""

import argparse
import json
import random
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

import _engine_ours
import _engine_server
from _engine_figures import markdown, report
from _engine_machine import machine, run_script, starter_model
from _engine_ours import Ours
from _engine_texts import of_length, sentence
from _engine_tokens import Read, Vocabulary
from _engine_work import WARM_UP, Call, Result, Work, do, result_from, right_labels, works

from rlm_desktop.engine import hardware
from rlm_desktop.engine.base import USUAL_WINDOW

HERE = Path(__file__).parent
GROUPS = {
    "rates": ("bare", "ours"),
    "a": ("ours", "sequential", "server"),
    "b": ("ours", "sequential", "server"),
    "c": ("ours", "sequential"),
    "classify": ("ours", "sequential", "sequential with grammar"),
    "memory": ("ours", "bare"),
    "start": ("ours", "bare"),
}
SEED = 20_240_301
#: What `llama_cpp.Llama` is given, which has one conversation at a time; c needs 5,000.
SEQUENTIAL_WINDOW = 8_192
MEMORY_PROMPTS, MEMORY_READ, MEMORY_WRITE = 8, 500, 32


class Bench:
    """Measures, and keeps what it measured."""

    def __init__(self, options: argparse.Namespace) -> None:
        self.options = options
        self.model: Path = options.model
        self.vocabulary = Vocabulary(self.model)
        self.buffers: dict[str, int] = {}  # of the engine's context, once it was open
        self.kept: dict[tuple[str, str, int], dict[str, Any]] = {}
        self.works = works(self.vocabulary, seed=SEED, small=options.small)
        self.machine = machine(self.model, options.threads)
        self._read_kept()

    def _read_kept(self) -> None:
        """Go on from what was measured with the same model and options on this machine."""
        path: Path | None = self.options.keep
        if path is None:
            return
        if not path.is_file() or not path.stat().st_size:
            head = {"machine": self.machine, "small": self.options.small}
            path.write_text(json.dumps(head) + "\n", encoding="utf-8")
            return
        head, self.kept = kept_in(path)
        same = ("model", "size", "threads", "processor", "llama_cpp")
        if head["small"] != self.options.small or any(
            head["machine"][name] != self.machine[name] for name in same
        ):
            raise SystemExit(f"{path} was measured with something else: {head}")

    def measure(self, only: set[str]) -> None:
        with self.model.open("rb") as file:  # into the page cache, for all
            while file.read(1 << 26):
                pass
        for repeat in range(self.options.repeats):
            for work, contenders in GROUPS.items():
                if work not in only:
                    continue
                for who in contenders if repeat % 2 == 0 else reversed(contenders):
                    if (work, who, repeat) not in self.kept:
                        self._keep(work, who, repeat, self._one(work, who))

    def _keep(self, work: str, who: str, repeat: int, values: dict[str, Any]) -> None:
        self.kept[work, who, repeat] = values
        shown = f"{values['seconds']:.2f} s" if "seconds" in values else "done"
        sys.stderr.write(f"{repeat + 1}: {work}, {who}: {shown}\n")
        if self.options.keep is not None:
            entry = {"work": work, "who": who, "repeat": repeat, "values": values}
            with self.options.keep.open("a", encoding="utf-8") as file:
                file.write(json.dumps(entry) + "\n")

    def _one(self, work: str, who: str) -> dict[str, Any]:
        match work, who:
            case "rates", "bare":
                job = {"what": "rates", "batch": 512, "sequences": 64, "small": self.options.small}
                return self._script("_engine_rates.py", job)[0]
            case "rates", "ours":
                with self._ours() as ours:
                    return _engine_ours.rates(ours, self.vocabulary)
            case "memory", "ours":
                return {"bytes": self._our_memory()}
            case "memory", "bare":
                return self._bare("memory", **self._memory_work())[0]
            case "start", "ours":
                with self._ours() as ours:
                    return {"seconds": ours.start_seconds}
            case "start", "bare":
                return {"seconds": self._bare("start")[1]}
        return self._summed(self.works[work], self._result(work, who))

    def _result(self, name: str, who: str) -> Result:
        work = self.works[name]
        if who == "ours":
            with self._ours() as ours:
                return do(work, ours)
        if who == "server":
            return self._served(work)
        job = {
            "work": asdict(work),
            "grammar": who == "sequential with grammar",
            "window": SEQUENTIAL_WINDOW,
        }
        return result_from(self._script("_engine_sequential.py", job)[0])

    def _ours(self) -> Ours:
        return Ours(self.model, self.options.threads, USUAL_WINDOW, self.options.gpu_layers)

    def _served(self, work: Work) -> Result:
        options = (self.options.threads, USUAL_WINDOW, self.options.gpu_layers)
        with tempfile.TemporaryDirectory() as folder:
            log = Path(folder) / "server.log"
            with _engine_server.serving(self.options.server, self.model, *options, log) as server:
                server.chat([WARM_UP] * 8)
                return do(work, server)

    def _bare(self, what: str, **more: Any) -> tuple[dict[str, Any], float]:
        if not self.buffers:
            with self._ours() as ours:
                self.buffers = ours.buffers()
        return self._script("_engine_rates.py", {"what": what, **self.buffers, **more})

    def _memory_work(self) -> dict[str, Any]:
        return {"read": [MEMORY_READ] * MEMORY_PROMPTS, "write": MEMORY_WRITE}

    def _our_memory(self) -> int:
        lots = random.Random(SEED)
        texts = [
            of_length(sentence, lots, MEMORY_READ - 30, self.vocabulary.cut)
            for _ in range(MEMORY_PROMPTS)
        ]
        with self._ours() as ours:
            ours.chat([Call((("user", text),), MEMORY_WRITE) for text in texts])
            return ours.memory()

    def _script(self, name: str, job: dict[str, Any]) -> tuple[dict[str, Any], float]:
        """What a script answers to a job, in a process of its own, and after how many seconds."""
        options = self.options
        whole = {
            "model": str(self.model),
            "threads": options.threads,
            "gpu_layers": options.gpu_layers,
            "window": USUAL_WINDOW,
            **job,
        }
        # As in the engine: where another process has a core, threads that wait give theirs away
        # (see `rlm_desktop.engine.process`). It makes no difference on an idle machine, and the
        # rates of the floor must be the best. `llama_cpp.Llama` stays as somebody would use it.
        waiting = {"GOMP_SPINCOUNT": "1000"} if name == "_engine_rates.py" else None
        return run_script(HERE / name, whole, environment=waiting)

    def _summed(self, work: Work, result: Result) -> dict[str, Any]:
        """Seconds and tokens; of the labels, how many are right."""
        replies = result.replies
        root = [
            reply.reply_tokens
            for step in result.steps
            for call, reply in zip(step.calls, step.replies, strict=True)
            if call.root
        ]
        written = sum(reply.reply_tokens for reply in replies)
        summed = {
            "seconds": result.seconds,
            "read": sum(reply.prompt_tokens - reply.cached_tokens for reply in replies),
            "prompts": sum(reply.prompt_tokens for reply in replies),
            "written": written,
            "written_by_root": sum(root),
            "written_by_others": written - sum(root),
            "had_to_read": had_to_read(self.vocabulary, result),
        }
        if work.items:
            right = right_labels(SEED, len(work.items))
            same = sum(a.strip() == b for a, b in zip(result.labels, right, strict=True))
            summed["right_labels"] = same / len(right)
        return summed


def kept_in(path: Path) -> tuple[dict[str, Any], dict[tuple[str, str, int], dict[str, Any]]]:
    """What a file of measurements says of the machine, and the measurements."""
    head, *lines = path.read_text(encoding="utf-8").splitlines()
    entries = [json.loads(line) for line in lines]
    kept = {(each["work"], each["who"], each["repeat"]): each["values"] for each in entries}
    return json.loads(head), kept


def had_to_read(vocabulary: Vocabulary, result: Result) -> int:
    """Tokens that follow on nothing read or written before; replies are no reading."""
    read = Read()
    total = 0
    for step in result.steps:
        tokens = [vocabulary.chat(call.messages) for call in step.calls]
        total += sum(read.add(each) for each in tokens)
        for each, reply in zip(tokens, step.replies, strict=True):
            read.add(each + vocabulary.tokens(reply.text))
    return total


def chosen_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--markdown", type=Path, metavar="FILE", help="only show what it keeps")
    parser.add_argument("--keep", type=Path, help="a file of measurements, to go on from")
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--only", help=f"some of {','.join(GROUPS)}")
    parser.add_argument("--model", type=Path, help="a GGUF file; the starter model if not given")
    parser.add_argument("--threads", type=int, default=hardware.good_threads())
    parser.add_argument("--gpu-layers", type=int, default=-1, help="-1: all, where there is one")
    parser.add_argument("--server", type=Path, help="a llama-server to compare with")
    parser.add_argument("--small", action="store_true", help="a tenth of the work, for a try")
    return parser.parse_args()


def main() -> None:
    options = chosen_options()
    only = set(options.only.split(",")) if options.only else set(GROUPS)
    if only - set(GROUPS):
        raise SystemExit(f"there is no {', '.join(only - set(GROUPS))}; see --help")
    if options.markdown is not None:
        head, kept = kept_in(options.markdown)
        whole = report(kept, head["machine"])
    else:
        options.model = options.model or starter_model()
        if options.server is None and only & {"a", "b"}:
            options.server = _engine_server.provide()
        bench = Bench(options)
        bench.measure(only)
        whole = report(bench.kept, bench.machine)
    print(json.dumps(whole) if options.json else markdown(whole))


if __name__ == "__main__":
    main()
