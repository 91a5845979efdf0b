"""What the text is made of, as lists of dicts: records, sections, messages, turns, source code.

Loaded next to untrusted code: the standard library and modules like this one only. Each list is
made when a program names it first, and only where the text is built that way; where it is not,
an error tells what there is instead.
"""

from collections.abc import Callable, Iterator

from rlm_desktop.documents.building import SAMPLE_CHARS, Built, how_built, sample_lines
from rlm_desktop.documents.heading_lines import headings_in
from rlm_desktop.sandbox.entries import Entries, Entry
from rlm_desktop.sandbox.json_records import json_records_of
from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.messages import messages_of
from rlm_desktop.sandbox.python_files import PythonFiles
from rlm_desktop.sandbox.records import records_of
from rlm_desktop.sandbox.sections import sections_of
from rlm_desktop.sandbox.turns import turns_of
from rlm_desktop.sandbox.whole import Stretch, Whole

#: The names, and what a text has to have for them.
NAMES = {
    "records": "records (JSON, or lines of 'Key: value' that are alike)",
    "sections": "headings that part it",
    "messages": "mails",
    "turns": "lines in which speakers begin, like 'NAME: words'",
    "functions": "Python source",
    "classes": "Python source",
}
#: In characters. Mails or records of more would fill the memory that programs may use.
MOST_CHARS = 256 * 1024 * 1024
_JSON = ("json", "jsonl")


class Structures:
    """Makes the lists."""

    def __init__(self, whole: Whole, ledger: Ledger) -> None:
        self._whole = whole
        self._ledger = ledger
        self._made: dict[str, Entries] = {}
        self._built: list[Built] | None = None
        self._python: dict[int, PythonFiles] = {}

    @property
    def all_made(self) -> dict[str, Entries]:
        """The lists that programs have named, empty ones too."""
        return self._made

    def make(self, name: str) -> Entries | None:
        """The list of a name; None where the text is not built that way."""
        if name not in self._made:
            found = Entries(name, self._ledger)
            several = len(self._whole.stretches) > 1
            for stretch, built in self._fitting(name):
                for entry in self._makers()[name](stretch, built):
                    if several:
                        entry["document"] = stretch.name
                    if name == "sections":
                        entry["number"] = len(found) + 1
                    found.append(entry)
            self._made[name] = found
        return self._made[name] or None

    def why_not(self, name: str) -> str:
        """Why a list is not there, and which ones are; empty for any other name."""
        if name not in NAMES and name != "rows":
            return ""
        if self._whole.length > MOST_CHARS:
            return (
                f". `{name}` is made of texts up to {MOST_CHARS:,} characters, and this one has"
                f" {self._whole.length:,}. Go through `lines`, or use grep(...)"
            )
        there = [f"`{other}`" for other in NAMES if other != name and self._has(other)]
        if any(stretch.kind == "csv" for stretch in self._whole.stretches):
            there.insert(0, "`rows`")
        wants = NAMES.get(name, "table")
        return f". This text has no {wants}. Use {', '.join([*there, '`lines`'])}"

    def _has(self, name: str) -> bool:
        fitting = self._fitting(name)
        if name == "sections":
            return any(headings_in(enumerate(self._sample(stretch))) for stretch, _ in fitting)
        return any(True for _ in fitting)

    def _makers(self) -> dict[str, Callable[[Stretch, Built], Iterator[Entry]]]:
        return {
            "records": self._records,
            "sections": lambda stretch, _: sections_of(self._whole, stretch),
            "messages": lambda stretch, _: messages_of(self._whole, stretch),
            "turns": self._turns,
            "functions": lambda stretch, _: iter(self._python_of(stretch).functions),
            "classes": lambda stretch, _: iter(self._python_of(stretch).classes),
        }

    def _records(self, stretch: Stretch, built: Built) -> Iterator[Entry]:
        if built.records is None:
            return json_records_of(self._whole, stretch)
        return records_of(self._whole, stretch, built.records)

    def _turns(self, stretch: Stretch, built: Built) -> Iterator[Entry]:
        return turns_of(self._whole, stretch, built.talk) if built.talk else iter(())

    def _python_of(self, stretch: Stretch) -> PythonFiles:
        if stretch.start not in self._python:
            self._python[stretch.start] = PythonFiles(self._whole, stretch)
        return self._python[stretch.start]

    def _fitting(self, name: str) -> Iterator[tuple[Stretch, Built]]:
        """The parts of the text that are built as a list wants it."""
        if self._whole.length > MOST_CHARS:
            return
        for stretch, built in zip(self._whole.stretches, self._all_built(), strict=True):
            fits = {
                "records": built.records is not None or stretch.kind in _JSON,
                "sections": not built.mail and stretch.kind not in (*_JSON, "csv"),
                "messages": built.mail,
                "turns": built.talk is not None,
            }
            if fits.get(name, built.python):
                yield stretch, built

    def _all_built(self) -> list[Built]:
        if self._built is None:
            self._built = [
                how_built(stretch.name, stretch.kind, self._sample(stretch))
                for stretch in self._whole.stretches
            ]
        return self._built

    def _sample(self, stretch: Stretch) -> list[str]:
        end = min(stretch.end, stretch.start + SAMPLE_CHARS)
        return sample_lines(self._whole.raw(stretch.start, end), whole=end == stretch.end)
