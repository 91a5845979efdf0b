"""Make the sample documents in resources/sample: a log, a handbook, orders, and questions.

    python packaging/make_sample.py [--to FOLDER]

The same bytes on every system and every Python: all chance comes from `random.Random.random`,
the one method whose sequence is promised to stay. Everything is made up: firms, people, codes.
The answers are counted while the documents are written; a test counts them again from the files.
The words of the handbook are in sample_handbook.toml beside this file.
"""

import argparse
import json
import random
import tomllib
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar

SEED = 20250303
LOG_LINES = 22_500
ORDERS = 5_000

T = TypeVar("T")


class Chance:
    """Choices that follow from the seed alone."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311

    def below(self, limit: int) -> int:
        """A whole number from 0 to `limit` - 1."""
        return int(self._random.random() * limit)

    def of(self, things: Sequence[T]) -> T:
        return things[self.below(len(things))]

    def weighted(self, weights: dict[str, int]) -> str:
        """A key, the more often the larger its weight."""
        left = self.below(sum(weights.values()))
        for key, weight in weights.items():
            if left < weight:
                return key
            left -= weight
        raise AssertionError("the weights add up")

    def shuffled(self, things: Sequence[T]) -> list[T]:
        rest = list(things)
        return [rest.pop(self.below(len(rest))) for _ in things]


# No message names a level or a service, so that every sensible way to count gives one number.
MESSAGES = {
    "INFO": (
        "GET /{thing}/{number} 200 in {ms} ms",
        "POST /{thing} 201 in {ms} ms",
        "PUT /{thing}/{number} 204 in {ms} ms",
        "job {thing}-{number} finished in {ms} ms",
        "session of user {number} opened",
        "session of user {number} closed after {ms} s",
        "cache for {thing} filled with {number} entries in {ms} ms",
        "handed {thing} {number} on to the next step",
    ),
    "WARN": (
        "GET /{thing}/{number} 200 in {slow} ms, slower than usual",
        "queue for {thing} holds {number} entries",
        "retry {try_} of 3 for {thing} {number}",
        "certificate of partner {number} ends in {try_} days",
        "memory at 8{try_} percent, {number} objects alive",
    ),
    "ERROR": (
        "POST /{thing} 500 after {slow} ms",
        "gave up on {thing} {number} after 3 tries",
        "no answer from partner {number} within {slow} ms",
        "{thing} {number} could not be saved: constraint violated",
        "unexpected end of message {number} while reading {thing}",
    ),
}
THINGS = (
    "carts",
    "labels",
    "parcels",
    "prices",
    "refunds",
    "routes",
    "shelves",
    "slots",
    "vouchers",
)
#: How often each service writes, and how often at each level.
SERVICES = {
    "gateway": 32,
    "checkout": 21,
    "inventory": 17,
    "billing": 14,
    "mailer": 10,
    "planner": 6,
}
LEVELS = {
    "gateway": {"INFO": 960, "WARN": 30, "ERROR": 10},
    "checkout": {"INFO": 930, "WARN": 50, "ERROR": 20},
    "inventory": {"INFO": 820, "WARN": 160, "ERROR": 20},
    "billing": {"INFO": 860, "WARN": 60, "ERROR": 80},
    "mailer": {"INFO": 900, "WARN": 70, "ERROR": 30},
    "planner": {"INFO": 930, "WARN": 40, "ERROR": 30},
}
#: The log begins with one line of each level, as a reader looks at the beginning.
FIRST = (("gateway", "INFO"), ("billing", "ERROR"), ("inventory", "WARN"), ("checkout", "INFO"))


def make_log(chance: Chance) -> tuple[str, Counter[tuple[str, str]]]:
    """A week of a shop's services, and how many lines each service wrote at each level."""
    lines = []
    count: Counter[tuple[str, str]] = Counter()
    at = datetime(2025, 3, 3, tzinfo=UTC)
    for number in range(LOG_LINES):
        at += timedelta(milliseconds=200 + chance.below(53_000))
        service = chance.weighted(SERVICES)
        level = chance.weighted(LEVELS[service])
        if number < len(FIRST):
            service, level = FIRST[number]
        message = chance.of(MESSAGES[level]).format(
            thing=chance.of(THINGS),
            number=1000 + chance.below(9000),
            ms=3 + chance.below(400),
            slow=2000 + chance.below(9000),
            try_=1 + chance.below(3),
        )
        time = at.strftime("%Y-%m-%dT%H:%M:%S") + f".{at.microsecond // 1000:03}Z"
        request = f"{chance.below(2**32):08x}"
        lines.append(f"{time} {level} {service} request={request} {message}\n")
        count[service, level] += 1
    return "".join(lines), count


def make_handbook(chance: Chance, words: dict[str, Any]) -> str:
    """Forty pages of a staff handbook."""
    parts = ["# Staff handbook of the Tarnwick Ferry and Freight Cooperative\n"]
    for number, topic in enumerate(words["topics"], 1):
        parts.append(f"\n## {number}. {topic['title']}\n")
        facts = chance.shuffled(topic["facts"])
        mains = chance.shuffled(words["mains"])
        for paragraph in range(6):
            said = [_sentence(chance, words, topic, mains.pop()) for _ in range(4)]
            if paragraph < len(facts):
                fact = facts[paragraph].format(access_code=words["access_code"])
                said.insert(chance.below(len(said) + 1), fact)
            parts.append("\n" + " ".join(said) + "\n")
    return "".join(parts)


