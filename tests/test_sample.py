"""The sample documents are what the script makes, and the answers to their questions are right.

The answers are found again from the files, in ways of their own.
"""

import csv
import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SAMPLE = ROOT / "resources" / "sample"
FILES = ("handbook.md", "orders.csv", "questions.json", "service.log")


def text(name: str) -> str:
    return (SAMPLE / name).read_bytes().decode("ascii")


def count_of_failures() -> str:
    """In every way that comes to mind, since a model may take any of them."""
    log = text("service.log")
    lines = log.splitlines()
    counts = {
        sum("ERROR" in line and "billing" in line for line in lines),
        sum("error" in line.lower() and "billing" in line.lower() for line in lines),
        sum(line.split()[1:3] == ["ERROR", "billing"] for line in lines),
        log.count("ERROR billing"),
        len(re.findall(r"(?i)error.*billing", log)),
    }
    assert len(counts) == 1
    return str(counts.pop())


def service_that_warns_most() -> str:
    lines = text("service.log").splitlines()
    warned = Counter(line.split()[2] for line in lines if line.split()[1] == "WARN")
    assert sum(warned.values()) == sum("warn" in line.lower() for line in lines)
    (first, most), (_, second) = warned.most_common(2)
    assert most > 2 * second
    return first


def code_of_the_archive_room() -> str:
    handbook = text("handbook.md")
    (found,) = re.findall(r"access code for the archive room is ([\w-]+)\.", handbook)
    assert handbook.count("access code") == 1
    assert handbook.count(found) == 1
    return str(found)


def orders() -> list[dict[str, str]]:
    return list(csv.DictReader(text("orders.csv").splitlines()))


def cancelled_orders_from_norway() -> str:
    rows = orders()
    count = sum(row["country"] == "Norway" and row["status"] == "cancelled" for row in rows)
    lines = text("orders.csv").splitlines()
    assert count == sum("Norway" in line and "cancelled" in line for line in lines)
    return str(count)


def customer_with_most_orders() -> str:
    placed = sorted(Counter(row["customer"] for row in orders()).items(), key=lambda kept: kept[1])
    assert placed[-1][1] > placed[-2][1] * 1.3
    return placed[-1][0]


def questions() -> list[dict[str, str]]:
    asked: list[dict[str, str]] = json.loads(text("questions.json"))
    return asked


@pytest.mark.parametrize(
    ("number", "find"),
    list(
        enumerate(
            [
                count_of_failures,
                service_that_warns_most,
                code_of_the_archive_room,
                cancelled_orders_from_norway,
                customer_with_most_orders,
            ]
        )
    ),
)
def test_the_answer_is_right(number: int, find: Callable[[], str]) -> None:
    assert questions()[number]["answer"] == find()


def test_the_questions_are_complete() -> None:
    assert len(questions()) == 5
    for question in questions():
        assert set(question) == {"file", "question", "answer", "kind"}
        assert question["file"] in FILES
        assert question["kind"] in ("count", "lookup", "rank", "sum")


def test_the_script_makes_the_same_bytes(tmp_path: Path) -> None:
    script = ROOT / "packaging" / "make_sample.py"
    subprocess.run([sys.executable, script, "--to", tmp_path], check=True, capture_output=True)
    assert {file.name for file in tmp_path.iterdir()} == set(FILES)
    for name in FILES:
        assert (tmp_path / name).read_bytes() == (SAMPLE / name).read_bytes(), name


def test_the_sample_has_the_size_of_a_real_document_and_not_more() -> None:
    sizes = {name: (SAMPLE / name).stat().st_size for name in FILES}
    assert 1_900_000 < sizes["service.log"] < 2_200_000
    assert sum(sizes.values()) < 2_600_000
    assert len(orders()) == 5_000
    assert len(re.findall(r"(?m)^## \d+\. ", text("handbook.md"))) == 40


def test_the_handbook_does_not_repeat_itself() -> None:
    sentences = re.split(r"(?<=\.)\s+", text("handbook.md"))
    assert Counter(sentences).most_common(1)[0][1] < 12
    assert len(set(sentences)) > 0.9 * len(sentences)
