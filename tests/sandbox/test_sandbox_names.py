"""The names that a program finds ready, without the process round them."""

import ast
import math
import tempfile
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from open_sandboxes import part

from rlm_desktop.documents.document import Kind, Part
from rlm_desktop.sandbox import whole as whole_module
from rlm_desktop.sandbox.imports import load_allowed
from rlm_desktop.sandbox.ledger import Ledger, merged
from rlm_desktop.sandbox.names import ReplNames
from rlm_desktop.sandbox.searching import number
from rlm_desktop.sandbox.slices import span_of
from rlm_desktop.sandbox.values import answer_text
from rlm_desktop.sandbox.whole import Whole

TEXT = (
    "Alpha has the code 11.\n"
    "Beta has the code 22.\n"
    "alpha and beta meet (often).\n"
    "\n"
    "The end of the text, at last.\n"
)


class Repl:
    """The names over a text, and what was asked and read."""

    def __init__(self, parts: Sequence[Part]) -> None:
        self.asked: list[tuple[Any, ...]] = []
        self.close: list[int] = []
        self.replies: list[str] = []
        self._ledger = Ledger()
        self.whole = Whole([_fields(one) for one in parts], self._ledger)
        modules = load_allowed()
        self.names = ReplNames(self.whole, self._ledger, self._ask, self._final, modules)

    def _ask(self, *asked: Any) -> tuple[list[str], list[int]]:
        self.asked.append(asked)
        numbered = [f"answer {number}" for number in range(len(asked[2]))]
        return self.replies or numbered, self.close

    def _final(self, value: Any) -> None:
        raise AssertionError(f"final({value}) is tested with the process")

    def run(self, code: str) -> Any:
        """The value of the last expression."""
        program = ast.parse(code)
        self.names.prepare(program)
        last = program.body.pop()
        assert isinstance(last, ast.Expr)
        space = self.names.namespace
        exec(compile(program, "program", "exec"), space)
        return eval(compile(ast.Expression(last.value), "program", "eval"), space)

    def read(self) -> set[tuple[str, tuple[tuple[int, int], ...], bool]]:
        """What was read since the last time."""
        frames: list[dict[str, Any]] = list(self._ledger.frames())
        return {(one["by"], tuple(one["spans"]), one["hits"]) for one in frames}


def _fields(one: Part) -> dict[str, Any]:
    return {name: getattr(one, name) for name in one.__dataclass_fields__}


@pytest.fixture(params=["str", "mapped"])
def repl(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Repl:
    """Over TEXT, as a `str` and as what a text is that is too long for one."""
    if request.param == "mapped":
        monkeypatch.setattr(whole_module, "MOST_STR_CHARS", 0)
    return Repl([part(tmp_path, TEXT)])


def spans(texts: Sequence[str]) -> list[str]:
    """What stands in the text where these say they stand."""
    found = [span_of(text) for text in texts]
    return [TEXT[span[0] : span[1]] for span in found if span is not None]


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("grep('code')", ["Alpha has the code 11.", "Beta has the code 22."]),
        ("grep(r'^alpha|22')", ["Beta has the code 22.", "alpha and beta meet (often)."]),
        ("grep('beta', ignore_case=True)[1:]", ["alpha and beta meet (often)."]),
        ("grep('nowhere')", []),
        ("grep('BETA HAS')", ["Beta has the code 22."]),
        ("grep(['11', '22'])", ["Alpha has the code 11.", "Beta has the code 22."]),
        ("grep(re.compile('22'))", ["Beta has the code 22."]),
        ("grep('code', lines)[:1]", ["Alpha has the code 11."]),
        ("grep(context, '22')", ["Beta has the code 22."]),
        ("grep('22', context[10:])", ["Beta has the code 22."]),
        ("grep('22', text=lines[:2])", ["Beta has the code 22."]),
        ("grep('22', chunks(30))", ["Beta has the code 22."]),
        ("find('ALPHA', 'beta')", ["alpha and beta meet (often)."]),
        ("find('the code')", ["Alpha has the code 11.", "Beta has the code 22."]),
        ("find(['beta', '22'])", ["Beta has the code 22."]),
        ("find('often', text=lines)", ["alpha and beta meet (often)."]),
        ("lines[:1]", ["Alpha has the code 11."]),
        ("list(lines)[3:]", ["", "The end of the text, at last."]),
        ("[lines[-1]]", ["The end of the text, at last."]),
        ("[files[0].text[:5]]", ["Alpha"]),
        ("[lines[0].split()[0], lines[4].strip('.')]", ["Alpha", "The end of the text, at last"]),
    ],
)
def test_what_is_found_knows_where_it_stands(repl: Repl, call: str, expected: list[str]) -> None:
    found = repl.run(call)
    assert list(found) == expected
    assert spans(found) == expected


