"""Grammars: what is wrong with one is told with its place, and what is accepted works."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rlm_desktop.engine.gbnf import check
from rlm_desktop.engine.grammar import one_of
from rlm_desktop.errors import EngineError

GOOD = [
    'root ::= "a"',
    'root ::= "yes" | "no" # a comment\n\n# another\n',
    'root ::= item (\n  "," item\n)*\nitem ::= [0-9]{1,3}\n',
    'root ::= [^"\\\\\\x00-\\x1F]+ "\\u00e9\\U0001F600" .',
    'root\t::=\n  "a"\n',
    'root ::= "a" |\n "b" \r\nx-1 ::= "unused"',
    'root ::= "(" root ")" | "x"',
    'root ::= a* b? c+ {2}\na ::= "a"\nb ::= [-a-c-]\nc ::= "" "c"',
    "root ::= ",  # nothing but the end
    'root ::= ("" | "a"){ 0 , 200 }',
    "root ::= " + '("a" ' * 400 + ")?" * 400,
    "root ::= [a-z]{2000} " + "| [0-9]" * 2000,
    'root ::= "ü" "\\"\\\\\\n\\-\\[\\]"',
]

BAD = [
    ("", 1, 1, "is empty"),
    ("# nothing else\n", 1, 1, "is empty"),
    ('foo ::= "a"', 1, 1, "no rule named 'root'"),
    ('root ::= "a" b\n', 1, 14, "no rule named 'b'"),
    ('root = "a"', 1, 6, "'::=' is missing"),
    ('root ::= "a"\nroot ::= "b"', 2, 1, "a rule named 'root' already"),
    ('root ::= "a"\r\n"b"', 2, 1, "begins with a name"),
    ('root ::= "a" )', 1, 14, "')' is out of place"),
    ('root ::= my_rule\nmy ::= "a"', 1, 12, "'_' is out of place"),
    ('root ::= ("a" | "b"\n', 1, 10, "'(' is opened here"),
    ('root ::= ("a" }', 1, 15, "'}' is out of place"),
    ('root ::= "a"\nfoo ::= [a-\n', 2, 9, "'[' is opened here"),
    ('root ::= "abc\nfoo ::= "x"', 1, 10, "not closed on its line"),
    ('root ::= "a" [^', 1, 14, "'[' is opened here"),
    ('root ::= "\\q"', 1, 11, "'\\q' means nothing"),
    ('root ::= "\\x4"', 1, 11, "needs 2 hexadecimal digits"),
    ('root ::= "\\u12', 1, 11, "needs 4 hexadecimal digits"),
    ('root ::= "a\0"', 1, 12, "no such character"),
    ('root ::= "\\x00"', 1, 11, "no such character"),
    ('root ::= "\\uD800"', 1, 11, "no such character"),
    ('root ::= "\\U00110000"', 1, 11, "no such character"),
    ('root ::= "\ud800"', 1, 11, "cannot be written in UTF-8"),
    ("root ::= []", 1, 10, "no character fits"),
    ("root ::= [^\\x01-\\U0010FFFF]", 1, 10, "no character fits"),
    ("root ::= [z-a]", 1, 11, "ends before it begins"),
    ("root ::= *", 1, 10, "nothing before it"),
    ('root ::= "a" | +', 1, 16, "nothing before it"),
    ('root ::= ""?', 1, 12, "nothing before it"),
    ('root ::= "a"{0}*', 1, 16, "nothing before it"),
    ('root ::= "a"{,3}', 1, 14, "a number is missing"),
    ('root ::= "a"{2;3}', 1, 15, "'}' is missing"),
    ('root ::= "a"{3,1}', 1, 13, "at most 1 is less than at least 3"),
    ('root ::= "a"{2001}', 1, 14, "more than 2,000 times"),
    ('root ::= "a"{1,' + "9" * 9999 + "}", 1, 16, "more than 2,000 times"),
    ('root ::= ("a"{100} "b"){0,100}{100}', 1, 31, "more than 2,000 are written out"),
    (f'root ::= "{"a" * 1000}"{{2000}}', 1, 1012, "more than 300,000 elements"),
    ('root ::= root "a" | "b"', 1, 1, "'root' begins with itself"),
    ('root ::= a\na ::= b\nb ::= "" a "x" | "y"', 2, 1, "'a' begins with itself"),
    ('root ::= e root "x" | "y"\ne ::= f\nf ::= ""', 1, 1, "'root' begins with itself"),
    ('root ::= ("a" | "")*', 1, 20, "what is repeated here may be empty"),
    ('root ::= "a" root', 1, 1, "'root' can never end"),
    ('root ::= "a" | "b" (x)\nx ::= "c" (x "d")+', 2, 1, "'x' can never end"),
    ("root ::= <[12]>", 1, 10, "tokens of the model"),
    ("root ::= !<think>", 1, 10, "tokens of the model"),
    ("root ::= " + "(" * 5000, 1, 510, "more than 500 groups"),
    (
        "root ::= a0\n"
        + "".join(f'a{n} ::= a{n + 1} "x" | a{n + 1} "y"\n' for n in range(30))
        + 'a30 ::= "z"',
        21,
        1,
        "branches too much",
    ),
]


@pytest.mark.parametrize("grammar", GOOD)
def test_accepts(grammar: str) -> None:
    check(grammar)


@pytest.mark.parametrize(("grammar", "line", "column", "what"), BAD)
def test_tells_the_place_of_a_fault(grammar: str, line: int, column: int, what: str) -> None:
    with pytest.raises(EngineError) as caught:
        check(grammar)
    assert f"line {line}, column {column}: " in str(caught.value)
    assert what in str(caught.value)
    assert len(str(caught.value)) < 200


def test_refuses_what_is_too_long() -> None:
    with pytest.raises(EngineError, match="300,011 bytes, and may have 262,144"):
        check(f'root ::= "{"a" * 300_000}"')


@given(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), min_size=1))
def test_any_label_is_accepted(label: str) -> None:
    check(one_of([label, "none"]))


# -- grammars of all kinds, and what is left of them after a change

_NAMES = ["root", "a", "b", "item-2"]
_characters = st.sampled_from(
    ["x", "é", "😀", "\\n", '\\"', "\\x41", "\\u00fc", "\\U0001F600", "-"]
)
_literals = st.lists(_characters, min_size=1, max_size=3).map(lambda some: f'"{"".join(some)}"')
_classes = st.sampled_from(["[a-z]", "[^\\x00-\\x1F]", "[-abc-]", "[xyz]", "."])
_spaces = st.sampled_from([" ", "  ", "\t"])


@st.composite
def _items(draw: st.DrawFn, names: list[str], deep: int = 0) -> str:
    """A sequence that begins with a character, so that nothing in it may be empty."""
    parts = [draw(_literals | _classes)]
    for _ in range(draw(st.integers(0, 3))):
        kinds = [_literals, _classes, st.sampled_from(names)]
        if deep < 3:
            inner = _items(names, deep + 1)
            kinds.append(
                st.lists(inner, min_size=1, max_size=3).map(lambda of: f"({'|'.join(of)})")
            )
        repeated = st.sampled_from(["", "", "*", "+", "?", "{2}", "{1,}", "{0,3}", "{ 2 , 4 }"])
        parts.append(draw(st.one_of(kinds)) + draw(repeated))
    return draw(_spaces).join(parts)


@st.composite
def grammars(draw: st.DrawFn) -> str:
    """Valid grammars: each rule begins with a character and has an alternative without rules."""
    names = _NAMES[: draw(st.integers(1, len(_NAMES)))]
    rules = []
    for name in draw(st.permutations(names)):
        alternatives = [*draw(st.lists(_items(names), max_size=2)), draw(_literals)]
        rules.append(
            f"{name} ::= " + draw(st.sampled_from([" | ", "|", " |\n"])).join(alternatives)
        )
    return draw(st.sampled_from(["\n", "\r\n", " # that was it\n\n"])).join(rules)


@st.composite
def changed_grammars(draw: st.DrawFn) -> str:
    """Grammars with something left out, put in, doubled or swapped somewhere; few are valid."""
    grammar = draw(grammars() | st.sampled_from(GOOD[:10]))
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(grammar)))
        end = at + draw(st.integers(0, 5))
        put_in = st.sampled_from(
            [
                *'"[]()|*+?{}.,^-\\#<!_:=\n\r ',
                '""',
                "::=",
                "root",
                "a",
                "{0}",
                "{0,2}",
                "()",
                "é",
                "|)*",
            ]
        )
        put_in |= st.just(grammar[at:end] * 2)
        grammar = grammar[:at] + draw(put_in | st.just("")) + grammar[end:]
    return grammar


def _accepted(grammar: str) -> bool:
    try:
        check(grammar)
    except EngineError:
        return False
    return True


@given(grammars())
@settings(deadline=None)
def test_accepts_generated_grammars(grammar: str) -> None:
    check(grammar)


@given(st.text(max_size=60) | changed_grammars())
@settings(deadline=None)
def test_nothing_but_an_engine_error_comes_of_a_bad_one(grammar: str) -> None:
    _accepted(grammar)


_LLAMA = """
import ctypes, json, sys, llama_cpp
@llama_cpp.llama_log_callback
def quiet(level, text, data): pass
llama_cpp.llama_log_set(quiet, ctypes.c_void_p(0))
parameters = llama_cpp.llama_model_default_params()
parameters.vocab_only = True
model = llama_cpp.llama_model_load_from_file(sys.argv[1].encode(), parameters)
vocabulary = llama_cpp.llama_model_get_vocab(model)
for line in sys.stdin:
    sampler = llama_cpp.llama_sampler_init_grammar(vocabulary, json.loads(line).encode(), b"root")
    print(int(bool(sampler)), flush=True)
    if sampler:
        llama_cpp.llama_sampler_free(sampler)
"""


def test_llama_takes_whatever_is_accepted(small_model: Path) -> None:
    """In a process of its own, which a grammar that is taken wrongly would end."""
    process = subprocess.Popen(
        [sys.executable, "-c", _LLAMA, str(small_model)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    requests, answers = process.stdin, process.stdout
    accepted = 0

    def taken(grammar: str) -> bool:
        requests.write(json.dumps(grammar) + "\n")
        requests.flush()
        answer = answers.readline()
        assert answer, f"llama.cpp's process ended with {grammar!r}"
        return answer == "1\n"

    @settings(deadline=None, max_examples=120, suppress_health_check=list(HealthCheck))
    @given(grammars() | changed_grammars())
    def explore(grammar: str) -> None:
        nonlocal accepted
        if _accepted(grammar):
            accepted += 1
            assert taken(grammar), "refused"

    with process:
        for grammar in GOOD:
            assert taken(grammar), grammar
        explore()
        requests.close()
        assert process.wait() == 0
    assert accepted > 40
