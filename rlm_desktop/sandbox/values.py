"""Values of a program in words: the final answer, and what its variables hold.

Loaded next to untrusted code: standard library only.
"""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping
from types import BuiltinFunctionType, FunctionType, ModuleType
from typing import Any

_MOST_ANSWER_CHARS = 200_000
_MOST_NAMES = 60
_SHORT_CHARS = 40
_SIZED = (list, tuple, set, frozenset, dict, str, Counter, defaultdict, deque)


def answer_text(value: Any) -> str:
    """A final answer as text: a list one item a line, a dict "key: value" lines.

    Raises ValueError if that is too long to be an answer.
    """
    if isinstance(value, Mapping):
        text = "\n".join(f"{_within(key)}: {_within(one)}" for key, one in value.items())
    elif isinstance(value, (list, tuple, set, frozenset)):
        text = "\n".join(_within(one) for one in _in_order(value))
    else:
        text = _within(value)
    if len(text) > _MOST_ANSWER_CHARS:
        raise ValueError(
            f"final was given {len(text):,} characters: give the answer to the question only"
        )
    return text


def _within(value: Any) -> str:
    """A value that is not spread over lines."""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, Mapping):
        return ", ".join(f"{_within(key)}: {_within(one)}" for key, one in value.items())
    if isinstance(value, (list, tuple, set, frozenset)):
        return ", ".join(_within(one) for one in _in_order(value))
    return str(value)


def _in_order(values: Iterable[Any]) -> Iterable[Any]:
    """A set has no order of its own; the same set shall give the same answer each time."""
    return sorted(values, key=str) if isinstance(values, (set, frozenset)) else values


class Names:
    """Tells which variables hold something new since it was last asked."""

    def __init__(self, namespace: dict[str, Any]) -> None:
        self._namespace = namespace
        self._known: dict[str, tuple[Any, int]] = {}
        self.changed()

    def changed(self) -> dict[str, Any]:
        """The variables that were bound anew, or changed in size."""
        now = {
            name: (value, _size(value))
            for name, value in self._namespace.copy().items()
            if isinstance(name, str) and not name.startswith("_")
        }
        news = {
            name: value
            for name, (value, size) in now.items()
            if name not in self._known
            or self._known[name][0] is not value
            or self._known[name][1] != size
        }
        self._known = now
        return news


def in_words(variables: Mapping[str, Any]) -> list[str]:
    """Variables with their type and size: "hits: list of 230079", "total: 14"."""
    told = [
        f"{name}: {_describe(value)}"
        for name, value in variables.items()
        if not isinstance(value, ModuleType) and not _is_imported(value)
    ]
    return told[:_MOST_NAMES]


def _is_imported(value: Any) -> bool:
    """Whether it is a class or function that the program did not write itself."""
    if type(value) is type or type(value) is FunctionType:
        return value.__module__ != "__main__"
    return type(value) is BuiltinFunctionType


def _size(value: Any) -> int:
    # The types are compared, not asked for: a program's own class could run code in its __len__.
    return len(value) if type(value) in _SIZED else 0


def _describe(value: Any) -> str:
    kind = type(value)
    if kind in (int, float, bool, type(None)):
        text = f"{value!r}" if kind is not int or abs(value) < 10**_SHORT_CHARS else "int"
    elif isinstance(value, str) and str.__len__(value) <= _SHORT_CHARS:
        text = str.__repr__(value)
    elif isinstance(value, str):
        text = f"str of {str.__len__(value)}"
    elif kind in _SIZED:
        text = f"{kind.__name__} of {len(value)}"
    elif isinstance(value, FunctionType):
        text = "function"
    else:
        text = kind.__name__
    return text[:80]
