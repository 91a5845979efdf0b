"""A row of a table and its values, forgiving of what small models write.

Loaded next to untrusted code: standard library only. Everything in a table is text, and a model
that wrote `row["delay"] > 120` got a TypeError, and gave up. So a value compares and computes as
a number where the other side is a number; in every other way it is a `str`.
"""

import math
import operator
from collections.abc import Callable
from typing import Any


class Cell(str):
    """A value of a table: a `str` that meets numbers as a number.

    A value without a number is nan there: it is neither above nor below anything, and equal to
    nothing.
    """

    __slots__ = ()

    @property
    def number(self) -> float:
        """The value as a number; nan if it is none."""
        try:
            return float(self.replace(",", "").strip())
        except ValueError:
            return math.nan

    def __eq__(self, other: object) -> bool:
        return self.number == other if _is_number(other) else str.__eq__(self, other)

    def __ne__(self, other: object) -> bool:
        return not self == other

    __hash__ = str.__hash__

    def _compared(self, other: Any, how: Callable[[Any, Any], Any]) -> Any:
        return how(self.number, other) if _is_number(other) else how(str(self), other)

    def __lt__(self, other: Any) -> Any:
        return self._compared(other, operator.lt)

    def __le__(self, other: Any) -> Any:
        return self._compared(other, operator.le)

    def __gt__(self, other: Any) -> Any:
        return self._compared(other, operator.gt)

    def __ge__(self, other: Any) -> Any:
        return self._compared(other, operator.ge)

    def __add__(self, other: Any) -> Any:
        return self.number + other if _is_number(other) else str.__add__(self, other)

    def __radd__(self, other: Any) -> Any:
        return other + self.number if _is_number(other) else NotImplemented

    def __sub__(self, other: Any) -> Any:
        return self.number - _value(other)

    def __rsub__(self, other: Any) -> Any:
        return _value(other) - self.number

    def __mul__(self, other: Any) -> Any:
        return self.number * _value(other)

    def __rmul__(self, other: Any) -> Any:
        return _value(other) * self.number

    def __truediv__(self, other: Any) -> Any:
        return self.number / _value(other)

    def __rtruediv__(self, other: Any) -> Any:
        return _value(other) / self.number


class Placed(dict[str, Any]):
    """A dict which knows where in `context` it stands."""

    __slots__ = ("span",)

    span: tuple[int, int]


class Row(Placed):
    """A row: a dict from column to value."""

    __slots__ = ()

    def __getitem__(self, column: str) -> str:
        return Cell(dict.__getitem__(self, column))

    def get(self, column: str, default: Any = None) -> Any:
        found = dict.get(self, column)
        return default if found is None else Cell(found)


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _value(other: Any) -> Any:
    return other.number if isinstance(other, Cell) else other
