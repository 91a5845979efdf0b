"""`rlm-desktop runs`, `show`, `export` and `import`: what was asked before."""

import argparse
import json
import sys

from rlm_desktop import places
from rlm_desktop.exporting.export_file import write_export
from rlm_desktop.exporting.markdown import to_markdown
from rlm_desktop.exporting.rlms_import import from_rlms_log
from rlm_desktop.exporting.visible import visible
from rlm_desktop.runs.run import Run
from rlm_desktop.storage.kept_run import KeptRun
from rlm_desktop.storage.run_store import RunStore


def main(parsed: argparse.Namespace) -> int:
    """List, show, export or import; return the exit code."""
    store = RunStore(places.database())
    try:
        match parsed.command:
            case "runs":
                _list(store.runs(parsed.search), as_json=parsed.json)
            case "show":
                sys.stdout.write(visible(to_markdown(Run.of(store.events(parsed.run)))))
            case "import":
                number = store.record_all(from_rlms_log(parsed.log))
                sys.stdout.write(f"{number}\n")
                sys.stderr.write(f"{parsed.log} is kept as run {number}\n")
            case _:
                happened = list(store.events(parsed.run))
                write_export(parsed.to, parsed.run, Run.of(happened), happened)
                sys.stderr.write(f"Run {parsed.run} was written to {parsed.to}\n")
    finally:
        store.close()
    return 0


def _list(runs: list[KeptRun], *, as_json: bool) -> None:
    if as_json:
        sys.stdout.write(json.dumps([_as_dict(run) for run in runs], indent=2) + "\n")
        return
    if not runs:
        sys.stderr.write("No runs are kept yet: ask something with rlm-desktop ask\n")
    for run in runs:
        answer = _short(run.answer or "", 40)
        when = run.started_at.astimezone().strftime("%Y-%m-%d %H:%M")
        outcome = run.outcome or "not ended"
        called = " ".join([run.name, *run.tags])
        sys.stdout.write(
            f"{run.number:5}  {when}  {outcome:11}  {_short(called, 60):60}  {answer}\n"
        )


def _as_dict(run: KeptRun) -> dict[str, object]:
    return {
        "run": run.number,
        "started_at": run.started_at.isoformat(),
        "question": run.question,
        "title": run.title or None,
        "pinned": run.pinned,
        "answer": run.answer,
        "outcome": run.outcome,
        "status": run.status,
        "model": run.model,
        "documents": list(run.documents),
        "seconds": run.seconds,
    }


def _short(text: str, width: int) -> str:
    line = " ".join(visible(text).split())
    return line if len(line) <= width else line[: width - 1] + "…"
