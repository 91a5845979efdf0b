"""How fast a model is on a machine, as measured in use, and how long calls will take with it.

The scheduler works in steps of some rows (tokens): of prompts, or one for each reply that is being
written. What a step costs depends on its rows, and hardly on whose they are, so a table of seconds
by rows tells both reading and writing, alone and together.
"""

import json
import math
import os
import platform
import tempfile
from bisect import bisect
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Self

from rlm_desktop.engine.base import Expected
from rlm_desktop.engine.step_plan import steps_for

#: Steps are kept apart by their rows; each goes to the one of these that it is nearest to.
BUCKETS = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512)
#: How many of the latest steps of each bucket are kept: half a minute of reading on two cores.
_KEPT = 32
#: A step that took longer than so many usual ones (the machine slept, the disk was busy) counts
#: as that many only.
_HICCUP = 3.0
#: Any step costs as if it had so many rows more: the weights are read from memory for each. A
#: 1.5B model on two cores took 41 ms for 1 row and 1.13 s for 128. Needed only for widths beyond
#: those measured.
_SHARED_ROWS = 4.0
_MOST_ROWS = 1 << 20
_MOST_SECONDS = 3600.0
_LEAST_SECONDS = 1e-6
#: So many paces are kept, the latest; a file that is larger than that can need is damaged.
_MOST_PACES = 200
_MOST_BYTES = 4 * 1024 * 1024


class Pace:
    """What steps of so many rows cost, in seconds: the latest of each width. Not thread-safe."""

    def __init__(self) -> None:
        self._steps: dict[int, deque[tuple[int, float]]] = {}
        self._curve: tuple[list[float], list[float]] | None = None

    def measured(self, rows: int, seconds: float) -> None:
        """Take note of a step. Raises ValueError for what cannot have been measured."""
        if not 1 <= rows <= _MOST_ROWS or not 0 <= seconds <= _MOST_SECONDS:
            raise ValueError(f"no step has {rows} rows and takes {seconds} s")
        kept = self._steps.setdefault(_bucket_of(rows), deque(maxlen=_KEPT))
        kept.append((rows, max(_LEAST_SECONDS, float(seconds))))
        self._curve = None

    def merge(self, later: "Pace") -> None:
        """Take over what another pace measured, which is the later."""
        for rows, seconds in later.steps():
            self.measured(rows, seconds)

    def steps(self) -> Iterator[tuple[int, float]]:
        """Rows and seconds of the steps that are kept, by width, the latest of each last."""
        for bucket in sorted(self._steps):
            yield from self._steps[bucket]

    def step_seconds(self, rows: int) -> float | None:
        """What a step of so many rows costs; None before anything was measured."""
        if not self._steps:
            return None
        widths, costs = self._points()
        after = bisect(widths, rows)
        if after in (0, len(widths)):
            nearest = max(0, after - 1)
            return costs[nearest] * (rows + _SHARED_ROWS) / (widths[nearest] + _SHARED_ROWS)
        share = (rows - widths[after - 1]) / (widths[after] - widths[after - 1])
        return costs[after - 1] + share * (costs[after] - costs[after - 1])

    def seconds(
        self, calls: Sequence[Expected], *, step: int, sequences: int, cells: int
    ) -> float | None:
        """How long calls take that are asked for together; None before anything was measured.

        It does what the scheduler does, in steps of at most `step` rows: prompts are read in
        order, as long as one of the `sequences` is free and they fit into the `cells`, and then
        all replies are written together until one ends.
        """
        if min(step, sequences, cells) < 1:
            raise ValueError(
                f"nothing is read in steps of {step} with {sequences} sequences and {cells} cells"
            )
        if not self._steps:
            return None
        costs: dict[int, float] = {}
        total = 0.0
        for steps, rows in steps_for(calls, step=step, sequences=sequences, cells=cells):
            cost = costs.get(rows)
            if cost is None:
                cost = costs[rows] = self.step_seconds(rows) or 0.0
            total += steps * cost
        return total

    def _points(self) -> tuple[list[float], list[float]]:
        """The curve: a point for each bucket, rows and seconds, in the order of the rows."""
        if self._curve is None:
            points = [_point(self._steps[bucket]) for bucket in sorted(self._steps)]
            self._curve = [rows for rows, _ in points], [seconds for _, seconds in points]
        return self._curve

    def to_json(self) -> dict[str, Any]:
        """The pace as plain data."""
        return {"steps": [[rows, float(f"{seconds:.4g}")] for rows, seconds in self.steps()]}

    @classmethod
    def from_json(cls, untrusted: object) -> Self:
        """The opposite of `to_json`. Raises ValueError if that is no pace."""
        pace = cls()
        match untrusted:
            case {"steps": list(steps), **rest} if not rest and len(steps) <= _KEPT * len(BUCKETS):
                for step in steps:
                    match step:
                        case [int(rows), int() | float() as seconds] if (
                            type(rows) is int and type(seconds) is not bool
                        ):
                            pace.measured(rows, seconds)
                        case _:
                            raise ValueError(f"not a step: {step!r:.80}")
            case _:
                raise ValueError(f"not a pace: {untrusted!r:.80}")
        return pace


