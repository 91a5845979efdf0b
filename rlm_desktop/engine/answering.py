"""How requests are answered inside the engine process: from prompts to replies, all at once."""

import functools
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from rlm_desktop.engine.base import Done, Finish, LabelScore, Prompt, Scored, Usage, Wrote
from rlm_desktop.engine.frames import Answer, Began, Ended, Failed, Failure, Paced, Piece
from rlm_desktop.engine.jobs import Began as JobBegan
from rlm_desktop.engine.jobs import CannotGoOn, Chose, Happening, ScoresKnown, Scoring, Writing
from rlm_desktop.engine.llama import LlamaModel
from rlm_desktop.engine.prompt_tokens import PromptTokens
from rlm_desktop.engine.reply import ReplyText
from rlm_desktop.engine.scheduler import Scheduler
from rlm_desktop.errors import EngineError, PromptTooLong


@dataclass(slots=True)
class _Reply:
    """One prompt of a request, and how far its reply is."""

    prompt_tokens: int
    stops: tuple[str, ...] = ()
    wanted_tokens: int = 0
    text: ReplyText | None = None
    cached: int = 0
    written: int = 0
    seconds: float = 0.0

    @property
    def usage(self) -> Usage:
        return Usage(self.prompt_tokens, self.written, self.cached, self.seconds)


@dataclass(slots=True)
class _Request:
    """What was asked for together. `labels` is set for scores."""

    replies: list[_Reply]
    labels: tuple[str, ...] = ()
    label_tokens: list[list[int]] = field(default_factory=list)
    left: int = 0


class Answering:
    """Answers requests with a model, and keeps what it read for those to come.

    `step` does some work for all requests that are open, and returns what there is to say. Each
    request ends with `Ended` or `Failed`, or without a word when it is cancelled.
    """

    def __init__(self, model: LlamaModel) -> None:
        self._model = model
        self._tokens = PromptTokens(model)
        self._scheduler = Scheduler(
            model,
            cells=model.cells,
            sequences=model.sequences,
            step=model.step,
            divisible=model.divisible,
        )
        self._requests: dict[int, _Request] = {}
        self._paced: list[tuple[int, float]] = []

    @property
    def idle(self) -> bool:
        """Whether there is nothing to do."""
        return self._scheduler.idle and not self._requests

    def count(self, text: str) -> int:
        """How many tokens a plain text has."""
        return len(self._model.tokens(text, control=False))

    def generate(self, request: int, prompts: Sequence[Prompt]) -> None:
        """Begin to answer prompts. Raises PromptTooLong, EngineError, or Interrupted."""
        grammars = self._tokens.grammars(prompts)
        wanted: list[Writing | Scoring] = []
        replies = []
        for prompt in prompts:
            tokens = self._tokens.of(prompt)
            sampler = functools.partial(self._model.sampler, prompt.sampling, grammars[prompt])
            most = self._tokens.room(prompt, tokens)
            wanted.append(Writing(tokens, most, sampler, prompt.conversation))
            replies.append(_Reply(len(tokens), self._tokens.stops(prompt), prompt.max_tokens))
        self._requests[request] = _Request(replies, left=len(replies))
        self._scheduler.add(request, wanted)

    def score(self, request: int, prompts: Sequence[Prompt], labels: Sequence[str]) -> None:
        """Begin to score labels. Raises PromptTooLong, EngineError, or Interrupted."""
        label_tokens = self._tokens.of_labels(labels)
        for label, tokens in zip(labels, label_tokens, strict=True):
            if len(tokens) > self._scheduler.longest_label:
                raise EngineError(
                    f"the label {label[:40]!r}… has {len(tokens)} tokens, and a label may have"
                    f" {self._scheduler.longest_label}: choose shorter ones"
                )
        room = self._model.window - sum(len(tokens) for tokens in label_tokens)
        wanted: list[Writing | Scoring] = []
        replies = []
        for prompt in prompts:
            tokens = self._tokens.of(prompt)
            if len(tokens) > room:
                raise PromptTooLong(len(tokens), max(0, room))
            wanted.append(Scoring(tokens, label_tokens))
            replies.append(_Reply(len(tokens)))
        asked = _Request(replies, tuple(labels), label_tokens, len(replies))
        self._requests[request] = asked
        self._scheduler.add(request, wanted)

    def cancel(self, request: int) -> bool:
        """Drop a request; False if it is not open."""
        self._scheduler.cancel(request)
        return self._requests.pop(request, None) is not None

    def step(self) -> list[Answer]:
        """Go on with all requests. Raises Interrupted; then nothing is lost."""
        answers: list[Answer] = []
        began = time.monotonic()
        try:
            happened = self._scheduler.step()
        except EngineError as error:
            for request in list(self._requests):
                answers += self._fail(request, error)
            return answers
        self._share(time.monotonic() - began)
        for happening in happened:
            answers += self._answers_to(happening)
        ended = [number for number, request in self._requests.items() if not request.left]
        for request in ended:
            del self._requests[request]
            answers += [Paced(request, tuple(self._paced)), Ended(request)]
            self._paced = []
        return answers

    def _share(self, seconds: float) -> None:
        """Count the time of a step to those who were in it, by their rows."""
        rows = self._scheduler.last_rows
        total = sum(count for _, _, count in rows)
        if total:
            self._paced.append((total, seconds))
        for owner, index, count in rows:
            self._requests[owner].replies[index].seconds += seconds * count / total

    def _answers_to(self, happening: Happening) -> list[Answer]:
        request = self._requests.get(happening.owner)
        if request is None:
            return []  # it failed in this very step
        reply = request.replies[happening.index]
        match happening:
            case JobBegan(owner, index, cached):
                if reply.text is None:
                    reply.text = ReplyText(reply.stops)
                    reply.cached = cached
                return [Began(owner, index)]
            case Chose():
                return self._chose(request, reply, happening)
            case ScoresKnown(owner, index, logprobs):
                scores = tuple(
                    LabelScore(label, logprob, len(tokens))
                    for label, logprob, tokens in zip(
                        request.labels, logprobs, request.label_tokens, strict=True
                    )
                )
                request.left -= 1
                return [Piece(owner, Scored(index, scores, reply.usage))]
            case CannotGoOn(owner, _, error):
                return self._fail(owner, error)

    def _chose(self, request: _Request, reply: _Reply, chose: Chose) -> list[Answer]:
        owner, index, token = chose.owner, chose.index, chose.token
        assert reply.text is not None
        finish = Finish.LENGTH if chose.last else None
        shown = ""
        if self._model.ends(token):
            finish = Finish.STOP
        elif reply.wanted_tokens:
            reply.written += 1
            shown = reply.text.feed(self._model.bytes_of(token))
            if reply.text.stopped:
                finish = Finish.STOP
        if finish is None:
            return [Piece(owner, Wrote(index, shown))] if shown else []
        self._scheduler.end(owner, index)
        request.left -= 1
        shown += reply.text.rest()
        answers: list[Answer] = [Piece(owner, Wrote(index, shown))] if shown else []
        return [*answers, Piece(owner, Done(index, reply.usage, finish))]

    def _fail(self, request: int, error: EngineError) -> list[Answer]:
        self.cancel(request)
        return [Failed(request, Failure.ENGINE, str(error))]
