"""What is questioned before it costs time or becomes an answer.

Each guard is a plain function that returns the sentence the model is told, or None. A guard is
cheap and asks once: what the model insists on is accepted, and shown with the answer.
"""

import ast
import re
from collections.abc import Callable, Iterator, Sequence

from rlm_desktop.runs.prompts import fenced

_PLACEHOLDERS = {
    "", "none", "nan", "null", "unknown", "n/a", "na", "tbd", "todo", "...", "answer", "[]", "{}",
    "set()", "()", "your answer", "the answer",
}  # fmt: skip
_NOT_FOUND = re.compile(
    r"^\W*(not[ _]found|not in (this|the) (piece|text|file|document)s?|no (answer|match)( found)?)"
    r"\W*$",
    re.IGNORECASE,
)
_ZEROS = {"0", "0.0"}
#: A number, or a word that no dictionary has: with digits, inner capitals, dots or slashes.
_CODES = re.compile(
    r"(?<![\w./-])(?:\d[\d.,]*\d|\d+|(?=[\w./-]*[/_\d]|\w*[a-z][A-Z]|\w{2,}\.\w{2,})\w[\w./-]*\w)(?![\w/])"
)
#: "One line per message", "for every contract"; and "all 900 messages", "holds 24 contracts".
_LINE_FOR_EACH = re.compile(
    r"\b(?:one|a) (?:line|row|entry|item) (?:per|for (?:each|every))\b|\bfor (?:each|every|all)\b",
    re.IGNORECASE,
)
_SO_MANY = re.compile(
    r"\b(?:all|these|the|holds?|contains?|has|of) (\d[\d,]*) [a-z]{3,}s\b", re.IGNORECASE
)
_FEW = 3
_FORM_SHOWN = re.compile(r"\bin the form(?:at)?:? ['\"\u201c\u2018]([^'\"\u201d\u2019\n]{3,60})")
#: "Reply with one of: more, less, as many".
_ONE_OF = re.compile(
    r"\b(?:reply|answer)(?: only)? with (?:exactly )?(?:one of|either)"
    r"(?: these| the following)?:?\s+([^.?!\n]+)",
    re.IGNORECASE,
)
#: Of fewer lines it is no wonder that all hold a word.
_ENOUGH_LINES = 20
_BY_EXAMPLE = (
    'counts = Counter(values_of("what is asked for", found))\nprint(counts.most_common(5))'
)
#: "Which service", "what is the name of": up to the verb or the fourth word.
_ASKS_FOR_A_NAME = re.compile(r"\s*((?:which|what|who)(?:\s+[\w-]+){1,3})", re.IGNORECASE)
#: A child that is given nearly all of its parent's text has the parent's problem again.
HANDED_DOWN = 0.6


def is_not_found(answer: str) -> bool:
    """Whether an answer says that the text does not hold it."""
    return bool(_NOT_FOUND.match(answer.strip()))


def says_nothing(answer: str) -> bool:
    """Whether an answer is a zero, or says that the text does not hold it."""
    return answer.strip() in _ZEROS or is_not_found(answer)


def is_empty(answer: str) -> bool:
    """Whether an answer is no answer: a placeholder, or nothing."""
    return answer.strip().strip("'\"").lower() in _PLACEHOLDERS


def placeholder(answer: str) -> str | None:
    """An answer that says nothing."""
    if is_empty(answer):
        return (
            f"final({answer.strip()!r}) says nothing. Look at the text first: print(lines[:5]), "
            "then search with other words."
        )
    return None


def nothing_matched(answer: str, *, hits: bool) -> str | None:
    """A zero, or a not found, that no search has backed up."""
    if hits or not says_nothing(answer):
        return None
    return (
        "Nothing matched. That is often a wrong spelling or a condition that is too narrow: "
        "print(lines[:5]) to see what the text looks like, and search with one short word at a "
        'time. If nothing is there even then, call final("NOT FOUND").'
    )


def echo(question: str, answer: str) -> str | None:
    """A word of the question in place of an answer to it, as "service" to "Which service ...?"."""
    word = answer.strip().casefold()
    asked = _ASKS_FOR_A_NAME.match(question)
    if not asked or not word or word not in asked[1].casefold().split():
        return None
    return (
        f"{answer.strip()[:40]!r} is a word of the question, not its answer. Take the name from "
        "each line itself: print(lines[0].split()) shows at which place it stands."
    )


def in_every_line(
    answer: str, samples: Sequence[str], line_asked_for: Callable[[], str | None]
) -> str | None:
    """A word that stands in all lines, such as the machine's name in a log, tells no line apart.

    `samples` are lines from all over the text; `line_asked_for` gives one that the question is
    about, and is called only in doubt, since it searches the text.
    """
    word = answer.strip()
    if not re.fullmatch(r"[^\s,;]{2,60}", word) or len(samples) < _ENOUGH_LINES:
        return None
    if not all(word in sample.split() for sample in samples):
        return None
    told = f"{word!r} stands in every line, so it is not what is asked for: the place is wrong."
    line = line_asked_for()
    if line is not None:
        told += f" Look at this line: {line.strip()[:200]!r}."
    return f"{told} Take the value with values_of:\n{fenced(_BY_EXAMPLE)}"


def stands_in(answer: str, passages: Sequence[str]) -> bool:
    """Whether one of the names, codes and numbers of an answer stands in what it was read from.

    True if it has none: plain words may be the model's own.
    """
    told = _CODES.findall(answer)
    read = "\n".join(passages).casefold()
    return not told or any(word.casefold() in read for word in told)


