"""Staying at the end of what grows, until the user looks at something else."""

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QAbstractScrollArea, QPushButton

#: So near the end, in units of the scroll bar, is the end.
_NEAR = 4


class Following(QObject):
    """Keeps a view at its end; scrolling up ends that, scrolling down to the end begins it again.

    Signals:
        changed: whether it follows now.
    """

    changed = Signal(bool)

    def __init__(self, view: QAbstractScrollArea) -> None:
        super().__init__(view)
        self.on = True
        self._bar = view.verticalScrollBar()
        self._bar.valueChanged.connect(self._look_where)
        self._bar.rangeChanged.connect(self._go_along)

    def follow(self) -> None:
        """Go to the end, and stay there."""
        self._set(on=True)
        self._bar.setValue(self._bar.maximum())

    def let_go(self) -> None:
        """Stay here, whatever comes."""
        self._set(on=False)

    def button(self) -> QPushButton:
        """A button that is pressed while the end is followed."""
        made = QPushButton()
        made.setCheckable(True)

        def say(following: bool) -> None:  # noqa: FBT001 - a slot
            made.setChecked(following)
            made.setText(self.tr("✓ Following") if following else self.tr("Follow"))

        say(self.on)
        # The words change, the place of the buttons does not.
        made.setMinimumWidth(made.sizeHint().width())
        made.setToolTip(self.tr("Stay at the end while the run goes on"))
        made.setAccessibleName(self.tr("Follow the run"))
        made.clicked.connect(lambda wanted: self.follow() if wanted else self.let_go())
        self.changed.connect(say)
        return made

    def _look_where(self, value: int) -> None:
        self._set(on=value >= self._bar.maximum() - _NEAR)

    def _go_along(self, _least: int, most: int) -> None:
        if self.on:
            self._bar.setValue(most)

    def _set(self, *, on: bool) -> None:
        if on is not self.on:
            self.on = on
            self.changed.emit(on)
