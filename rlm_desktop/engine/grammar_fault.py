"""What is wrong with a grammar, and where."""


class GrammarFault(Exception):
    """A fault at a position of the text of a grammar, from 0. Never leaves `gbnf.check`."""

    def __init__(self, position: int, what: str) -> None:
        super().__init__(what)
        self.position = position
        self.what = what
