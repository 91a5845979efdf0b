"""How well a few typed letters fit a line: for lists that are narrowed while one types."""


def fit(typed: str, line: str) -> float | None:
    """A score, higher is better; None if the letters do not stand in the line in this order.

    Letters that follow each other or begin a word count more, and short lines come first.
    """
    wanted, text = typed.casefold().replace(" ", ""), line.casefold()
    score, place = 0.0, -1
    for letter in wanted:
        found = text.find(letter, place + 1)
        if found < 0:
            return None
        begins = found == 0 or not text[found - 1].isalnum()
        score += 2.0 if found == place + 1 and place >= 0 else 1.5 if begins else 0.5
        place = found
    if wanted and wanted in text.replace(" ", ""):
        score += len(wanted)
    return score - len(line) / 1000
