"""A run as one HTML file: no script, nothing fetched, light or dark as the reader's system is."""

from collections.abc import Iterator
from html import escape

from rlm_desktop.exporting.outline import Block, Bullets, Facts, Literal, Section, Text, outline
from rlm_desktop.exporting.visible import visible
from rlm_desktop.runs.run import Run

# The policy is a second wall: even a mistake in the escaping could neither run nor fetch anything.
_HEAD = """\
<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>
:root {{ --paper: #fff; --ink: #1b1f24; --faint: #57606a; --block: #f3f4f6; --edge: #d0d7de; }}
@media (prefers-color-scheme: dark) {{
  :root {{ --paper: #14171a; --ink: #e6e9ec; --faint: #9aa4ae; --block: #1f2429; --edge: #3a4149; }}
}}
body {{ background: var(--paper); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif;
  max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }}
h1 {{ font-size: 1.5rem; }}
h2, h3, h4, h5, h6 {{ font-size: 1.1rem; }}
.answer {{ font-size: 1.2rem; white-space: pre-wrap; }}
.facts, .label {{ color: var(--faint); }}
.label {{ margin-bottom: 0.2rem; }}
pre {{ background: var(--block); border: 1px solid var(--edge); border-radius: 4px;
  padding: 0.6rem; margin-top: 0; overflow-x: auto; white-space: pre-wrap;
  overflow-wrap: anywhere; }}
details, section section {{ border-left: 2px solid var(--edge); padding-left: 1rem;
  margin: 1rem 0; }}
</style>
</head>
<body>
"""


def to_html(run: Run) -> str:
    """The whole run."""
    whole = outline(run)
    head = _HEAD.format(title=_escaped(whole.title))
    return head + "\n".join(_section(whole, 1)) + "\n</body>\n</html>\n"


def _escaped(text: str) -> str:
    return escape(visible(text))


def _section(section: Section, level: int) -> Iterator[str]:
    heading = f"h{min(level, 6)}"
    title = _escaped(section.title)
    if section.folded:
        yield f"<details>\n<summary>{title}</summary>"
    else:
        yield f"<section>\n<{heading}>{title}</{heading}>"
    for block in section.blocks:
        yield from _block(block, level)
    yield "</details>" if section.folded else "</section>"


def _block(block: Block, level: int) -> Iterator[str]:
    match block:
        case Text(text):
            yield f'<p class="answer">{_escaped(text)}</p>'
        case Facts(facts):
            yield f'<p class="facts">{_escaped(" · ".join(facts))}</p>'
        case Bullets(items):
            yield "<ul>" + "".join(f"<li>{_escaped(item)}</li>" for item in items) + "</ul>"
        case Literal(label, text):
            yield f'<p class="label">{_escaped(label)}</p>'
            # A browser drops the first line end in a pre.
            yield f"<pre>\n{_escaped(text)}</pre>"
        case Section():
            yield from _section(block, level + 1)
