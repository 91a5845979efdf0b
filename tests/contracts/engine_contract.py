"""What every engine does. A subclass gives the fixture `engine`: loaded, able to answer often."""

import threading

import pytest

from rlm_desktop.engine.base import Done, Engine, Expected, Finish, Message, Prompt, Wrote
from rlm_desktop.errors import EngineError, Stopped

QUESTION = Prompt((Message("user", "Count from one to ten, in words."),), max_tokens=14)


def replies(engine: Engine, *prompts: Prompt) -> tuple[list[str], list[Done]]:
    """The texts and the ends of the replies, by index; checks the order on the way."""
    texts = [""] * len(prompts)
    ends: dict[int, Done] = {}
    for message in engine.generate(prompts, threading.Event()):
        assert message.index not in ends, "nothing comes after Done"
        match message:
            case Wrote(index, text):
                assert text
                texts[index] += text
            case Done(index):
                ends[index] = message
    return texts, [ends[index] for index in range(len(prompts))]


def reply(engine: Engine, prompt: Prompt) -> str:
    return replies(engine, prompt)[0][0]


class EngineContract:
    @pytest.fixture
    def engine(self) -> Engine:
        raise NotImplementedError("a subclass gives the engine")

    def test_has_a_name_and_a_window(self, engine: Engine) -> None:
        assert engine.name
        assert engine.window > 0

    def test_load_when_loaded_ends_at_once_with_one(self, engine: Engine) -> None:
        assert list(engine.load(threading.Event()))[-1] == 1

    def test_writes_its_reply_in_pieces_and_then_is_done(self, engine: Engine) -> None:
        messages = list(engine.generate([QUESTION], threading.Event()))
        assert all(isinstance(message, Wrote) for message in messages[:-1])
        assert len(messages) > 2
        done = messages[-1]
        assert isinstance(done, Done)
        assert done.usage.prompt_tokens > 0
        assert done.usage.reply_tokens > 0

    def test_answers_each_prompt_once(self, engine: Engine) -> None:
        texts, ends = replies(engine, QUESTION, QUESTION, QUESTION)
        assert all(texts)
        assert [done.index for done in ends] == [0, 1, 2]

    def test_no_prompts_no_messages(self, engine: Engine) -> None:
        assert list(engine.generate([], threading.Event())) == []

    def test_a_reply_ends_before_a_stop(self, engine: Engine) -> None:
        whole = reply(engine, QUESTION)
        middle = len(whole) // 2
        stop = whole[middle : middle + 5]
        prompt = Prompt(QUESTION.messages, stops=("never written", stop), max_tokens=14)
        texts, ends = replies(engine, prompt)
        assert texts[0] == whole[: whole.index(stop)]
        assert ends[0].finish is Finish.STOP

    def test_counts_more_for_a_longer_text(self, engine: Engine) -> None:
        assert 0 < engine.count("a word") < engine.count("a word and some more of them")

    def test_stops_before_it_begins(self, engine: Engine) -> None:
        stop = threading.Event()
        stop.set()
        with pytest.raises(Stopped):
            list(engine.generate([QUESTION], stop))

    def test_stops_in_the_middle_and_goes_on_with_the_next(self, engine: Engine) -> None:
        stop = threading.Event()
        messages = iter(engine.generate([QUESTION, QUESTION], stop))
        assert isinstance(next(messages), Wrote)
        stop.set()
        with pytest.raises(Stopped):
            next(messages)
        assert reply(engine, QUESTION)

    def test_a_caller_may_leave_in_the_middle(self, engine: Engine) -> None:
        messages = engine.generate([QUESTION], threading.Event())
        assert isinstance(next(iter(messages)), Wrote)
        del messages
        assert reply(engine, QUESTION)

    def test_scores_every_label_or_says_that_it_cannot(self, engine: Engine) -> None:
        labels = ("seven", "eight", "nine")
        prompts = [Prompt((Message("user", "What comes after seven? One word."),))] * 2
        if not engine.can_score:
            with pytest.raises(EngineError):
                list(engine.score(prompts, labels, threading.Event()))
            return
        scored = list(engine.score(prompts, labels, threading.Event()))
        assert sorted(one.index for one in scored) == [0, 1]
        for one in scored:
            assert tuple(score.label for score in one.scores) == labels
            assert all(score.logprob <= 0 and score.tokens > 0 for score in one.scores)
            assert one.best in one.scores
            assert 0 <= one.margin <= 1
            assert one.usage.reply_tokens == 0

    @pytest.mark.parametrize("labels", [[], ["a", ""], ["a", "b", "a"]])
    def test_refuses_labels_that_are_none(self, engine: Engine, labels: list[str]) -> None:
        if engine.can_score:
            with pytest.raises(ValueError, match="label"):
                list(engine.score([QUESTION], labels, threading.Event()))

    def test_estimates_in_seconds_or_not_at_all(self, engine: Engine) -> None:
        reply(engine, QUESTION)
        few = engine.estimate([Expected(100, 10)])
        many = engine.estimate([Expected(100, 10)] * 50)
        assert (few is None and many is None) or (few and many and 0 < few < many)

    def test_says_where_the_texts_go(self, engine: Engine) -> None:
        assert isinstance(engine.address, str)

    def test_close_may_come_twice(self, engine: Engine) -> None:
        engine.close()
        engine.close()
