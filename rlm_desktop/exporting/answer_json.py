"""The answer to a question as one JSON object, as `rlm-desktop ask --json` prints it."""

from dataclasses import asdict
from typing import Any

from rlm_desktop.runs.events import ABOUT_THE_QUESTION, CallKind
from rlm_desktop.runs.run import Run


def summary(run: Run, number: int) -> dict[str, Any]:
    """A run in figures. The names of the fields are never changed; new ones may be added.

    `outcome` is None while the run goes on. `route` is "direct" where the text was short enough
    for one prompt, "code" where programs read it, and None where it did not come to either.
    `coverage` is from 0 to 1. `confidence` is how sure the answer is, in words. `follows` is the
    number of the run that the question followed up on, and `understood_as` what it was taken for.
    `sent_to` is the address that the text was sent to, None if it stayed on this machine.
    """
    ended, used = run.ended, run.usage
    return {
        "run": number,
        "question": run.started.question if run.started else "",
        "answer": ended.answer if ended else None,
        "outcome": ended.outcome.value if ended else None,
        "confidence": ended.confidence.value if ended and ended.confidence else None,
        "status": ended.status.value if ended and ended.status else None,
        "route": _route(run),
        "recipe": run.root.recipe if run.root else None,
        "coverage": ended.coverage if ended else 0.0,
        "seconds": ended.seconds if ended else 0.0,
        "calls": run.calls,
        "turns": run.turns,
        "prompt_tokens": used.prompt_tokens,
        "reply_tokens": used.reply_tokens,
        "cached_tokens": used.cached_tokens,
        "evidence": [asdict(passage) for passage in ended.evidence] if ended else [],
        "error": ended.error if ended else None,
        "follows": run.started.follows if run.started else None,
        "understood_as": run.written_out or None,
        "sent_to": (run.started.address or None) if run.started else None,
    }


def _route(run: Run) -> str | None:
    if run.root is None:
        return None
    kinds = [child.kind for child in run.root.children if child.kind not in ABOUT_THE_QUESTION]
    return "direct" if kinds[:1] == [CallKind.DIRECT] else "code"
