"""Properties of the parsers that find mails, talk and files in a text."""

import string
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from rlm_desktop.documents.code_files import file_named, files_in
from rlm_desktop.documents.mail import mails_in
from rlm_desktop.documents.mail_headers import address_of, date_of_mail, decoded, name_of
from rlm_desktop.documents.talk import talk_in

#: Texts of the very lines that the parsers look for, in any order.
_LINES = st.sampled_from(
    [
        "From ann@example.org Sat May  3 14:05:00 2031", "From: Ann <ann@example.org>",
        "Subject: Nets", " and ropes", "To: ben@example.org", "Date: 3 May 2031", "", "", "Thanks.",
        "-----Original Message-----", "===== 2 =====", ">From here on", "\ufeff", "\r", "ANN: Yes?",
        "[09:02] <ben_> no", "##### FILE: a/b.py #####", "def sail():", "\x0c",
    ]
)  # fmt: skip
_LIKELY = st.lists(_LINES, max_size=30).map("\n".join)
_ANY = st.text(st.characters(codec="utf-8"), max_size=300)
_WORDS = st.text(string.ascii_letters + " ", min_size=1, max_size=30).map(str.strip).filter(bool)


@given(_LIKELY | _ANY)
def test_mails_stand_one_after_the_other_within_the_text(text: str) -> None:
    mails = list(mails_in(text))
    for one, other in pairwise(mails):
        assert one.span[1] <= other.span[0]
    for mail in mails:
        assert 0 <= mail.span[0] <= mail.span[1] <= len(text)
        assert mail.span[0] <= mail.body[0] <= mail.body[1] <= len(text)
        for start, end in mail.headers.values():
            assert mail.span[0] <= start <= end <= mail.span[1]


@given(st.lists(st.tuples(_WORDS, _WORDS), min_size=1, max_size=5))
def test_written_mails_are_found_again(written: list[tuple[str, str]]) -> None:
    text = "".join(
        f"From ann@example.org Sat May  3 14:05:00 2031\nFrom: ann@example.org\n"
        f"Subject: {subject}\n\n{body}\n\n"
        for subject, body in written
    )
    mails = list(mails_in(text))
    assert [text[slice(*mail.headers["subject"])] for mail in mails] == [one for one, _ in written]
    assert [text[slice(*mail.body)] for mail in mails] == [body for _, body in written]


@given(_ANY)
def test_header_values_of_any_kind_are_read(value: str) -> None:
    assert isinstance(decoded(value), str)
    assert address_of(value) == address_of(value).lower()
    assert isinstance(name_of(value), str)
    assert date_of_mail(value) == "" or date_of_mail(value)[4] == "-"


@given(_LIKELY | _ANY, st.sampled_from(["text", "log"]))
def test_names_and_words_of_talk_stand_in_their_lines(text: str, kind: str) -> None:
    found = talk_in(text.splitlines(), kind)
    for line in text.splitlines() if found else ():
        begun = found[0].begins(line) if found else None
        if begun is not None:
            assert 0 <= begun.name[0] < begun.name[1] <= begun.words <= len(line)


@given(st.lists(st.sampled_from(["ANN", "BEN", "LISE"]), min_size=12, max_size=40), _WORDS)
def test_written_talk_is_found_again(speakers: list[str], words: str) -> None:
    lines = [f"{speaker}: {words}" for speaker in speakers]
    found = talk_in(lines, "text")
    if found is None:  # too few turns of two speakers, or a form that is filled in
        return
    begun = [(line, found[0].begins(line)) for line in lines]
    assert [line[slice(*one.name)] for line, one in begun if one] == speakers


@given(_LIKELY | _ANY)
def test_files_stand_one_after_the_other_within_the_text(text: str) -> None:
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    files = list(files_in(lines, "whole.txt", len(text)))
    assert [path for path, _, _ in files] == (
        [named for _, line in lines if (named := file_named(line))] or ["whole.txt"]
    )
    for one, other in pairwise(files):
        assert one[2] <= other[1]
    assert all(0 <= start <= end <= len(text) for _, start, end in files)
