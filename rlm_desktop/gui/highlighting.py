"""Python in colours: what Pygments calls a piece of a program, as one of our tones."""

from pygments.lexers.python import PythonLexer
from pygments.token import Token, _TokenType

from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.text_parts import Span

#: Above this a program is shown in one colour; models write some thousand characters.
_LIMIT = 100_000

_TONES = {
    Token.Comment: Tone.COMMENT,
    Token.Keyword: Tone.KEYWORD,
    Token.Operator.Word: Tone.KEYWORD,
    Token.Literal.String: Tone.STRING,
    Token.Literal.Number: Tone.NUMBER,
    Token.Name.Builtin: Tone.NAME,
    Token.Name.Function: Tone.NAME,
    Token.Name.Class: Tone.NAME,
    Token.Name.Exception: Tone.NAME,
    Token.Name.Decorator: Tone.NAME,
}


def python_spans(code: str) -> tuple[Span, ...]:
    """A program in spans, which joined are the program to the letter."""
    if len(code) > _LIMIT:
        return (Span(code, Tone.CODE),)
    spans: list[Span] = []
    lexer = PythonLexer(stripnl=False, ensurenl=False)
    for _, kind, text in lexer.get_tokens_unprocessed(code):
        tone = _tone_of(kind)
        if spans and spans[-1].tone is tone:
            spans[-1] = Span(spans[-1].text + text, tone)
        else:
            spans.append(Span(text, tone))
    return tuple(spans)


def _tone_of(kind: _TokenType) -> Tone:
    within: _TokenType | None = kind
    while within is not None:
        if within in _TONES:
            return _TONES[within]
        within = within.parent
    return Tone.CODE
