"""What stands in the row of a call, or of a group of like calls, of the tree of calls."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from rlm_desktop.engine.base import Usage
from rlm_desktop.gui import words
from rlm_desktop.gui.items.call_figures import Busy, Figures, Stretch, rate_of
from rlm_desktop.runs.events import CallKind, Outcome
from rlm_desktop.runs.run import Call


def _tr(text: str) -> str:
    return QCoreApplication.translate("CallRows", text)


@dataclass(frozen=True, slots=True)
class Bar:
    """A row's part of the time axis, which goes from 0 to `whole` seconds."""

    stretches: tuple[Stretch, ...]
    whole: float


def doing(call: Call) -> str:
    """The state of a call in words."""
    if call.outcome is not None:
        return words.outcome(call.outcome)
    if not call.turns:
        return _tr("waiting")
    turn = call.turns[-1]
    if turn.execution is not None and not turn.execution.ended:
        return _tr("running its program")
    return _tr("thinking") if turn.ended else _tr("writing")


def state(call: Call) -> str:
    sign = words.sign(call.outcome)
    close = _tr(", close") if call.close else ""
    return f"{sign} {doing(call)}{close}"


def name(call: Call, *, in_group: bool) -> str:
    """A call in one line; in a group of its kind, the kind is not said again."""
    kind = "" if in_group else words.kind(call.kind)
    # Of many calls with one question, the text is what tells them apart.
    what = words.first_line(call.text) or words.first_line(call.prompt)
    return ": ".join(filter(None, (kind, what))) or words.kind(call.kind)


def failed(calls: Sequence[Call]) -> int:
    return sum(call.outcome is Outcome.FAILED for call in calls)


def group_name(kind: CallKind, first: int, calls: Sequence[Call], count: int) -> str:
    """Some of `count` like calls, of which the first is number `first`."""
    text = _tr("{} {} to {} of {}").format(
        words.kinds(kind),
        words.number(first),
        words.number(first + len(calls) - 1),
        words.number(count),
    )
    bad = failed(calls)
    return _tr("{}, {} failed").format(text, bad) if bad else text


def group_state(calls: Sequence[Call]) -> str:
    done = sum(call.outcome is not None for call in calls)
    if done < len(calls):
        return _tr("… {} of {} done").format(done, len(calls))
    if bad := failed(calls):
        return _tr("✗ {} failed").format(bad)
    return _tr("✓ {} done").format(done)


def of_group(figures: Sequence[Figures]) -> Figures:
    """The figures of calls together."""
    ends = [each.end for each in figures if each.end is not None]
    made = Figures(
        min((each.start for each in figures), default=0.0),
        max(ends) if ends and len(ends) == len(figures) else None,
    )
    for each in figures:
        made.own += each.own
        made.all_ += each.all_
        made.code_seconds += each.code_seconds
        made.all_code_seconds += each.all_code_seconds
    return made


def seconds(figures: Figures, now: float) -> float:
    """From start to end by the clock; where no clock was noted, all work added up."""
    clock = (now if figures.end is None else figures.end) - figures.start
    return clock if clock > 0 else figures.added_seconds


def count(value: int) -> str:
    return words.number(value) if value else ""


def duration(value: float) -> str:
    return words.seconds(value) if value else ""


def rate(usage: Usage) -> str:
    value = rate_of(usage)
    return "" if value is None else words.rate(value)


def bar(figures: Sequence[Figures], now: float) -> Bar:
    """The bar of a call, or of calls together: there, the model was at work for any of them."""
    if len(figures) == 1:
        (one,) = figures
        end = now if one.end is None else one.end
        stretches = list(one.stretches)
        if one.told_until < end:
            stretches.append(Stretch(one.doing(), one.told_until, end))
        return Bar(tuple(stretches), now)
    return Bar(tuple(_together(figures)), now)


def _together(figures: Sequence[Figures]) -> list[Stretch]:
    """When any of the calls had the model write; else all of them waited."""
    start = min(each.start for each in figures)
    end = max(each.told_until if each.end is None else each.end for each in figures)
    busy = sorted(
        (each.start, each.end)
        for one in figures
        for each in one.stretches
        if each.busy is not Busy.WAITING
    )
    made: list[Stretch] = []
    at = start
    for first, last in busy:
        if first > at:
            made.append(Stretch(Busy.WAITING, at, first))
        if last > at:
            made.append(Stretch(Busy.MODEL, max(at, first), last))
            at = last
    if end > at:
        made.append(Stretch(Busy.WAITING, at, end))
    return made


def times(bar_: Bar) -> str:
    """A bar in words, for a tool tip and for screen readers."""
    spent = dict.fromkeys(Busy, 0.0)
    for each in bar_.stretches:
        spent[each.busy] += each.end - each.start
    texts = {
        Busy.MODEL: _tr("model {}"),
        Busy.CODE: _tr("code {}"),
        Busy.WAITING: _tr("waiting {}"),
    }
    return " · ".join(
        text.format(words.seconds(spent[busy])) for busy, text in texts.items() if spent[busy]
    )