def test_a_regex_that_is_none_is_searched_literally(
    repl: Repl, capsys: pytest.CaptureFixture[str]
) -> None:
    assert repl.run("grep('(often')") == ["alpha and beta meet (often)."]
    assert "'(often' is no valid regex" in capsys.readouterr().out


def test_where_no_line_has_all_words_the_best_ones_come_first(
    repl: Repl, capsys: pytest.CaptureFixture[str]
) -> None:
    found = repl.run("find('beta', 'code', 'zebra')")
    assert found[0] == "Beta has the code 22."
    assert set(found[1:]) == {"Alpha has the code 11.", "alpha and beta meet (often)."}
    assert "no line has all of ['beta', 'code', 'zebra']" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("grep()", "pattern"),
        ("grep(5)", "call grep('word')"),
        ("grep('a', text=3)", "a str or a list of lines"),
        ("find()", "call it as find('word', 'word')"),
        ("grep('a', hits=3)", "'hits' is not known here: call grep(regex)"),
        ("chunks(0)", "at least 1"),
        ("ask('only a question')", "call ask('What is the code?', piece)"),
        ("ask('q', 'piece', 'more')", "call ask("),
        ("ask('q', ['long ' * 999] * 9)", "use ask_all(question, pieces)"),
        ("ask_all('q', 5)", "a list is wanted, not int"),
        ("ask_all('q', ['x' * 1000] * 4001)", "grep or find first"),
        ("ask_all('q', ['x' * 1_000_000] * 9)", "too many for the model to read"),
        ("classify(['a'])", "call classify(items"),
        ("classify(['a'], ['only one'])", "at least two labels"),
        ("classify(['a'], [])", "at least two labels"),
        ("extract(['a'])", "call extract(pieces"),
        ("extract(['a'], [])", "from 1 to 20 fields are wanted, not 0: call extract(pieces"),
        ("extract(['a'], ['x', 'x'])", "the field 'x' is there twice: call extract(pieces"),
        ("classify(['a'], ['x', 'y', ' x'])", "the label 'x' is there twice: call classify(items"),
        ("classify(['a'], ['x', ''])", "label number 2 is empty: call classify(items"),
        ("classify(['a'], ['x', 'y'], colour=3)", "'colour' is not known here"),
        ("where('zebra')", "does not stand in the text"),
        ("where(10**9)", "characters, counted from 0"),
        ("where(3.5)", "call where(grep('word')[0])"),
        ("files[0]['size']", "a file has name, kind"),
        ("rlm()", "call rlm("),
        ("llm_query()", "call llm_query(prompt)"),
    ],
)
def test_a_wrong_call_says_how_it_is_done(repl: Repl, call: str, said: str) -> None:
    with pytest.raises((TypeError, ValueError, LookupError)) as raised:
        repl.run(call)
    assert said in str(raised.value)


QUESTION = "'Which code?'"


@pytest.mark.parametrize(
    "call",
    [
        f"ask({QUESTION}, lines[0])",
        f"ask(lines[0], {QUESTION})",
        f"ask(question={QUESTION}, piece=lines[0])",
        f"ask({QUESTION}, text=lines[0])",
        f"ask({QUESTION}, [lines[0]])",
        f"ask(lines[:1], {QUESTION})",
        f"ask_all({QUESTION}, lines[:1])[0]",
        f"ask_all({QUESTION}, lines[0])[0]",
        f"ask_all(lines[:1], {QUESTION})[0]",
        f"ask_all(pieces=lines[:1], question={QUESTION})[0]",
        f"ask_all({QUESTION}, ['', lines[0], '  '])[1]",
    ],
)
def test_asking_takes_what_models_pass(repl: Repl, call: str) -> None:
    assert repl.run(call) == "answer 0"
    assert repl.asked == [("ask", "Which code?", [("Alpha has the code 11.", 0)], [])]