def _bucket_of(rows: int) -> int:
    return BUCKETS[min(len(BUCKETS) - 1, round(math.log2(rows)))]


def _point(steps: Sequence[tuple[int, float]]) -> tuple[float, float]:
    """The mean of rows and of seconds, where a hiccup counts as a slow step only."""
    usual = sorted(seconds for _, seconds in steps)[(len(steps) - 1) // 2]
    seconds = sum(min(seconds, _HICCUP * usual) for _, seconds in steps)
    return sum(rows for rows, _ in steps) / len(steps), seconds / len(steps)


class SpeedBook:
    """A JSON file of paces, by model and machine.

    A run must not fail because a pace cannot be kept, so what goes wrong with the file is told in
    `notice`, a sentence for the user, rather than raised. A damaged file is put aside under
    another name, and a new one is begun. Two programs that keep a pace at the same moment do no
    harm: the file is replaced as a whole, and the later one stays.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self.notice = ""

    def pace(self, model: str, machine: str) -> Pace:
        """What is known; empty if nothing is. The caller may go on measuring with it."""
        return self._read().get((model, machine), Pace())

    def keep(self, model: str, machine: str, pace: Pace) -> None:
        """Keep a pace in place of what was known of this model on this machine."""
        paces = self._read()
        paces.pop((model, machine), None)
        paces[model, machine] = pace
        latest = list(paces.items())[-_MOST_PACES:]
        rows = [
            {"model": model, "machine": machine, "pace": pace.to_json()}
            for (model, machine), pace in latest
        ]
        try:
            self._write(json.dumps({"version": 1, "paces": rows}))
        except OSError as error:
            self.notice = (
                f"how fast the model is cannot be kept in {self._path} ({error}), so estimates "
                "begin anew at the next start: make the folder writable"
            )

    def _read(self) -> dict[tuple[str, str], Pace]:
        try:
            with self._path.open("rb") as file:
                untrusted = file.read(_MOST_BYTES + 1)
        except FileNotFoundError:
            return {}
        except OSError as error:
            self.notice = (
                f"the measured speeds in {self._path} cannot be read ({error}), so estimates begin "
                "anew: make the file readable, or delete it"
            )
            return {}
        try:
            return _checked(untrusted)
        except ValueError as error:
            self._put_aside(error)
            return {}

    def _put_aside(self, damage: ValueError) -> None:
        number, aside = 1, self._path.with_suffix(".damaged")
        while aside.exists():
            number += 1
            aside = self._path.with_suffix(f".damaged-{number}")
        try:
            self._path.rename(aside)
        except OSError as error:
            kept = f"it stays where it is, for it cannot be renamed ({error})"
        else:
            kept = f"it was renamed to {aside.name}"
        self.notice = (
            f"the measured speeds in {self._path} are damaged ({damage}); {kept}, and speeds are "
            "measured anew"
        )

    def _write(self, text: str) -> None:
        """Write the file, all or nothing."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(dir=self._path.parent, prefix=f".{self._path.name}.")
        fresh = Path(name)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text + "\n")
            fresh.replace(self._path)
        except OSError:
            fresh.unlink(missing_ok=True)
            raise


def _checked(untrusted: bytes) -> dict[tuple[str, str], Pace]:
    """The paces in what stands in the file. Raises ValueError."""
    if len(untrusted) > _MOST_BYTES:
        raise ValueError(f"it has over {_MOST_BYTES:,} bytes")
    try:
        data: Any = json.loads(untrusted)
    except RecursionError:
        raise ValueError("it is nested too deep") from None
    paces: dict[tuple[str, str], Pace] = {}
    match data:
        case {"version": 1, "paces": list(rows), **rest} if not rest and len(rows) <= _MOST_PACES:
            for row in rows:
                match row:
                    case {"model": str(model), "machine": str(machine), "pace": pace, **more} if (
                        not more
                    ):
                        paces[model, machine] = Pace.from_json(pace)
                    case _:
                        raise ValueError(f"not a row of it: {row!r:.80}")
        case _:
            raise ValueError("it is no list of speeds")
    return paces


def model_key(path: Path) -> str:
    """A model in the book: the name of its file and its size, which tell its quantisation too."""
    return f"{path.name}, {path.stat().st_size} bytes"


def machine_key(threads: int, gpu_layers: int) -> str:
    """This machine in the book, with what of it the model may use."""
    cores = os.cpu_count() or 1
    return f"{_processor()}, {cores} cores, {threads} threads, {gpu_layers} layers on a GPU"


def _processor() -> str:
    """What the processor calls itself; Python's own answer is empty on most Linux systems."""
    listing = Path("/proc/cpuinfo")
    if listing.is_file():
        for line in listing.read_text(encoding="utf-8", errors="replace").splitlines():
            name, _, value = line.partition(":")
            if name.strip() in ("model name", "Model", "Hardware") and value.strip():
                return value.strip()
    return platform.processor() or platform.machine()
