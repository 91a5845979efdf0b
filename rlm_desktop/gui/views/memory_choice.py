"""Context size and layers on a graphics card, with what they cost in memory."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QSpinBox, QWidget

from rlm_desktop.engine.base import USUAL_WINDOW
from rlm_desktop.gui.style import Tone
from rlm_desktop.gui.views.toned_label import TonedLabel
from rlm_desktop.models.memory import gpu_bytes, memory, memory_beside
from rlm_desktop.models.plain_words import amount
from rlm_desktop.models.verify import GgufFacts


class MemoryChoice(QWidget):
    """Two numbers, and a sentence on the memory they need for the model that is looked at.

    Signals:
        window_chosen: tokens of context to make room for, 0 for the usual.
        layers_chosen: layers on a graphics card, -1 for as many as fit.
    """

    window_chosen = Signal(int)
    layers_chosen = Signal(int)

    def __init__(self, window: int, layers: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._facts: GgufFacts | None = None
        self._free = 0
        self.window_box = self._box(self.tr("Context in tokens"), 0, 1_048_576, 1024)
        self.window_box.setSpecialValueText(self.tr("usual"))
        self.window_box.setGroupSeparatorShown(True)
        self.window_box.setValue(window)
        self.layers_box = self._box(self.tr("Layers on a graphics card"), -1, 999, 1)
        self.layers_box.setSpecialValueText(self.tr("as many as fit"))
        self.layers_box.setValue(layers)
        self.cost = TonedLabel(self.tr("Memory needed with this"))
        self.cost.setWordWrap(True)
        layout = QFormLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addRow(self.tr("C&ontext, in tokens"), self.window_box)
        layout.addRow(self.tr("&Layers on a graphics card"), self.layers_box)
        layout.addRow(self.cost)
        self.window_box.valueChanged.connect(self._show_cost)
        self.layers_box.valueChanged.connect(self._show_cost)
        # Kept when the user is through, not with every digit.
        self.window_box.editingFinished.connect(
            lambda: self.window_chosen.emit(self.window_box.value())
        )
        self.layers_box.editingFinished.connect(
            lambda: self.layers_chosen.emit(self.layers_box.value())
        )

    def show_model(self, facts: GgufFacts | None, free_bytes: int) -> None:
        """Tell the cost for this model from now on."""
        self._facts, self._free = facts, free_bytes
        self._show_cost()

    def _box(self, name: str, least: int, most: int, step: int) -> QSpinBox:
        box = QSpinBox()
        box.setAccessibleName(name)
        box.setRange(least, most)
        box.setSingleStep(step)
        return box

    def _show_cost(self) -> None:
        facts = self._facts
        if facts is None:
            self.cost.say("", Tone.QUIET)
            return
        window = min(self.window_box.value() or USUAL_WINDOW, facts.context_length or USUAL_WINDOW)
        needs = gpu_bytes(facts, window)
        layers = min(max(0, self.layers_box.value()), len(needs) - 1)
        if layers:
            parts = memory_beside(facts, window, layers)
            text = self.tr("Needs {} of memory, {} free, and {} on the graphics card").format(
                amount(parts.needed_bytes), amount(self._free), amount(needs[layers])
            )
        else:
            parts = memory(facts, window)
            text = self.tr("Needs {} of memory, {} free").format(
                amount(parts.needed_bytes), amount(self._free)
            )
        text += self.tr(", with room for {} tokens").format(f"{window:,}")
        too_much = parts.needed_bytes > self._free
        self.cost.say(("✗ " if too_much else "") + text, Tone.BAD if too_much else Tone.PLAIN)
