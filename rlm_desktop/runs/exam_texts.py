"""The texts of the exam for models: made by rule, so that the right answers are known.

Nobody has read them before, so nothing can be known by heart.
"""

_WEATHER = ("in the rain", "at dawn", "after the fair", "in deep snow", "before supper")
_TRADES = ("miller", "cooper", "ferryman", "weaver", "baker", "smith", "tanner")
_GOODS = ("wool", "salt", "rye")

FACT = "The widow Aagaard hides the deed of the mill inside the blue clock."

#: Notes of guests, and whether they are content.
NOTES = (
    ("The soup was cold and nobody came when we called.", "complaint"),
    ("What a wonderful room, we slept like stones!", "praise"),
    ("The window does not close and the bed is damp.", "complaint"),
    ("Thank you for the warm bread every morning.", "praise"),
    ("Twelve crowns for a cup of tea is robbery.", "complaint"),
    ("The best stay we have had in years.", "praise"),
    ("Our luggage was lost and no one said sorry.", "complaint"),
    ("The children loved the garden and the donkey.", "praise"),
    ("Noise from the kitchen until two at night.", "complaint"),
    ("Friendly people and a lovely view of the harbour.", "praise"),
    ("The towels were dirty.", "complaint"),
    ("Everything was perfect, we shall come again.", "praise"),
    ("The bill was wrong, and twice at that.", "complaint"),
    ("The cook deserves a medal.", "praise"),
    ("It rained through the roof onto my papers.", "complaint"),
    ("A quiet house with good beds.", "praise"),
)

GERMAN = (
    "Der alte Leuchtturm auf der Insel Harum wurde 1887 gebaut. Sein Wärter hieß Onno Petersen. "
    "Er zündete die Lampe jeden Abend selbst an und führte ein Tagebuch über jedes Schiff. Im "
    "Winter brachte ihm seine Schwester einmal in der Woche Brot und Petroleum mit dem Boot."
)


def log(lines: int = 900) -> str:
    """The log of a lock with nine gates."""
    return "\n".join(
        f"2031-05-{n % 28 + 1:02} {n % 24:02}:{n % 60:02} {'ALARM' if n % 11 == 0 else 'note'}"
        f" gate-{4 if n % 5 == 0 else n % 9} reports a level of {n * 37 % 500} cm"
        for n in range(lines)
    )


def book(lines: int = 700) -> str:
    """A dull book, with FACT in its middle."""
    told = [
        f"On the {n}th day the {_TRADES[n % 7]} met the {_TRADES[n * 3 % 7]} {_WEATHER[n % 5]},"
        f" and they spoke of the price of {_GOODS[n % 3]} until the bell rang."
        for n in range(1, lines)
    ]
    told.insert(len(told) // 2, FACT)
    return "\n".join(told)


def items(number: int = 20) -> list[str]:
    """The lines of a list, all different."""
    return [f"{n}. {_GOODS[n % 3]} for the {_TRADES[n % 7]}: {n * 13} sacks" for n in range(number)]
