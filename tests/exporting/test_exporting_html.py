"""One HTML file that can neither run nor fetch anything."""

from html.parser import HTMLParser

from hypothesis import given, settings

from rlm_desktop.exporting.html import to_html
from rlm_desktop.exporting.visible import visible
from rlm_desktop.runs.run import Run
from tests.exporting.hostile import RUNS, run_of
from tests.storage.example_run import EVENTS, KEPT, LONG_OUTPUT, QUESTION


class Reading(HTMLParser):
    """The tags and texts of a page."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, tuple[tuple[str, str | None], ...]]] = []
        self.texts: list[str] = []
        self.blocks: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, tuple(attrs)))
        if tag != "meta":
            self.open.append(tag)
        if tag == "pre":
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.texts.append(data)
        if self.open and self.open[-1] == "pre":
            self.blocks[-1] += data


def test_a_run_is_told_whole() -> None:
    page = Reading(to_html(Run.of(EVENTS)))
    assert page.open == []
    said = "".join(page.texts)
    for text in (
        QUESTION,
        "computed by code",
        "75% of the text",
        "ferries.log, line 1",
        "1.2: ask",
    ):
        assert text in said
    assert "\n" + LONG_OUTPUT in page.blocks
    assert "\nZeroDivisionError: division by zero" in page.blocks


def test_live_and_kept_are_told_alike() -> None:
    assert to_html(Run.of(EVENTS)) == to_html(Run.of(KEPT))


def test_the_page_is_whole_in_itself_and_follows_the_system() -> None:
    page = to_html(Run.of(EVENTS))
    assert "prefers-color-scheme: dark" in page
    assert "default-src 'none'" in page
    assert not {"src=", "href=", "url(", "@import", "<script", "http:", "https:"} & set(
        page.split()
    )
    for fetching in ("src=", "href=", "url(", "@import", "<script", "<link"):
        assert fetching not in page


@settings(max_examples=150)
@given(RUNS)
def test_no_text_becomes_markup(texts: list[str]) -> None:
    page = Reading(to_html(Run.of(run_of(texts))))
    harmless = Reading(to_html(Run.of(run_of([text and "x" for text in texts]))))
    assert page.open == []
    assert set(page.seen) <= set(harmless.seen) | {("pre", ()), ("p", (("class", "label"),))}
    said = "".join(page.texts)
    for text in texts:
        assert visible(text) in said
