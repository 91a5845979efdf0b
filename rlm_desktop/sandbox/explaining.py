"""An error of a program in a few lines that help to mend it.

Loaded next to untrusted code: the standard library and modules like this one only. A small model
repeats a program whose error it does not understand, so the text is short, points at the line,
and names what was probably meant.
"""

import builtins
import difflib
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import TracebackType
from typing import Any

from rlm_desktop.sandbox.entries import NoSuchKey

PROGRAM_PREFIX = "<program"

_MOST_FRAMES = 4
_LINE_CHARS = 200
_MESSAGE_CHARS = 1000
_MOST_COLUMNS = 40
_NUMBER = (
    ". What comes from the text is str: write number(...) around it, which is nan where there is"
    " no number, as in number(value) > 5"
)


def explain(
    error: BaseException,
    sources: Mapping[str, Sequence[str]],
    namespace: Mapping[str, Any],
    columns: Sequence[str],
    why_not: Callable[[str], str] = lambda _: "",
) -> str:
    """The error in words: the lines of the program it went through, the message, a suggestion.

    `sources` are the lines of the programs by file name, `columns` those of `rows`; `why_not`
    tells why a name is not there that other texts have.
    """
    if isinstance(error, SyntaxError) and (error.filename or "").startswith(PROGRAM_PREFIX):
        return _syntax(error)
    frames = _frames(error.__traceback__, sources)
    shown = frames[-_MOST_FRAMES:]
    message = f"{type(error).__name__}: {error}".rstrip(": ")[:_MESSAGE_CHARS]
    suggestion = _suggestion(error, namespace, columns, why_not)
    return "\n".join([*shown, f"{message}{suggestion}"])


def _syntax(error: SyntaxError) -> str:
    lines = [f"{type(error).__name__}: {error.msg}, line {error.lineno}"]
    if error.text:
        lines.append(f"  {error.text.strip()[:_LINE_CHARS]}")
    return "\n".join(lines)


def _frames(trace: TracebackType | None, sources: Mapping[str, Sequence[str]]) -> list[str]:
    told: list[str] = []
    while trace is not None:
        code = trace.tb_frame.f_code
        if code.co_filename in sources:
            source = sources[code.co_filename]
            inside = "" if code.co_name == "<module>" else f", in {code.co_name}"
            line = source[trace.tb_lineno - 1].strip() if trace.tb_lineno <= len(source) else ""
            told.append(f"line {trace.tb_lineno}{inside}: {line[:_LINE_CHARS]}")
        trace = trace.tb_next
    return told


def _suggestion(
    error: BaseException,
    namespace: Mapping[str, Any],
    columns: Sequence[str],
    why_not: Callable[[str], str],
) -> str:
    match error:
        case NameError(name=str(name)):
            return why_not(name) or _meant(name, [*namespace, *dir(builtins)])
        case AttributeError(name=str(name), obj=thing):
            if type(thing) is dict and name in thing:
                return f". Write [{name!r}]"
            return _meant(name, _attributes(thing))
        case NoSuchKey(args=(key,), known=known):
            return f"{_meant(str(key), known)}. The keys are: {', '.join(known[:_MOST_COLUMNS])}"
        case KeyError(args=(str(key), *_)) if columns:
            if meant := _meant(key, columns):
                return meant
            return f". The columns of rows are: {', '.join(columns[:_MOST_COLUMNS])}"
        case TypeError() if "'str' and 'int'" in str(error) or "'str' and 'float'" in str(error):
            return _NUMBER
        case ValueError() if "could not convert" in str(error) or "invalid literal" in str(error):
            return _NUMBER
        case _:
            return ""


def _attributes(thing: object) -> list[str]:
    """The public names of a thing, without running code of its class."""
    return [name for base in type(thing).__mro__ for name in vars(base) if name[:1] != "_"]


def _meant(name: str, known: Iterable[str]) -> str:
    public = [one for one in known if isinstance(one, str) and not one.startswith("__")]
    lowered = {one.lower(): one for one in public}
    near = difflib.get_close_matches(name.lower(), lowered, n=1, cutoff=0.7)
    return f". Did you mean {lowered[near[0]]!r}?" if near else ""
