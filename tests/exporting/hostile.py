"""Runs in which every text is hostile, and the pieces of such texts."""

from hypothesis import strategies as st

from rlm_desktop.engine.base import Usage
from rlm_desktop.runs import events as e

#: What breaks out of a fence, a tag, an attribute or a line.
PIECES = [
    *("`", "```", "````", "~~~", "\n", "\r", "\r\n", "\n\n", "    ", "\t", "#", "> ", "- ", "1. "),
    *("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "</pre>", "</details>", "-->"),
    *("![x](http://evil.example/a.png)", "[a](javascript:b)", "[a]: http://evil.example", "&lt;"),
    *('"', "'", "\\", "$", "|", "===", "---", "*", "_", "{title}", "%s", "a", "word", " ", "é"),
    *("\0", "\x1b[2J", "\u202e", "\u2028", "\ud800", "\udc00", "\ufeff", "😀"),
]
HOSTILE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


def run_of(texts: list[str]) -> list[e.Event]:
    """A run that says each of twelve texts in another place."""
    question, answer, name, quote, code, output, error, act, advice, prompt, piece, reply = texts
    return [
        e.RunStarted(
            question, (e.Source(name, name, "text", 5, "0"),), name, e.Limits(), address=name
        ),
        e.CallStarted("1", e.CallKind.ROOT, question),
        e.RecipeChosen("1", name),
        e.ReplyStarted("1", 1),
        e.ReplyEnded("1", code, Usage(1, 1)),
        e.CodeStarted("1", code),
        e.ActBlocked("1", act),
        e.CallStarted("1.1", e.CallKind.ASK, prompt, piece),
        e.ReplyStarted("1.1", 1),
        e.ReplyEnded("1.1", reply, Usage(1, 1)),
        e.CallEnded("1.1", e.Outcome.ANSWERED, reply),
        e.CodeEnded("1", output, error),
        e.Advised("1", advice),
        e.CallEnded("1", e.Outcome.ANSWERED, answer),
        e.RunEnded(
            e.Outcome.ANSWERED,
            answer,
            e.Status.COMPUTED,
            error,
            1.0,
            (e.Evidence(name, 0, 5, 1, 3, quote),),
        ),
    ]


RUNS = st.lists(HOSTILE, min_size=12, max_size=12)
