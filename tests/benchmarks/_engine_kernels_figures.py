"""From what builds of llama.cpp answered to figures and tables."""

import statistics
from typing import Any


def compared(answer: dict[str, Any], wanted: list[list[int]], right: list[int]) -> dict[str, Any]:
    """Shares from 0 to 1, and the mean logarithm of the probability of the original's tokens."""
    same = []
    for mine, theirs in zip(answer["replies"], wanted, strict=True):
        pairs = zip(mine, theirs, strict=False)
        differs = next((i for i, (a, b) in enumerate(pairs) if a != b), min(len(mine), len(theirs)))
        same.append(differs / max(1, len(theirs)))
    tokens = sum(map(len, wanted))
    return {
        "same_until_first_difference": round(statistics.mean(same), 4),
        "whole_replies_the_same": sum(share == 1 for share in same) / len(same),
        "likeliest_the_same": round(sum(each[0] for each in answer["agreement"]) / tokens, 4),
        "mean_logprob": round(sum(each[1] for each in answer["agreement"]) / tokens, 4),
        "right_labels": sum(a == b for a, b in zip(answer["labels"], right, strict=True))
        / len(right),
    }


def markdown(whole: dict[str, Any]) -> str:
    heads = ["", "file, MB", "reads, tokens/s", "ratio", "writes 1 / 4 / 16 at once"]
    heads += ["same tokens", "likeliest the same", "mean log-probability", "right labels"]
    lines = [f"| {' | '.join(heads)} |", "|---" * len(heads) + "|"]
    for name, line in whole["variants"].items():
        write = " / ".join(f"{rate:.1f}" for rate in line["write"].values())
        cells = [name, line["file_mb"], line["read"], line["read_ratio"], write]
        cells += [
            line[key]
            for key in (
                "same_until_first_difference",
                "likeliest_the_same",
                "mean_logprob",
                "right_labels",
            )
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    lines += [f"\n{name}: {why}" for name, why in whole["failed"].items()]
    return "\n".join(lines)
