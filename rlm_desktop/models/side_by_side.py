"""Whether two models fit into the memory together: one for programs, one for the sub-calls."""

from rlm_desktop.errors import ModelError
from rlm_desktop.models import fit
from rlm_desktop.models.verify import GgufFacts


def require_both(
    facts: GgufFacts, window: int, sub_facts: GgufFacts, sub_window: int, available_bytes: int
) -> None:
    """Raise ModelError, saying how much memory is missing, if they do not fit together.

    Each alone may fit all the same: that is looked at where it is opened.
    """
    needed = [
        fit.fit(one, tokens, available_bytes).needed_bytes
        for one, tokens in ((facts, window), (sub_facts, sub_window))
    ]
    missing = sum(needed) - available_bytes
    if missing > 0:
        raise ModelError(
            f"{facts.name} and {sub_facts.name} do not fit into the memory together: they need "
            f"{needed[0] / 1e9:.1f} and {needed[1] / 1e9:.1f} GB, and {available_bytes / 1e9:.1f} "
            f"GB are free, so {missing / 1e9:.1f} GB are missing. Leave out the model for "
            "sub-calls (`sub_model` in the settings, --sub-model), choose a smaller one, or make "
            "`window` in the settings smaller"
        )
