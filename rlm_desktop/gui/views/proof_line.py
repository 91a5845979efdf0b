"""The promise that nothing leaves this machine, with a button that puts it to the test."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.toned_label import TonedLabel


class ProofLine(QWidget):
    """A sentence, `prove`, and below it what came of the trial."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.promise = self.tr("Nothing leaves this machine.")
        label = TonedLabel(self.tr("Privacy"), Tone.QUIET)
        label.setWordWrap(True)
        label.say(self.promise)
        self.prove = QPushButton(self.tr("Put it to the &test"))
        self.prove.setToolTip(
            self.tr("Locks a process in as it is done with the programs of the model, and tries")
        )
        self.result = TonedLabel(self.tr("What the test showed"))
        self.result.setWordWrap(True)
        self.result.hide()
        row = QHBoxLayout()
        row.addWidget(label, 1)
        row.addWidget(self.prove)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row)
        column.addWidget(self.result)

    def show_result(self, reason: str) -> None:
        """Say what came of it; `reason` is why the jail does not hold, empty if it does."""
        self.prove.setEnabled(True)
        if reason:
            told = self.tr("✗ {}. So no code is run here, and only short texts can be asked about.")
            self.result.say(told.format(reason), Tone.BAD)
        else:
            self.result.say(
                self.tr(
                    "✓ Tried just now: a process locked in like the one that runs the programs "
                    "of the model could open no file, make no connection, start no program."
                ),
                Tone.GOOD,
            )
        self.result.show()