def test_a_question_that_is_longer_than_the_piece_stays_the_question(repl: Repl) -> None:
    repl.run("ask('Is this the name of a fruit, yes or no?', 'apple')")
    assert repl.asked[0][1:3] == ("Is this the name of a fruit, yes or no?", [("apple", None)])


def test_joined_lines_are_found_again_in_the_text(repl: Repl) -> None:
    repl.run("ask('q?', '\\n'.join(lines[1:3]))")
    assert repl.asked[0][2] == [("Beta has the code 22.\nalpha and beta meet (often).", 23)]


@pytest.mark.parametrize(
    "call",
    [
        "classify(['a b', 'c'], ['x', 'y'], 'Which?')",
        "classify('Which?', ['a b', 'c'], ['x', 'y'])",
        "classify(items=['a b', 'c'], labels='x, y', question='Which?')",
        "classify(['a b', 'c'], {'x': 1, 'y': 2}, 'Which?')",
    ],
)
def test_classifying_takes_what_models_pass(repl: Repl, call: str) -> None:
    assert repl.run(call) == ["answer 0", "answer 1"]
    assert repl.asked == [("classify", "Which?", [("a b", None), ("c", None)], ["x", "y"])]


@pytest.mark.parametrize(
    "call",
    [
        "extract(['a b', 'c'], ['x', 'y'])",
        "extract(pieces=['a b', 'c'], fields='x, y')",
        "extract(['a b', 'c'], {'x': 'str', 'y': 'str'})",
    ],
)
def test_extracting_takes_what_models_pass(repl: Repl, call: str) -> None:
    assert repl.run(call) == [{"x": None, "y": None}] * 2, "the replies here are no JSON"
    assert repl.asked == [("fields", "", [("a b", None), ("c", None)], ["x", "y"])]


@pytest.mark.parametrize(
    "call",
    [
        "values_of('code', lines[:2])",
        "values_of(lines[:2], 'code')",
        "values_of('code', text=lines[:2])",
    ],
)
def test_values_are_taken_from_all_lines_as_the_model_points_them_out(
    repl: Repl, call: str
) -> None:
    repl.replies = ['{"code": "11"}', '{"code": "22"}']
    assert repl.run(call) == ["11", "22"]
    assert repl.asked[0][0] == "fields"


def test_values_that_follow_no_rule_are_said_to(repl: Repl) -> None:
    with pytest.raises(ValueError, match="the model saw nothing as 'code', and no rule"):
        repl.run("values_of('code', lines[:2])")


def test_close_calls_are_the_items_of_the_last_classify(repl: Repl) -> None:
    assert repl.run("close_calls") == []
    repl.close = [0, 2]
    items = "['a b', '', 'c d', grep('meet')[0]]"
    assert repl.run(f"classify({items}, ['x', 'y'])\nclose_calls")[0] == "a b"
    assert repl.run("where(close_calls[1])"), "an item of the text keeps its place"
    repl.run("ask('What?', 'piece')")
    assert len(repl.run("close_calls")) == 2
    repl.close = []
    assert repl.run("classify(['a', 'b'], ['x', 'y'])\nclose_calls") == []


def test_the_names_of_the_literature(repl: Repl) -> None:
    assert repl.run("llm_query('Say yes')") == "answer 0"
    assert repl.run("llm_query_batched(['a', 'b'])") == ["answer 0", "answer 1"]
    assert repl.run("rlm('q?', lines[:2])") == "answer 0"
    assert [(kind, len(pieces)) for kind, _, pieces, _ in repl.asked] == [
        ("prompt", 1),
        ("prompt", 2),
        ("rlm", 1),
    ]


@pytest.mark.parametrize("place", ["grep('meet')[0]", "50", "'beta meet'", "(50,)"])
def test_where(repl: Repl, place: str) -> None:
    expected = "text.txt, line 3"
    assert repl.run(f"where({place})") == ([expected] if place == "(50,)" else expected)


