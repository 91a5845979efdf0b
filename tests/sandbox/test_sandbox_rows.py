"""The rows of tables, compared with the csv module and on what real files hold."""

import csv
import io
import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from open_sandboxes import part

from rlm_desktop.documents.document import Kind
from rlm_desktop.sandbox.ledger import Ledger
from rlm_desktop.sandbox.rows import Rows, Table
from rlm_desktop.sandbox.whole import Whole

MakeRows = Callable[..., Rows]


@pytest.fixture(scope="module")
def rows_of(tmp_path_factory: pytest.TempPathFactory) -> MakeRows:
    folder = tmp_path_factory.mktemp("tables")

    def make(*texts: str, ledger: Ledger | None = None) -> Rows:
        ledger = ledger or Ledger()
        parts = [part(folder, text, f"{at}.csv", Kind.CSV) for at, text in enumerate(texts)]
        fields = [{name: getattr(one, name) for name in one.__dataclass_fields__} for one in parts]
        whole = Whole(fields, ledger)
        return Rows([Table(whole, stretch) for stretch in whole.stretches], ledger)

    return make


def test_a_table(rows_of: MakeRows) -> None:
    rows = rows_of("name,delay\nA,5\nB,130\n")
    assert (len(rows), rows.columns) == (2, ["name", "delay"])
    assert list(rows) == [{"name": "A", "delay": "5"}, {"name": "B", "delay": "130"}]
    assert rows[-1] == {"name": "B", "delay": "130"}
    assert rows[:1] == [{"name": "A", "delay": "5"}]
    assert repr(rows) == "<2 rows with the columns name, delay>"
    assert random.Random(1).sample(rows, 1)[0] in list(rows)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(rows_of: MakeRows, delimiter: str) -> None:
    text = "".join(
        delimiter.join(values) + "\n" for values in [["id", "text"], ["1", "a b"], ["2", "c. d"]]
    )
    assert rows_of(text)[1] == {"id": "2", "text": "c. d"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('a,b\n"x\ny",2\n3,4\n', [{"a": "x\ny", "b": "2"}, {"a": "3", "b": "4"}]),
        ('a,b\n"say ""hi""",2\n', [{"a": 'say "hi"', "b": "2"}]),
        ("\ufeffa,b\r\n1,2\r\n", [{"a": "1", "b": "2"}]),
        (" a , b \n1,2\n", [{"a": "1", "b": "2"}]),
        ("a,b\n1\n\n3,4,5\n", [{"a": "1", "b": ""}, {"a": "3", "b": "4,5"}]),
        ("a,a,\n1,2,3\n", [{"a": "1", "a_2": "2", "column_3": "3"}]),
        ('a, b\n1, "x, y"\n', [{"a": "1", "b": "x, y"}]),
        ('a,b\n5" pipe,2\n', [{"a": '5" pipe', "b": "2"}]),
        ("a,b\n1,2", [{"a": "1", "b": "2"}]),
        ("a,b\n", []),
        ("", []),
    ],
)
def test_what_real_tables_hold(
    rows_of: MakeRows, text: str, expected: list[dict[str, str]]
) -> None:
    assert list(rows_of(text)) == expected


def test_a_quote_that_is_never_closed_costs_one_row(rows_of: MakeRows) -> None:
    rows = rows_of('a,b\n"open,1\n' + "x,2\n" * 400_000)
    assert len(rows) == 400_001
    assert rows[0] == {"a": '"open', "b": "1"}
    assert rows[5] == {"a": "x", "b": "2"}


def test_a_quote_that_is_open_at_the_end_costs_one_row(rows_of: MakeRows) -> None:
    rows = rows_of('a,b\n1,2\n"open,3\n4,5\n')
    assert [row["a"] for row in rows] == ["1", '"open', "4"]


def test_several_tables_follow_each_other(rows_of: MakeRows) -> None:
    rows = rows_of("a,b\n1,2\n", "b;c\n3;4\n5;6\n")
    assert rows.columns == ["a", "b", "c"]
    assert list(rows) == [{"a": "1", "b": "2"}, {"b": "3", "c": "4"}, {"b": "5", "c": "6"}]
    assert rows[2] == {"b": "5", "c": "6"}


def test_a_row_by_number_is_noted_as_read(rows_of: MakeRows) -> None:
    ledger = Ledger()
    rows = rows_of("a,b\n1,2\n3,4\n", ledger=ledger)
    assert rows[1]["a"] == "3"
    assert [frame["spans"] for frame in ledger.frames()] == [[(8, 12)]]


def test_asking_for_a_column_says_how(rows_of: MakeRows) -> None:
    with pytest.raises(TypeError, match=r"rows\[0\]\['a'\]"):
        rows_of("a,b\n1,2\n")["a"]  # type: ignore[call-overload]


@given(
    st.lists(
        st.lists(st.text(alphabet='ab ",\n;', max_size=6), min_size=2, max_size=2),
        min_size=1,
        max_size=12,
    )
)
def test_what_csv_wrote_is_read_back(rows_of: MakeRows, values: list[list[str]]) -> None:
    written = io.StringIO()
    csv.writer(written, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(
        [["first", "second"], *values]
    )
    assert [list(row.values()) for row in rows_of(written.getvalue())] == values


def test_a_table_of_many_rows_is_not_held_in_memory(rows_of: MakeRows) -> None:
    text = "a,b\n" + "".join(f'{n},"value, {n}"\n' for n in range(20_000))
    rows = rows_of(text)
    assert len(rows) == 20_000
    assert rows[12_345] == {"a": "12345", "b": "value, 12345"}
    assert sum(1 for row in rows if row["b"].endswith("7")) == 2000
