"""Any event whatsoever, for property tests of what keeps or shows events."""

from dataclasses import fields
from enum import StrEnum
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from hypothesis import strategies as st

from rlm_desktop.runs.events import Event

#: All characters, halves of surrogate pairs and NUL too; now and then a long text.
TEXTS = st.one_of(
    st.text(st.characters(), max_size=40),
    st.text(st.sampled_from('\ud800\udfff\0\x1b`"\\\n€😀a'), max_size=40),
    st.builds(
        lambda unit, times: unit * times,
        st.text(st.characters(), min_size=1, max_size=5),
        st.integers(300, 2000),
    ),
)
_PLAIN: dict[Any, st.SearchStrategy[Any]] = {
    str: TEXTS,
    bool: st.booleans(),
    int: st.integers(-(2**70), 2**70),
    float: st.floats(allow_nan=False),
    NoneType: st.none(),
}


def _of(kind: Any) -> st.SearchStrategy[Any]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            return st.lists(_of(inner[0]), max_size=3).map(tuple)
        return st.tuples(*map(_of, inner))
    if isinstance(kind, UnionType):
        return st.one_of(*map(_of, get_args(kind)))
    if issubclass(kind, StrEnum):
        return st.sampled_from(kind)
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: _of(hints[field.name]) for field in fields(kind)})


def arbitrary(kind: type) -> st.SearchStrategy[Any]:
    """Any value of this class of events."""
    return _of(kind)


KINDS: tuple[type, ...] = get_args(Event)
EVENTS = st.one_of(*map(arbitrary, KINDS))
