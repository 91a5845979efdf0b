"""What the head of a GGUF file says, in words for people who never heard of one."""

from rlm_desktop.models.verify import NOT_STATED, GgufFacts

#: English text has about three words to four tokens, in the vocabularies of today.
_WORDS_PER_TOKEN = 0.75


def describe(facts: GgufFacts) -> list[tuple[str, str]]:
    """What is to be known of a model, as pairs of a heading and a text; always the same headings.

    The licence is as stated in the file; the catalogue may know better.
    """
    several = f" and {len(facts.files) - 1} more beside it" if len(facts.files) > 1 else ""
    return [
        ("Name", facts.name),
        ("File", f"{facts.path}{several}"),
        ("Size", amount(facts.size)),
        ("Parameters", _parameters(facts.parameters)),
        ("Weights", f"{facts.file_type}, {facts.bits_per_weight:.1f} bits for each parameter"),
        ("Kind", f"{facts.architecture}, {facts.block_count} layers"),
        ("Made for", _context(facts.context_length)),
        ("Languages", ", ".join(facts.languages) or NOT_STATED),
        ("Licence", facts.licence),
        ("Template", facts.template),
    ]


def amount(count: int) -> str:
    """A number of bytes, as it is said of files."""
    return f"{count / 1e9:,.2f} GB" if count >= 1e9 else f"{count / 1e6:,.0f} MB"


def _parameters(count: int) -> str:
    return f"{count / 1e9:.2f} billion" if count >= 1e9 else f"{count / 1e6:.0f} million"


def _context(tokens: int) -> str:
    words = round(tokens * _WORDS_PER_TOKEN, -3 if tokens > 10_000 else -2)
    return f"up to {tokens:,} tokens, about {words:,.0f} words of English"
