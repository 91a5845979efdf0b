"""The rows of the list of models, and what is said of one at length."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from rlm_desktop.gui.items.row_list import ListRow
from rlm_desktop.gui.known_models import KnownModel
from rlm_desktop.gui.style import Tone
from rlm_desktop.models.fit import Verdict
from rlm_desktop.models.plain_words import amount

#: Part of the free memory that a file may have, to leave room for its context as well.
_ROOMY = 0.7


def _tr(text: str) -> str:
    return QCoreApplication.translate("ModelRows", text)


def model_rows(models: Sequence[KnownModel], in_use: str) -> list[ListRow]:
    """A row for each model: name, size and licence; whether it is there, and how it fits."""
    return [_row(each, in_use) for each in models]


def _row(known: KnownModel, in_use: str) -> ListRow:
    file = known.file
    text = " · ".join((file.title, amount(file.size), file.licence))
    if file.name == in_use:
        text = _tr("{} (in use)").format(text)
    there, tone = _there(known)
    verdict, verdict_tone = fit_of(known)
    below = " · ".join(part for part in (there, verdict, file.good_for) if part)
    tone = tone if tone is Tone.BAD or not verdict else verdict_tone
    return ListRow(file.name, text, below, tone, known)


def _there(known: KnownModel) -> tuple[str, Tone]:
    if known.trouble:
        return _tr("✗ cannot be used"), Tone.BAD
    if known.file.present:
        return _tr("✓ here"), Tone.GOOD
    if known.file.in_catalogue:
        return _tr("not here yet"), Tone.QUIET
    return _tr("✗ its file is gone"), Tone.BAD


def fit_of(known: KnownModel) -> tuple[str, Tone]:
    """How a model fits, with the numbers behind it; before it is here, by its size alone."""
    free = amount(known.free_bytes)
    if known.fit is None:
        if known.trouble or not known.file.in_catalogue:
            return "", Tone.QUIET
        return _fit_by_size(known.file.size, known.free_bytes)
    needed = amount(known.fit.needed_bytes)
    match known.fit.verdict:
        case Verdict.FITS:
            return _tr("✓ fits: needs {} of memory, {} free").format(needed, free), Tone.GOOD
        case Verdict.SLOW:
            return _tr("! slow: needs {} of memory, {} free").format(needed, free), Tone.WARNING
        case Verdict.WONT_FIT:
            return _tr("✗ won't fit: needs {} of memory, {} free").format(needed, free), Tone.BAD


def _fit_by_size(size: int, free_bytes: int) -> tuple[str, Tone]:
    """Of a model that is not here only the size is known, and it needs some more than that."""
    if size > free_bytes:
        text, tone = _tr("✗ won't fit: needs over {} of memory, {} free"), Tone.BAD
    elif size > _ROOMY * free_bytes:
        text, tone = _tr("! may be slow: needs over {} of memory, {} free"), Tone.WARNING
    else:
        text, tone = _tr("should fit: needs over {} of memory, {} free"), Tone.QUIET
    return text.format(amount(size), amount(free_bytes)), tone


def at_length(known: KnownModel) -> str:
    """All that is said of a model, in lines."""
    file = known.file
    lines = [file.good_for, known.trouble, file.notice]
    lines.append(known.fit.way_out if known.fit is not None else "")
    if known.exam is not None:
        lines.append(_tr("Checked {}: {}").format(known.exam.taken_on, known.exam.sentence))
    elif file.present and not known.trouble:
        lines.append(_tr("Not checked yet: Check tries in some minutes what it is good for."))
    lines.append(str(file.path) if file.present else "")
    return "\n".join(line[:1].upper() + line[1:] for line in lines if line)
