"""The card on the first page that offers the model while it is not here."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.toned_label import TonedLabel
from rlm_desktop.models.library import ModelFile
from rlm_desktop.models.plain_words import amount

_STEPS = 1000


class ModelCard(QFrame):
    """Says what the model is and what getting it takes, or how far that is.

    Signals:
        get_wanted: fetch it.
        cancel_wanted: stop fetching it.
        file_wanted: the user has a GGUF file.
        others_wanted: the user wants to see all models.
    """

    get_wanted = Signal()
    cancel_wanted = Signal()
    file_wanted = Signal()
    others_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.setAccessibleName(self.tr("The model"))
        self.title = TonedLabel(self.tr("What is missing"), bold=True)
        self.about = TonedLabel(self.tr("About the model"), Tone.QUIET)
        self.doing = TonedLabel(self.tr("How far it is"))
        for label in (self.title, self.about, self.doing):
            label.setWordWrap(True)
        self.bar = QProgressBar()
        self.bar.setAccessibleName(self.tr("Progress"))
        self.bar.setTextVisible(False)
        self.get = QPushButton(self.tr("&Get it"))
        self.get.clicked.connect(self.get_wanted)
        self.cancel = QPushButton(self.tr("Sto&p"))
        self.cancel.setToolTip(self.tr("What arrived is kept, and getting it goes on from there"))
        self.cancel.clicked.connect(self.cancel_wanted)
        self.file = QPushButton(self.tr("Use my own GG&UF file…"))
        self.file.clicked.connect(self.file_wanted)
        self.others = QPushButton(self.tr("&Other models…"))
        self.others.clicked.connect(self.others_wanted)
        # Below one another: the page may be narrow, and other languages are wordy.
        buttons = QVBoxLayout()
        for button in (self.get, self.cancel, self.file, self.others):
            buttons.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        column = QVBoxLayout(self)
        for widget in (self.title, self.about, self.bar, self.doing):
            column.addWidget(widget)
        column.addLayout(buttons)
        self.end()

    def offer(self, file: ModelFile) -> None:
        """Offer a model of the catalogue."""
        self.title.say(self.tr("First of all the program needs a model, once"))
        about = self.tr(
            "{}, licence {}. {} It is kept on this machine and works without a network."
        )
        self.about.say(about.format(file.title, file.licence, file.good_for))
        self.get.setText(self.tr("&Get it ({})").format(amount(file.size)))

    def progress(self, text: str, fraction: float | None) -> None:
        """Show how far something is; None for a fraction that nobody knows."""
        self.bar.setRange(0, 0 if fraction is None else _STEPS)
        self.bar.setValue(round(_STEPS * (fraction or 0)))
        self.doing.say(text, Tone.PLAIN)
        for widget in (self.bar, self.doing, self.cancel):
            widget.show()
        self.get.hide()

    def end(self, text: str = "", tone: Tone = Tone.PLAIN) -> None:
        """Nothing goes on; a text says how it went."""
        self.bar.hide()
        self.cancel.hide()
        self.get.show()
        self.doing.say(text, tone)
        self.doing.setVisible(bool(text))
