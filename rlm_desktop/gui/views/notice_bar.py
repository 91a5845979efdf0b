"""A notice that stands as long as it is true, and cannot be dismissed."""

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.toned_label import TonedLabel


class NoticeBar(QFrame):
    """Says that texts leave this machine, or that those of a run did; hidden if neither is so."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAutoFillBackground(True)
        self.setAccessibleName(self.tr("Notice"))
        self._now = _line(self.tr("Where texts are sent to"))
        self._then = _line(self.tr("Where the texts of this run were sent to"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(10, 6, 6, 6)
        layout.addWidget(self._now)
        layout.addWidget(self._then)
        self.show_addresses("", "")

    @property
    def text(self) -> str:
        """What is said; empty if nothing is."""
        lines = [line.text() for line in (self._now, self._then) if not line.isHidden()]
        return "\n".join(lines)

    def show_addresses(self, now: str, then: str) -> None:
        """Say where texts are sent to from now on, and where those of the run that is shown were.

        Either is empty for this machine.
        """
        texts = self.tr("⚠ Questions and texts leave this machine: they are sent to {}.")
        self._now.say(texts.format(now))
        self._now.setVisible(bool(now))
        self._then.say(self.tr("⚠ The texts of this run were sent to {}.").format(then))
        self._then.setVisible(bool(then))
        self.setAccessibleDescription(self.text)
        self.setVisible(bool(now or then))


def _line(name: str) -> TonedLabel:
    label = TonedLabel(name, Tone.WARNING)
    label.setWordWrap(True)
    label.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
    return label
