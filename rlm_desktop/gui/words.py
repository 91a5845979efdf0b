"""Numbers and states in the words the window uses.

Each form is a literal of its own, so that translators see whole phrases.
"""

from PySide6.QtCore import QCoreApplication, QLocale

from rlm_desktop.runs.events import CallKind, Confidence, Outcome, Status


def _tr(text: str) -> str:
    return QCoreApplication.translate("Words", text)


def _locale() -> QLocale:
    """The user's; English where none is set, since the C locale does not group digits."""
    locale = QLocale()
    if locale.language() is QLocale.Language.C:
        return QLocale(QLocale.Language.English)
    return locale


def number(value: int) -> str:
    """A whole number as the user's country writes it."""
    return _locale().toString(value)


def lines(count: int) -> str:
    return _tr("1 line") if count == 1 else _tr("{} lines").format(number(count))


def rows(count: int) -> str:
    return _tr("1 row") if count == 1 else _tr("{} rows").format(number(count))


def columns(count: int) -> str:
    return _tr("1 column") if count == 1 else _tr("{} columns").format(number(count))


def passages(count: int) -> str:
    return _tr("1 passage") if count == 1 else _tr("{} passages").format(number(count))


def calls(count: int) -> str:
    return _tr("1 call") if count == 1 else _tr("{} calls").format(number(count))


def tokens(count: int) -> str:
    return _tr("1 token") if count == 1 else _tr("{} tokens").format(number(count))


def documents(count: int) -> str:
    return _tr("1 document") if count == 1 else _tr("{} documents").format(number(count))


def pages(count: int) -> str:
    return _tr("1 page") if count == 1 else _tr("{} pages").format(number(count))


def characters(count: int) -> str:
    """How long a text is: exact below ten thousand, rounded above."""
    if count == 1:
        return _tr("1 character")
    if count < 10_000:
        return _tr("{} characters").format(number(count))
    if count < 1_000_000:
        return _tr("{} thousand characters").format(number(round(count / 1000)))
    millions = _locale().toString(count / 1_000_000, "f", 1)
    return _tr("{} million characters").format(millions)


def seconds(value: float) -> str:
    """How long something took, as short as it can be said."""
    if value < 0.05:
        return _tr("under 0.1 s")
    if value < 10:
        return _tr("{} s").format(_locale().toString(float(value), "f", 1))
    if value < 60:
        return _tr("{} s").format(number(round(value)))
    minutes, rest = divmod(round(value), 60)
    if minutes < 60 and not rest:
        return _tr("{} min").format(number(minutes))
    if minutes < 60:
        return _tr("{} min {:02d} s").format(number(minutes), rest)
    hours, minutes = divmod(minutes, 60)
    if not minutes:
        return _tr("{} h").format(number(hours))
    return _tr("{} h {:02d} min").format(number(hours), minutes)


def about(value: float) -> str:
    """A time to come, no more exact than anybody can know it."""
    if value < 10:
        return _tr("10 s")
    if value < 55:
        return _tr("{} s").format(number(10 * round(value / 10)))
    minutes = max(1, round(value / 60))
    if minutes < 60:
        return _tr("{} min").format(number(minutes))
    hours, minutes = divmod(minutes, 60)
    return _tr("{} h {:02d} min").format(number(hours), minutes)


def rate(value: float) -> str:
    """Tokens in a second."""
    return _tr("{}/s").format(_locale().toString(value, "f", 1 if value < 10 else 0))


def percent(fraction: float) -> str:
    """A part of the whole. Never 0 % for something, never 100 % for less than all."""
    if 0 < fraction < 0.01:
        return _tr("less than 1 %")
    return _tr("{} %").format(99 if 0.99 < fraction < 1 else round(fraction * 100))


def outcome(value: Outcome | None) -> str:
    """How a run or a call ended; None is still going on."""
    match value:
        case None:
            return _tr("running")
        case Outcome.ANSWERED:
            return _tr("answered")
        case Outcome.NOT_FOUND:
            return _tr("not found")
        case Outcome.FORCED:
            return _tr("forced at a limit")
        case Outcome.STOPPED:
            return _tr("stopped")
        case Outcome.FAILED:
            return _tr("failed")


def status(value: Status) -> str:
    """What an answer rests on."""
    match value:
        case Status.COMPUTED:
            return _tr("computed by code")
        case Status.READ:
            return _tr("read by the model")
        case Status.WHOLE:
            return _tr("short enough to read whole")
        case Status.FORCED:
            return _tr("forced at a limit")
        case Status.NOT_FOUND:
            return _tr("not found")


def confidence(value: Confidence) -> str:
    """How sure an answer is."""
    match value:
        case Confidence.SURE:
            return _tr("Sure")
        case Confidence.LIKELY:
            return _tr("Probably right")
        case Confidence.UNSURE:
            return _tr("Not sure: check it")


def sign(value: Outcome | None) -> str:
    """A character that says the same as `outcome`, for eyes that pass quickly."""
    match value:
        case None:
            return "…"
        case Outcome.ANSWERED:
            return "✓"
        case Outcome.NOT_FOUND:
            return "?"
        case Outcome.FORCED:
            return "!"
        case Outcome.STOPPED:
            return "■"
        case Outcome.FAILED:
            return "✗"


def kind(value: CallKind) -> str:
    """What a call is for."""
    match value:
        case CallKind.ROOT:
            return _tr("Question")
        case CallKind.DIRECT:
            return _tr("Whole text")
        case CallKind.WRITE_OUT:
            return _tr("Question written out")
        case CallKind.ROUTE:
            return _tr("Choice of an example")
        case CallKind.ASK:
            return _tr("Sub-question")
        case CallKind.CLASSIFY:
            return _tr("Label")
        case CallKind.FIELDS:
            return _tr("Fields")
        case CallKind.PROMPT:
            return _tr("Prompt")
        case CallKind.RLM:
            return _tr("Sub-run")
        case CallKind.EXTRACT:
            return _tr("Forced answer")


def kinds(value: CallKind) -> str:
    """Many calls for the same."""
    match value:
        case CallKind.ASK:
            return _tr("Sub-questions")
        case CallKind.CLASSIFY:
            return _tr("Labels")
        case CallKind.FIELDS:
            return _tr("Fields")
        case CallKind.PROMPT:
            return _tr("Prompts")
        case CallKind.RLM:
            return _tr("Sub-runs")
        case _:
            return _tr("Calls")


def first_line(text: str, limit: int = 160) -> str:
    """The first line that says something, cut, for one row of a list."""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return line if len(line) <= limit else line[: limit - 1] + "…"


def clipped(text: str, limit: int) -> str:
    """Head and tail of a text that is too long to show, with a line that says what is left out."""
    if len(text) <= limit:
        return text
    half = limit // 2
    left_out = _tr("… {} not shown …").format(characters(len(text) - 2 * half))
    return f"{text[:half]}\n{left_out}\n{text[-half:]}"
