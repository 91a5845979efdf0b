"""What calls about pieces are expected to cost, learned from the calls of this run."""

from collections.abc import Sequence
from dataclasses import dataclass

from rlm_desktop.engine.base import Expected, Usage
from rlm_desktop.runs.events import CallKind

#: A written token costs about as much as four that are read (113 against 24 a second for a 1.5B
#: model on two cores); weighting them gives one pace for both.
_WRITTEN = 4


@dataclass(frozen=True, slots=True)
class _Prior:
    """Before the first call of a kind: what is read besides the piece, and what is written."""

    besides: float
    written: float


#: Measured with the sample documents. Eleven questions got replies of 2 to 42 tokens from a 1.5B
#: model, 8 in the mean; a 0.5B model wrote 6 to 15, and 24 to fill in two fields. A label is not
#: written. A prompt that a program wrote may ask for anything; a paragraph is taken for it. Besides
#: the piece, 20 tokens were read for a question, which is repeated below the piece, and 8 for a
#: label.
_PRIORS = {
    CallKind.ASK: _Prior(20, 8),
    CallKind.DIRECT: _Prior(20, 8),
    CallKind.CLASSIFY: _Prior(8, 0),
    CallKind.FIELDS: _Prior(12, 24),
    CallKind.PROMPT: _Prior(10, 60),
}


class Costs:
    """The means over the calls of each kind that have ended.

    Tokens that were cached are not counted, so what all calls share fades out of the mean as
    they become many.
    """

    def __init__(self) -> None:
        self._ended: dict[CallKind, list[tuple[float, int]]] = {}

    def learn(self, kind: CallKind, piece_tokens: float, usage: Usage) -> None:
        """Take note of a call that has ended."""
        fresh = usage.prompt_tokens - usage.cached_tokens
        ended = self._ended.setdefault(kind, [])
        ended.append((fresh - piece_tokens, usage.reply_tokens))

    def expected(self, kind: CallKind, pieces_tokens: Sequence[float]) -> list[Expected]:
        """What calls about pieces of so many tokens will cost."""
        prior = _PRIORS[kind]
        besides, written = prior.besides, prior.written
        if ended := self._ended.get(kind):
            besides = sum(read for read, _ in ended) / len(ended)
            written = sum(tokens for _, tokens in ended) / len(ended)
        return [Expected(max(1, round(own + besides)), round(written)) for own in pieces_tokens]


class RunPace:
    """How fast an engine was in this run, for one that cannot tell how long calls take."""

    def __init__(self) -> None:
        self._tokens = 0
        self._seconds = 0.0

    def measured(self, usages: Sequence[Usage], seconds: float) -> None:
        """Take note of how long calls took that were asked for together.

        Not by what each of them says it took: they go on at the same time.
        """
        calls = [Expected(u.prompt_tokens - u.cached_tokens, u.reply_tokens) for u in usages]
        self._tokens += _weight_of(calls)
        self._seconds += seconds

    def seconds_for(self, calls: Sequence[Expected]) -> float | None:
        """How long calls will take; None before anything was measured."""
        if not self._tokens:
            return None
        return _weight_of(calls) * self._seconds / self._tokens


def _weight_of(calls: Sequence[Expected]) -> int:
    return sum(call.read + _WRITTEN * call.written for call in calls)
