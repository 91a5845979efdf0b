"""Texts for the benchmarks of the engine: English, and lines of logs, from a seed.

What they are about matters to no measurement of speed, but random tokens would: a model writes
other replies to them, and no two of them share a word. The labelled lines are from templates
written by hand, each label with words of its own, so that a small model can tell them apart.
"""

import random
from collections.abc import Callable

PEOPLE = ("Anna", "Boris", "Clara", "Deniz", "Elif", "Farid", "Greta", "Hugo", "Ines", "Jonas")
PLACES = ("Bremen", "Cork", "Delft", "Espoo", "Faro", "Ghent", "Huelva", "Izmir", "Lund", "Porto")
THINGS = (
    "pump", "ledger", "antenna", "bridge", "contract", "garden", "harbour", "invoice", "kitchen",
    "lantern", "mill", "orchard", "parcel", "quarry", "railway", "sensor", "tunnel", "valve",
    "warehouse", "workshop", "archive", "boiler", "crane", "ferry", "greenhouse",
)  # fmt: skip
DEEDS = (
    "inspected", "repaired", "sold", "measured", "painted", "moved", "insured", "closed",
    "reopened", "described", "replaced", "photographed", "cleaned", "rented", "tested",
)  # fmt: skip
WHYS = (
    "because the winter had been hard", "after a long talk with the council",
    "although nobody had asked for it", "before the auditors arrived",
    "while the river was still high", "as the contract had foreseen",
    "in spite of the missing papers", "so that the night shift could begin",
)  # fmt: skip
SERVICES = ("auth", "billing", "cache", "gateway", "index", "mailer", "queue", "search", "storage")
FAULTS = (
    "connection reset by peer", "request took {n} ms", "retry {m} of 5", "disk usage at {m} %",
    "opened session {n}", "closed session {n}", "token of user {n} expired", "{n} rows written",
    "checksum of block {n} differs", "slow query, {n} ms", "leader changed to node {m}",
)  # fmt: skip
LEVELS = ("DEBUG", "INFO", "INFO", "INFO", "WARN", "ERROR")

#: Label, and the templates of lines that have it.
LABELLED = {
    "billing": (
        "The invoice of {day} charges my card twice for {amount} euros, please correct it",
        "Why does the bill from {place} list a fee of {amount} euros that I never agreed to",
        "I need a receipt with our tax number for the payment of {amount} euros on {day}",
    ),
    "delivery": (
        "The parcel with the {thing} should have arrived in {place} on {day} and is still missing",
        "The driver left my package with a neighbour in {place}, and the {thing} box is wet",
        "Where is the shipment number {number}, it has not moved from {place} since {day}",
    ),
    "password": (
        "I cannot log in since {day}, the reset link for user {number} has expired",
        "My password is refused although I changed it on {day}, please unlock login {number}",
        "The login page asks for a code that never reaches my phone in {place}",
    ),
    "crash": (
        "The program closes with error {number} each time I open the report of {day}",
        "After the update of {day} the app freezes and crashes with code {number}",
        "Exporting the {thing} table ends in a crash, the stack trace names line {number}",
    ),
    "praise": (
        "Thank you, {person} from your team in {place} solved everything with great patience",
        "What a wonderful {thing}, we are delighted and tell all our friends in {place}",
        "Excellent work, {person}, the best service that I have had since {day}",
    ),
}
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

Source = Callable[[random.Random], str]


def sentence(lots: random.Random) -> str:
    """One sentence of a story without an end."""
    return (
        f"{lots.choice(PEOPLE)} {lots.choice(DEEDS)} the {lots.choice(THINGS)} in "
        f"{lots.choice(PLACES)} on {lots.choice(DAYS)} {lots.choice(WHYS)}. "
    )


def log_line(lots: random.Random) -> str:
    """One line of a log."""
    fault = lots.choice(FAULTS).format(n=lots.randrange(100, 9999), m=lots.randrange(1, 99))
    clock = f"{lots.randrange(24):02}:{lots.randrange(60):02}:{lots.randrange(60):02}"
    return (
        f"2024-03-{lots.randrange(1, 29):02} {clock} {lots.choice(LEVELS)} "
        f"{lots.choice(SERVICES)} 10.0.{lots.randrange(9)}.{lots.randrange(255)}: {fault}\n"
    )


def labelled_line(lots: random.Random, label: str) -> str:
    """One line that has a label, of 12 to 25 tokens."""
    return lots.choice(LABELLED[label]).format(
        amount=lots.randrange(12, 980),
        day=lots.choice(DAYS),
        number=lots.randrange(1000, 9999),
        person=lots.choice(PEOPLE),
        place=lots.choice(PLACES),
        thing=lots.choice(THINGS),
    )


def labelled_lines(seed: int, count: int) -> list[tuple[str, str]]:
    """Lines and their labels, as many of each label, in the order of lots."""
    lots = random.Random(seed)
    labels = [list(LABELLED)[number % len(LABELLED)] for number in range(count)]
    lots.shuffle(labels)
    return [(labelled_line(lots, label), label) for label in labels]


def of_length(
    source: Source,
    lots: random.Random,
    tokens: int,
    cut: Callable[[str, int], str],
) -> str:
    """A text of so many tokens. `cut` gives the first so many tokens of a text."""
    pieces = []
    length = 0
    while length < tokens * 6:  # no word or number here has more characters a token
        pieces.append(source(lots))
        length += len(pieces[-1])
    return cut("".join(pieces), tokens)