@given(st.text(alphabet="ab\n\r", max_size=60), st.integers(1, 20))
def test_chunks_cover_everything(text: str, size: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        chunks = Repl([part(Path(folder), text)]).run(f"chunks({size})")
    assert "".join(chunks) == text
    assert all(0 < len(chunk) <= size for chunk in chunks)
    assert [span_of(chunk) for chunk in chunks] == [
        (start, start + len(chunk))
        for start, chunk in zip(_sums(map(len, chunks)), chunks, strict=False)
    ]


def _sums(lengths: Any) -> list[int]:
    sums = [0]
    for length in lengths:
        sums.append(sums[-1] + length)
    return sums


def test_chunks_end_with_a_line_where_they_can(repl: Repl) -> None:
    assert repl.run("chunks(50)")[0] == "Alpha has the code 11.\nBeta has the code 22.\n"
    assert repl.run("chunks('some text', 4)") == ["some", " tex", "t"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1,234.5 km", 1234.5),
        ("costs $1,200", 1200),
        ("-3 degrees", -3),
        ("INV-77", 77),
        ("2031-04-02", 2031),
        ("−5", -5),
        ("1,2,3", 1),
        (".5", 0.5),
        ("2e3", 2000),
        (7, 7),
        ("12.", 12),
    ],
)
def test_the_first_number_of_a_text(text: Any, expected: float) -> None:
    assert number(text) == expected


@pytest.mark.parametrize("text", ["", "none", None, [], "n/a"])
def test_no_number_is_nan_and_fails_every_comparison(text: Any) -> None:
    assert math.isnan(number(text))
    assert not number(text) > 120


@given(st.text())
def test_number_takes_any_text(text: str) -> None:
    assert isinstance(number(text), float)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("as it is\n", "as it is\n"),
        (42, "42"),
        (14.0, "14"),
        (0.25, "0.25"),
        (True, "True"),
        (None, "None"),
        (["a", 2.0, ("b", 3)], "a\n2\nb, 3"),
        ({"x": 1.0, "y": ["p", "q"]}, "x: 1\ny: p, q"),
        ({"b", "a"}, "a\nb"),
        ([{"k": 1}], "k: 1"),
        (float("nan"), "nan"),
        ([], ""),
    ],
)
def test_an_answer_as_text(value: Any, text: str) -> None:
    assert answer_text(value) == text


def test_an_answer_that_is_no_answer_is_refused() -> None:
    with pytest.raises(ValueError, match="the answer to the question only"):
        answer_text("x" * 300_000)


WHOLE = ((0, len(TEXT)),)


@pytest.mark.parametrize(
    ("code", "read"),
    [
        ("len(context)", set()),
        ("context[2:5], context[4:9]", {("slice", ((2, 9),), False)}),
        ("lines[0]", {("slice", ((0, 22),), False)}),
        ("context.find('x')", {("code", WHOLE, False)}),
        ("[line for line in lines]", {("code", WHOLE, False)}),
        ("grep('22')", {("grep", WHOLE, False), ("grep", ((23, 44),), True)}),
        ("find('22', '11')[:0]", {("find", WHOLE, False), ("find", ((0, 22), (23, 44)), True)}),
        ("chunks(10)[:0]", {("chunks", WHOLE, False)}),
        (
            "grep('22', lines[:2])",
            {
                ("slice", ((0, 22), (23, 44)), False),
                ("grep", ((0, 22), (23, 44)), False),
                ("grep", ((23, 44),), True),
            },
        ),
        ("files[0].text[:0]", {("slice", WHOLE, False)}),
        ("files[0].name", set()),
    ],
)
def test_the_ledger_says_what_was_read(
    tmp_path: Path, code: str, read: set[tuple[str, tuple[tuple[int, int], ...], bool]]
) -> None:
    repl = Repl([part(tmp_path, TEXT)])
    repl.run(code)
    assert repl.read() == read
    assert repl.read() == set()


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30))))
def test_merged_passages_hold_the_same_characters(spans: list[tuple[int, int]]) -> None:
    result = merged(spans)
    expected = {place for start, end in spans for place in range(start, end)}
    assert {place for start, end in result for place in range(start, end)} == expected
    assert all(a[1] < b[0] for a, b in pairwise(result))


def test_rows_are_there_only_for_a_table(tmp_path: Path) -> None:
    repl = Repl([part(tmp_path, "a,b\n1,2\n", kind=Kind.CSV)])
    assert repl.run("rows[0]['b']") == "2"
    with pytest.raises(NameError):
        Repl([part(tmp_path, "a,b\n1,2\n")]).run("rows")
