"""Documents in words, for the prompt of a model: of a size that does not grow with them."""

from collections import Counter
from collections.abc import Sequence

from rlm_desktop.documents.document import Document, LeftOut
from rlm_desktop.documents.names import safe_name


def heading(index: int, document: Document) -> str:
    """The line before a document; `index` counts from 0, as `files` does in the REPL."""
    size = _pages(document) or f"{document.lines:,} {_plural('line', document.lines)}"
    return f"===== [{index}] {safe_name(document.name)} ({document.kind}, {size}) =====\n"


def table(documents: Sequence[Document], left_out: Sequence[LeftOut], limit: int = 40) -> str:
    """A line for each of the first `limit` documents, then the others by kind, then left out."""
    if len(documents) == 1 and not left_out:
        return _row(documents[0])
    chars = sum(document.chars for document in documents)
    rows = [f"{len(documents):,} {_plural('file', len(documents))}, {chars:,} characters:"]
    rows += [f"[{index}] {_row(each)}" for index, each in enumerate(documents[:limit])]
    if rest := Counter(str(document.kind) for document in documents[limit:]):
        rows.append(f"and {rest.total():,} more: {_counts(rest)}")
    if left_out:
        reasons = Counter(each.reason.partition(":")[0] for each in left_out)
        rows.append(f"left out: {len(left_out):,} ({_counts(reasons)})")
    return "\n".join(rows)


def _row(document: Document) -> str:
    facts = [str(document.kind), _pages(document)]
    facts += [
        f"{document.lines:,} {_plural('line', document.lines)}",
        f"{document.chars:,} characters",
        document.note,
    ]
    return f"{safe_name(document.name)}: " + ", ".join(fact for fact in facts if fact)


def _pages(document: Document) -> str:
    return f"{document.pages:,} {_plural('page', document.pages)}" if document.pages else ""


def _counts(counted: "Counter[str]") -> str:
    """The five commonest, the rest summed up."""
    common = counted.most_common(5)
    words = [f"{number:,} {what}" for what, number in common]
    if rest := counted.total() - sum(number for _, number in common):
        words.append(f"{rest:,} other")
    return ", ".join(words)


def _plural(word: str, number: int) -> str:
    return word if number == 1 else f"{word}s"
