"""From measurements to figures, and from figures to a table."""

import statistics
from collections.abc import Callable, Mapping, Sequence
from typing import Any

#: What each figure is, and what it should be.
MEANING = {
    "efficiency": "floor / seconds; the floor is tokens that had to be read / best rate of reading"
    " + tokens written / best rate of writing at that width; at most 1, at least 0.90",
    "sequential": "seconds of one prompt after another by llama_cpp.Llama / ours; at least 1 (a),"
    " 1.05 (b), 2 (c), 1.8 (classify, against the faster of with and without a grammar)",
    "server": "seconds of llama-server with 8 slots / ours; at least 1.1 (a), 1.0 (b)",
    "memory_ratio": "memory of our engine process / of a bare process with the same context after"
    " the same work; at most 1.05",
    "start_ratio": "our seconds from starting the process to loaded / those of a bare process that"
    " loads the model and opens the same context; at most 1.10",
}
#: How many replies a piece of work can have written at once: those of the root, and the others
#: (of the 100 of b as many as the engine has sequences).
_WIDTHS = {"a": (1, 16), "b": (1, 64), "c": (1, 4)}

Kept = Mapping[tuple[str, str, int], dict[str, Any]]


def best_rates(bare: dict[str, Any], ours: dict[str, Any]) -> dict[str, Any]:
    """The better of both, measured in the same repeat."""
    write = {
        width: max(rate, ours["write"].get(width, 0.0)) for width, rate in bare["write"].items()
    }
    return {"read": max([*bare["read"].values(), *ours["read"].values()]), "write": write}


def floor(work: str, kept: dict[str, Any], rates: dict[str, Any]) -> float:
    """The least seconds that a piece of work takes, by the best rates."""
    root, others = _WIDTHS[work]
    seconds = kept["had_to_read"] / rates["read"]
    seconds += kept["written_by_root"] / rates["write"][str(root)]
    return float(seconds + kept["written_by_others"] / rates["write"][str(others)])


def figures(kept: Kept) -> dict[str, float]:
    """The figures of which all parts were measured; each the median over the repeats."""
    found: dict[str, float] = {}

    def add(name: str, top: Callable[[int], float], bottom: Callable[[int], float]) -> None:
        ratios = []
        for repeat in sorted({key[2] for key in kept}):
            try:
                ratios.append(top(repeat) / bottom(repeat))
            except KeyError:  # a part of it was not measured
                continue
        if ratios:
            found[name] = round(statistics.median(ratios), 3)

    def seconds(work: str, who: str) -> Callable[[int], float]:
        return lambda repeat: float(kept[work, who, repeat]["seconds"])

    def floor_of(work: str) -> Callable[[int], float]:
        def of(repeat: int) -> float:
            rates = best_rates(kept["rates", "bare", repeat], kept["rates", "ours", repeat])
            return floor(work, kept[work, "ours", repeat], rates)

        return of

    def faster(repeat: int) -> float:
        names = ("sequential", "sequential with grammar")
        return min(seconds("classify", who)(repeat) for who in names)

    for work in ("a", "b", "c"):
        add(f"efficiency_{work}", floor_of(work), seconds(work, "ours"))
        add(f"sequential_{work}", seconds(work, "sequential"), seconds(work, "ours"))
    add("sequential_classify", faster, seconds("classify", "ours"))
    for work in ("a", "b"):
        add(f"server_{work}", seconds(work, "server"), seconds(work, "ours"))
    memory = [lambda repeat, who=who: kept["memory", who, repeat]["bytes"] for who in _PAIR]
    add("memory_ratio", memory[0], memory[1])
    add("start_ratio", seconds("start", "ours"), seconds("start", "bare"))
    return found


_PAIR = ("ours", "bare")


def report(kept: Kept, machine: dict[str, Any]) -> dict[str, Any]:
    """The whole, as it is printed as JSON."""
    found = figures(kept)
    repeats: dict[str, list[Any]] = {}
    for (work, who, _), values in sorted(kept.items()):
        shown = {name: value for name, value in values.items() if name != "labels"}
        repeats.setdefault(f"{work} {who}", []).append(shown)
    medians = {
        name: _median([values["seconds"] for values in many])
        for name, many in repeats.items()
        if "seconds" in many[0]
    }
    raw = {name: value for name, value in found.items() if name.startswith("efficiency")}
    return {
        "figures": {
            name: min(1.0, value) if name in raw else value for name, value in found.items()
        },
        "efficiency_unclipped": raw,
        "meaning": MEANING,
        "machine": machine,
        "median_seconds": medians,
        "repeats": repeats,
    }


def _median(values: Sequence[float]) -> float:
    return round(statistics.median(values), 3)


def markdown(whole: dict[str, Any]) -> str:
    """The figures as tables for README.md."""
    machine = whole["machine"]
    repeats = max(len(many) for many in whole["repeats"].values())
    lines = [
        ", ".join(
            (
                f"{machine['model']} on {machine['processor']}",
                f"{machine['cores']} cores, {machine['threads']} threads",
                f"llama-cpp-python {machine['llama_cpp']}, {machine['system']}",
                f"medians of {repeats}:",
            )
        ),
        "",
        "| figure | |",
        "|---|---|",
        *(f"| `{name}` | {value:.2f} |" for name, value in whole["figures"].items()),
        "",
        "| work | who | seconds (least to most) | tokens read | tokens written |",
        "|---|---|---|---|---|",
    ]
    for name, seconds in whole["median_seconds"].items():
        work, _, who = name.partition(" ")
        many = whole["repeats"][name]
        least, most = (choose(each["seconds"] for each in many) for choose in (min, max))
        read, written = many[0].get("read", ""), many[0].get("written", "")
        lines.append(
            f"| {work} | {who} | {seconds:.1f} ({least:.1f} to {most:.1f}) | {read} | {written} |"
        )
    return "\n".join(lines)