def parts_missing(question: str, answer: str) -> str | None:
    """A line for each of so many things, where the question says how many, and there are fewer."""
    if not _LINE_FOR_EACH.search(question):
        return None
    said = {int(number.replace(",", "")) for number in _SO_MANY.findall(question)}
    if len(said) != 1:
        return None
    (wanted,) = said
    lines = [line for line in answer.splitlines() if line.strip()]
    if len(lines) >= wanted or wanted < _FEW:
        return None
    return (
        f"The question is about {wanted:,} things and wants a line for each, but the answer has "
        f"{len(lines):,}. Go through all of them in a loop, and join one line for each."
    )


def not_in_form(question: str, answer: str) -> str | None:
    """Lines that do not look like the one that the question shows: "in the form '7: red'"."""
    shown = _FORM_SHOWN.search(question)
    if shown is None or is_not_found(answer):
        return None
    form = shown[1]
    marks = {sign for sign in form if not sign.isalnum() and not sign.isspace()}
    lines = [line for line in answer.splitlines() if line.strip()]
    if not marks or sum(marks <= set(line) for line in lines) * 2 >= len(lines):
        return None
    return (
        f"Each line is to look like {form!r}, but the first is {lines[0][:60]!r}. Join what "
        'belongs together with an f-string, one line for each: final("\\n".join(found)).'
    )


def not_one_of(question: str, answer: str) -> str | None:
    """An answer that is none of those that the question lets one choose from."""
    offered = _ONE_OF.search(question)
    if offered is None or is_not_found(answer):
        return None
    choices = [each.strip(" '\"`") for each in re.split(r",\s*(?:or\s+)?|\s+or\s+", offered[1])]
    choices = [each for each in choices if each]
    if len(choices) < 2 or answer.strip(" .'\"\n").casefold() in map(str.casefold, choices):
        return None
    return (
        f"The question wants one of {choices}, and {answer.strip()[:40]!r} is none of them. "
        "Compare in the program, and give final the one that holds, to the letter."
    )


def no_number(*, lacking: bool) -> str | None:
    """Words in place of the number that a question wants."""
    if not lacking:
        return None
    return (
        "The question wants a number, and the answer has none. Let the program count or add up, "
        "print what it counts, and give final the number."
    )


def before_reading(*, read: bool) -> str | None:
    """An answer before anything of the text was looked at."""
    if read:
        return None
    return "You have not looked at the text yet. Search it with grep(...) or find(...) first."


def not_found_after_all(answer: str, *, hits: bool) -> str | None:
    """A not found, though something was found."""
    if not hits or not is_not_found(answer):
        return None
    return (
        "A search did find lines. Print the ones that fit best and read them, or narrow the "
        "search with another word of the question, before you say that it is not there."
    )


def after_error(*, failed: bool) -> str | None:
    """An answer right after a program that failed, which has computed nothing."""
    if not failed:
        return None
    return (
        "Your last program failed, so nothing was computed. Read its error, mend that program, "
        "and run it again before you call final."
    )


def invented(code: str, answer: str, seen: str, stands: Callable[[str], bool]) -> str | None:
    """An answer that was written into the program, and that neither output nor text holds."""
    wanted = answer.strip()
    if is_not_found(wanted) or not wanted or wanted in seen:
        return None
    literals = {
        str(node.value).strip()
        for call in _calls_of({"final"}, ast.parse(code))
        for node in call.args
        if isinstance(node, ast.Constant)
    }
    if wanted not in literals or (len(wanted) > 2 and stands(wanted)):
        return None
    return (
        f"{wanted[:80]!r} was neither printed nor does it stand in the text. Compute the answer "
        "from the text, print it, and give final a variable."
    )


def typed_in(code: str, seen: str) -> str | None:
    """A number that the answer is computed from, and that no program has printed."""
    typed = [
        str(argument.value)
        for final in _calls_of({"final"}, ast.parse(code))
        for made in _calls_of({"number", "float", "int"}, final)
        for argument in made.args
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str)
    ]
    made_up = next((text for text in typed if text.strip() not in seen), None)
    if made_up is None:
        return None
    return (
        f"{made_up[:40]!r} was printed by no program. Find the line that has the number first: "
        "print(find('two words', 'of the question')[:10])"
    )


def _calls_of(names: set[str], tree: ast.AST) -> Iterator[ast.Call]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names:
            yield node


def repeated(fingerprint: str, earlier: set[str]) -> str | None:
    """The same program again."""
    if fingerprint not in earlier:
        return None
    return (
        "You wrote this very program before, and it was not run again. "
        "Write a different one: read the last output or error, and change the approach."
    )


def handed_down(piece: int, whole: int) -> str | None:
    """A child run over nearly all of the text; both lengths in characters."""
    if whole and piece / whole > HANDED_DOWN:
        return (
            f"the piece is {piece / whole:.0%} of the whole text: narrow it with grep or find, "
            "or cut it with chunks() and use ask_all"
        )
    return None


def too_slow(seconds: float | None, allowed: float) -> str | None:
    """A reading that would take more time than it may."""
    if seconds is None or seconds <= allowed:
        return None
    return (
        f"reading that would take about {seconds / 60:.0f} minutes, and it may take "
        f"{allowed / 60:.0f}: narrow it with grep or find first, and let code count and add up"
    )
