"""The tree of calls, for a QTreeView."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rlm_desktop.gui import words
from rlm_desktop.gui.items import call_rows
from rlm_desktop.gui.items.call_figures import CallFigures, Figures
from rlm_desktop.runs import events
from rlm_desktop.runs.events import Event, parent_of
from rlm_desktop.runs.run import Call, Run

Index = QModelIndex | QPersistentModelIndex

#: How many like calls stand beside each other before they are grouped, and in each group.
GROUP = 50

CALL, STATE, BAR, TIME, OWN, READ, WRITTEN, CACHED, RATE = range(9)

#: The Bar of a row.
BAR_ROLE = Qt.ItemDataRole.UserRole + 1

#: The invisible row above all rows.
_TOP = QModelIndex()


@dataclass(slots=True, eq=False)
class Node:
    """A row of the tree: one call, or a group of like calls.

    `streak` is, for a call, the like calls that it made last, and for a group, those it is a part
    of. `first` is the number in the streak of a group's first call.
    """

    above: "Node | None"
    row: int
    call: Call | None = None
    children: list["Node"] = field(default_factory=list)
    streak: "Streak | None" = None
    first: int = 0

    @property
    def is_group(self) -> bool:
        return self.call is None

    @property
    def calls(self) -> list[Call]:
        """The calls in a group."""
        return [child.call for child in self.children if child.call is not None]


@dataclass(slots=True, eq=False)
class Streak:
    """Calls of one kind that one call made one after the other."""

    kind: events.CallKind
    count: int = 0
    groups: list[Node] = field(default_factory=list)


class CallTreeItems(QAbstractItemModel):
    """Shows the calls of a Run, and adds events to it with the notifications that Qt wants.

    `add` is the only place where an event enters the run that the window shows. A tree that is
    given the run and figures of another one shows those of its calls that `show_call` is told.
    """

    def __init__(
        self,
        parent: QObject | None = None,
        run: Run | None = None,
        figures: CallFigures | None = None,
    ) -> None:
        super().__init__(parent)
        self._begin(run or Run(), figures or CallFigures())

    def _begin(self, run: Run, figures: CallFigures) -> None:
        self.run, self.figures = run, figures
        self._top = Node(None, 0)
        self._nodes: dict[str, Node] = {}
        self._changed: set[str] = set()
        self._sums: dict[Node, Figures] = {}
        self._bars: dict[Node, call_rows.Bar] = {}

    def clear(self, run: Run | None = None, figures: CallFigures | None = None) -> None:
        """Show an empty run, or nothing yet of the one that is given."""
        self.beginResetModel()
        self._begin(run or Run(), figures or CallFigures())
        self.endResetModel()

    def add(self, event: Event) -> None:
        """Take in one event, live or read back. `refresh` then redraws what changed."""
        self.run.add(event)
        self.figures.add(event)
        match event:
            case events.CallStarted(path):
                self._insert(self.run.call(path))
            case (
                events.ReplyStarted(path)
                | events.ReplyEnded(path)
                | events.CodeStarted(path)
                | events.CodeEnded(path)
                | events.CallEnded(path)
            ):
                self._changed.add(path)
            case _:
                pass

    def show_call(self, call: Call) -> None:
        """Show a call of the run, below those that made it."""
        if call.path in self._nodes:
            return
        above = parent_of(call.path)
        if above is not None:
            self.show_call(self.run.call(above))
        self._insert(call)

    def change(self, paths: set[str]) -> None:
        """Have the rows of these calls redrawn at the next `refresh`, if they are shown."""
        self._changed |= paths & self._nodes.keys()

    def refresh(self) -> None:
        """Redraw the rows that changed since the last time, with their groups and parents."""
        nodes: set[Node] = set()
        streaks: set[Streak] = set()
        for path in self._changed:
            node: Node | None = self._nodes[path]
            while node is not None and node is not self._top and node not in nodes:
                nodes.add(node)
                if node.is_group and node.streak is not None:
                    streaks.add(node.streak)
                node = node.above
        self._changed.clear()
        for node in nodes:
            self._forget(node)
            self._redraw(node, node)
        for streak in streaks:  # each group says how many calls there are in all
            self._redraw(streak.groups[0], streak.groups[-1])

    def index_of(self, path: str) -> QModelIndex:
        """The row of a call; none if it is not shown."""
        node = self._nodes.get(path)
        return QModelIndex() if node is None else self.createIndex(node.row, CALL, node)

    def call_at(self, index: Index) -> Call | None:
        """The call of a row; None for a group, or where there is no row."""
        return self._node(index).call

    # Growth

    def _redraw(self, first: Node, last: Node) -> None:
        self.dataChanged.emit(
            self.createIndex(first.row, CALL, first), self.createIndex(last.row, RATE, last)
        )

    def _insert(self, call: Call) -> None:
        above = self._nodes.get(parent_of(call.path) or "", self._top)
        streak = above.streak
        if streak is None or streak.kind is not call.kind:
            streak = above.streak = Streak(call.kind)
        if streak.count == GROUP:
            self._gather(above, streak)
        if streak.count >= GROUP:
            if streak.count % GROUP == 0:
                self._open_group(above, streak, len(above.children), streak.count + 1)
            above = streak.groups[-1]
        streak.count += 1
        node = Node(above, len(above.children), call)
        self.beginInsertRows(self._index(above), node.row, node.row)
        above.children.append(node)
        self._nodes[call.path] = node
        self.endInsertRows()
        self._changed.add(call.path)
        self._forget(above)

    def _open_group(self, above: Node, streak: Streak, row: int, first: int) -> Node:
        group = Node(above, row, streak=streak, first=first)
        self.beginInsertRows(self._index(above), row, row)
        above.children.insert(row, group)
        for later in range(row + 1, len(above.children)):
            above.children[later].row = later
        self.endInsertRows()
        streak.groups.append(group)
        return group

    def _gather(self, above: Node, streak: Streak) -> None:
        """Put the calls of a streak, which are the last rows, into its first group.

        They are moved, not inserted anew, so that what is selected and open stays so.
        """
        row = len(above.children) - GROUP
        group = self._open_group(above, streak, row, 1)
        self.beginMoveRows(self._index(above), row + 1, row + GROUP, self._index(group), 0)
        group.children = above.children[row + 1 :]
        del above.children[row + 1 :]
        for number, node in enumerate(group.children):
            node.above, node.row = group, number
        self.endMoveRows()

    # What Qt asks for

    def _node(self, index: Index) -> Node:
        if not index.isValid():
            return self._top
        node = index.internalPointer()
        assert isinstance(node, Node)
        return node

    def _index(self, node: Node) -> QModelIndex:
        return QModelIndex() if node is self._top else self.createIndex(node.row, CALL, node)

    def rowCount(self, parent: Index = _TOP) -> int:
        return 0 if parent.column() > 0 else len(self._node(parent).children)

    def columnCount(self, _parent: Index = _TOP) -> int:
        return RATE + 1

    def index(self, row: int, column: int, parent: Index = _TOP) -> QModelIndex:
        if not self.hasIndex(row, column, parent):
            return QModelIndex()
        return self.createIndex(row, column, self._node(parent).children[row])

    def parent(self, index: Index) -> QModelIndex:  # type: ignore[override]
        above = self._node(index).above
        return QModelIndex() if above is None else self._index(above)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._titles()[section][0]
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._titles()[section][1]
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= TIME:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _titles(self) -> tuple[tuple[str, str], ...]:
        """The name of each column, and what it means."""
        return (
            (self.tr("Call"), self.tr("What was asked, and about which text")),
            (self.tr("State"), self.tr("How far it is, or how it ended")),
            (
                self.tr("When"),
                self.tr(
                    "When in the run: filled where the model worked, full height where a program"
                    " ran, a thin line where it waited"
                ),
            ),
            (self.tr("Time"), self.tr("From start to end, with all calls below")),
            (self.tr("Own"), self.tr("Time of its own model and programs, without calls below")),
            (self.tr("Read"), self.tr("Tokens that went in, with all calls below")),
            (self.tr("Written"), self.tr("Tokens that came out, with all calls below")),
            (self.tr("Cached"), self.tr("Tokens of those read that were known already")),
            (self.tr("Rate"), self.tr("Tokens read anew and written in a second")),
        )

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node, column = self._node(index), index.column()
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return self._text(node, column)
            case Qt.ItemDataRole.TextAlignmentRole if column >= TIME:
                return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            case Qt.ItemDataRole.ToolTipRole if column == CALL:
                # A tool tip that begins with a tag would be read as HTML.
                return f"<p>{escape(self._text(node, CALL))}</p>"
            case Qt.ItemDataRole.ToolTipRole if column == BAR:
                return call_rows.times(self._bar(node))
            case Qt.ItemDataRole.AccessibleTextRole:
                return self._sentence(node) if column == CALL else self._spoken(node, column)
            case _ if role == BAR_ROLE and column == BAR:
                return self._bar(node)
            case _:
                return None

    def _of(self, node: Node) -> Sequence[Figures]:
        if node.call is not None:
            return [self.figures.of(node.call.path)]
        return [self.figures.of(call.path) for call in node.calls]

    def _sum(self, node: Node) -> Figures:
        """The figures of a row; those of a group are added up once for all columns."""
        if node.call is not None:
            return self.figures.of(node.call.path)
        found = self._sums.get(node)
        if found is None:
            found = self._sums[node] = call_rows.of_group(self._of(node))
        return found

    def _bar(self, node: Node) -> call_rows.Bar:
        if node.call is not None:
            return call_rows.bar(self._of(node), self.figures.now)
        found = self._bars.get(node)
        if found is None:
            found = self._bars[node] = call_rows.bar(self._of(node), self.figures.now)
        return replace(found, whole=self.figures.now)

    def _forget(self, node: Node) -> None:
        self._sums.pop(node, None)
        self._bars.pop(node, None)

    def _text(self, node: Node, column: int) -> str:
        match column:
            case 0:
                return self._name(node)
            case 1 if node.call is not None:
                return call_rows.state(node.call)
            case 1:
                return call_rows.group_state(node.calls)
            case 2:
                return ""
            case _:
                return self._figure(node, column)

    def _figure(self, node: Node, column: int) -> str:
        one = self._sum(node)
        texts = (
            lambda: call_rows.duration(call_rows.seconds(one, self.figures.now)),
            lambda: call_rows.duration(one.own_seconds),
            lambda: call_rows.count(one.all_.prompt_tokens),
            lambda: call_rows.count(one.all_.reply_tokens),
            lambda: call_rows.count(one.all_.cached_tokens),
            lambda: call_rows.rate(one.own),
        )
        return texts[column - TIME]()

    def _name(self, node: Node) -> str:
        if node.call is not None:
            above = node.above
            in_group = above is not None and above.is_group and above is not self._top
            return call_rows.name(node.call, in_group=in_group)
        assert node.streak is not None
        return call_rows.group_name(node.streak.kind, node.first, node.calls, node.streak.count)

    def _spoken(self, node: Node, column: int) -> str:
        """What a screen reader says of a cell that is not text."""
        return call_rows.times(self._bar(node)) if column == BAR else self._text(node, column)

    def _sentence(self, node: Node) -> str:
        name = self._name(node)
        doing = call_rows.state(node.call)[2:] if node.call else self._text(node, STATE)
        if node.call is not None:
            name = call_rows.name(node.call, in_group=False)
        one = self._sum(node)
        parts = [name, doing, self._text(node, TIME)]
        if tokens := one.all_.prompt_tokens + one.all_.reply_tokens:
            parts.append(words.tokens(tokens))
        return ", ".join(filter(None, parts))