def _sentence(chance: Chance, words: dict[str, Any], topic: dict[str, Any], main: str) -> str:
    said = main.format(
        matter=topic["matter"],
        role=topic["role"],
        place=chance.of(words["places"]),
        book=chance.of(words["books"]),
        season=chance.of(words["seasons"]),
        hour=chance.of(words["hours"]),
        days=chance.of(words["days"]),
    )
    shape = chance.below(4)
    if shape in (0, 1):
        said = f"{chance.of(words['openings'])} {said}"
    if shape in (1, 2):
        said = f"{said}, {chance.of(words['endings'])}"
    return said[0].upper() + said[1:] + "."


FIRST_NAMES = (
    "Amberlow",
    "Birchfold",
    "Cobbleside",
    "Dunmarrow",
    "Eastquill",
    "Fernhollow",
    "Greywattle",
    "Harrowmere",
    "Ivystone",
    "Juniper Gate",
    "Kettlewick",
    "Larkspindle",
    "Mossbridge",
    "Nettlecombe",
    "Oakhaven",
    "Pebbleford",
    "Quarrel Hill",
    "Rushwater",
    "Silverthatch",
    "Thistledown",
)
LAST_NAMES = ("Bakery", "Bookshop", "Garden Centre", "Hardware", "Outfitters", "Trading")
COUNTRIES = {
    "Germany": 18,
    "France": 14,
    "Norway": 12,
    "Italy": 11,
    "Spain": 10,
    "Poland": 9,
    "Austria": 8,
    "Denmark": 7,
    "Portugal": 6,
    "Finland": 5,
}
PRODUCTS = {
    "Oil lamp": 3490,
    "Rope 20 m": 1850,
    "Enamel mug": 720,
    "Wool blanket": 5900,
    "Rain cape": 4475,
    "Camp stove": 6999,
    "Tin box": 980,
    "Canvas bag": 2640,
    "Folding chair": 3150,
    "Storm lighter": 1295,
    "Water can": 1560,
    "Leather belt": 2899,
    "Pocket knife": 2150,
    "Field compass": 3825,
    "Tent peg set": 890,
}
STATES = {"delivered": 74, "shipped": 11, "cancelled": 9, "returned": 6}


def make_orders(chance: Chance) -> tuple[str, Counter[tuple[str, str]], Counter[str]]:
    """A year of orders; how many each country has in each state, and how many each customer."""
    names = [f"{first} {last}" for first in FIRST_NAMES for last in LAST_NAMES]
    customers = chance.shuffled(names)
    home = {name: chance.weighted(COUNTRIES) for name in customers}
    # The most loyal customer is ahead so clearly that nobody can dispute it.
    loyalty = {name: 10 + chance.below(40) for name in customers} | {customers[7]: 85}
    lines = ["order_id,date,customer,country,product,quantity,unit_price,status\n"]
    states: Counter[tuple[str, str]] = Counter()
    placed: Counter[str] = Counter()
    for number in range(ORDERS):
        day = date(2024, 1, 1) + timedelta(days=number * 366 // ORDERS)
        customer = chance.weighted(loyalty)
        country, status = home[customer], chance.weighted(STATES)
        product = chance.of(tuple(PRODUCTS))
        price = PRODUCTS[product]
        lines.append(
            f"{100_001 + number},{day.isoformat()},{customer},{country},{product},"
            f"{1 + chance.below(12)},{price // 100}.{price % 100:02},{status}\n"
        )
        states[country, status] += 1
        placed[customer] += 1
    return "".join(lines), states, placed


def make() -> dict[str, str]:
    """The sample: the text of each file by its name."""
    log, levels = make_log(Chance(SEED))
    orders, states, placed = make_orders(Chance(SEED + 1))
    words = tomllib.loads(Path(__file__).with_name("sample_handbook.toml").read_text("utf-8"))
    warnings = Counter({service: levels[service, "WARN"] for service in SERVICES})
    questions = [
        {
            "file": "service.log",
            "question": "How many lines report an ERROR from the billing service?",
            "answer": str(levels["billing", "ERROR"]),
            "kind": "count",
        },
        {
            "file": "service.log",
            "question": "Which service wrote the most WARN lines?",
            "answer": warnings.most_common(1)[0][0],
            "kind": "rank",
        },
        {
            "file": "handbook.md",
            "question": "What is the access code for the archive room?",
            "answer": words["access_code"],
            "kind": "lookup",
        },
        {
            "file": "orders.csv",
            "question": "How many orders from Norway were cancelled?",
            "answer": str(states["Norway", "cancelled"]),
            "kind": "count",
        },
        {
            "file": "orders.csv",
            "question": "Which customer placed the most orders?",
            "answer": placed.most_common(1)[0][0],
            "kind": "rank",
        },
    ]
    return {
        "service.log": log,
        "handbook.md": make_handbook(Chance(SEED + 2), words),
        "orders.csv": orders,
        "questions.json": json.dumps(questions, indent=2) + "\n",
    }


def main() -> None:
    here = Path(__file__).parent.parent / "resources" / "sample"
    parser = argparse.ArgumentParser(description="Make the sample documents.")
    parser.add_argument("--to", type=Path, default=here, metavar="FOLDER")
    folder: Path = parser.parse_args().to
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in make().items():
        (folder / name).write_bytes(text.encode())
        print(f"{name}: {len(text.encode()):,} bytes")


if __name__ == "__main__":
    main()
