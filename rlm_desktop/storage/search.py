"""From what a user types into a search box to a query of FTS5."""

#: How much more a word in the question weighs than one in the answer.
WEIGHTS = (10.0, 1.0)


def to_match(search: str) -> str:
    """The FTS5 expression for "all of these words, each at least at its beginning".

    Every word is quoted, so that no character means anything to FTS5. Empty if nothing in it is
    a letter or a digit: FTS5 knows words only.
    """
    words = [word for word in printable(search).split() if any(map(str.isalnum, word))]
    return " ".join('"' + word.replace('"', '""') + '"*' for word in words)


def printable(text: str) -> str:
    """The text without what SQLite cannot take in: NUL ends a query, half a surrogate pair is
    no UTF-8.
    """
    return text.replace("\0", " ").encode("utf-8", "replace").decode()
