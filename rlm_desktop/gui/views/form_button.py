"""A button that shows a table in columns or as text, and which of them each kind is shown in."""

from PySide6.QtCore import QSettings, Signal
from PySide6.QtWidgets import QPushButton, QWidget

_KEY = "viewer/kinds_in_columns"
_SHORTCUT = "Alt+B"


class FormButton(QPushButton):
    """Says what it would do; hidden where there is one form only.

    Signals:
        chosen: whether the document is to be shown in columns.
    """

    chosen = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind: str | None = None
        self._in_columns: set[str] = set()
        self._table = False
        self.clicked.connect(self._change)
        self.offer(None)

    @property
    def wants_table(self) -> bool:
        """Whether documents of the kind that is shown were last shown in columns."""
        return self._kind in self._in_columns

    def offer(self, kind: str | None) -> None:
        """A document of a kind is shown that has both forms; None if it has one."""
        self._kind = kind
        self.setVisible(kind is not None)

    def show_form(self, *, table: bool) -> None:
        """Say how to get to the other form."""
        self._table = table
        self.setText(self.tr("As text") if table else self.tr("As table"))
        self.setToolTip(
            self.tr("Show the document as it stands (Alt+B)")
            if table
            else self.tr("Show the rows of the document in columns (Alt+B)")
        )
        self.setShortcut(_SHORTCUT)  # a new text takes it away

    def restore(self, kept: QSettings) -> None:
        """What was chosen earlier."""
        kinds = kept.value(_KEY)
        self._in_columns = set(kinds.split(",")) if isinstance(kinds, str) and kinds else set()

    def keep(self, kept: QSettings) -> None:
        """Remember what was chosen."""
        kept.setValue(_KEY, ",".join(sorted(self._in_columns)))

    def _change(self) -> None:
        if self._kind is None:
            return
        if self._table:
            self._in_columns.discard(self._kind)
        else:
            self._in_columns.add(self._kind)
        self.chosen.emit(not self._table)
