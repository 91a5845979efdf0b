"""The tree of calls, for a QTreeView."""

from dataclasses import dataclass, field
from html import escape
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from rlm_desktop.gui import words
from rlm_desktop.runs import events
from rlm_desktop.runs.events import Event, Outcome, parent_of
from rlm_desktop.runs.run import Call, Run

Index = QModelIndex | QPersistentModelIndex

#: How many like calls stand beside each other before they are grouped, and in each group.
GROUP = 50

CALL, STATE, TOKENS, TIME = range(4)

#: The invisible row above all rows.
_TOP = QModelIndex()


@dataclass(slots=True, eq=False)
class Node:
    """A row of the tree: one call, or a group of like calls.

    `tokens` and `seconds` include those of the rows below. `streak` is, for a call, the like calls
    that it made last, and for a group, those it is a part of. `first` is the number in the streak
    of a group's first call.
    """

    above: "Node | None"
    row: int
    call: Call | None = None
    children: list["Node"] = field(default_factory=list)
    tokens: int = 0
    seconds: float = 0.0
    streak: "Streak | None" = None
    first: int = 0

    @property
    def is_group(self) -> bool:
        return self.call is None


@dataclass(slots=True, eq=False)
class Streak:
    """Calls of one kind that one call made one after the other."""

    kind: events.CallKind
    count: int = 0
    groups: list[Node] = field(default_factory=list)


class CallTreeItems(QAbstractItemModel):
    """Shows a Run, and adds events to it with the notifications that Qt wants.

    `add` is the only place where an event enters the run that the window shows.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run = Run()
        self._top = Node(None, 0)
        self._nodes: dict[str, Node] = {}
        self._changed: set[str] = set()

    def clear(self) -> None:
        """Show an empty run."""
        self.beginResetModel()
        self.run = Run()
        self._top = Node(None, 0)
        self._nodes.clear()
        self._changed.clear()
        self.endResetModel()

    def add(self, event: Event) -> None:
        """Take in one event, live or read back. `refresh` then redraws what changed."""
        match event:
            case events.CallStarted(path, kind):
                self._insert(event, self._nodes.get(parent_of(path) or "", self._top), kind)
                return
            case _:
                self.run.add(event)
        match event:
            case events.ReplyEnded(path, _, usage):
                self._count(path, usage.prompt_tokens + usage.reply_tokens, usage.seconds)
            case events.CodeEnded(path, _, _, seconds):
                self._count(path, 0, seconds)
            case events.ReplyStarted(path) | events.CodeStarted(path) | events.CallEnded(path):
                self._changed.add(path)
            case _:
                pass

    def refresh(self) -> None:
        """Redraw the rows that changed since the last time, with their groups and parents."""
        nodes: set[Node] = set()
        for path in self._changed:
            node: Node | None = self._nodes[path]
            while node is not None and node is not self._top and node not in nodes:
                nodes.add(node)
                if node.is_group and node.streak is not None:
                    nodes.update(node.streak.groups)  # each says how many there are in all
                node = node.above
        self._changed.clear()
        for node in nodes:
            self.dataChanged.emit(
                self.createIndex(node.row, CALL, node), self.createIndex(node.row, TIME, node)
            )

    def index_of(self, path: str) -> QModelIndex:
        """The row of a call."""
        node = self._nodes[path]
        return self.createIndex(node.row, CALL, node)

    def call_at(self, index: Index) -> Call | None:
        """The call of a row; None for a group, or where there is no row."""
        return self._node(index).call

    # Growth

    def _insert(self, event: events.CallStarted, above: Node, kind: events.CallKind) -> None:
        streak = above.streak
        if streak is None or streak.kind is not kind:
            streak = above.streak = Streak(kind)
        if streak.count == GROUP:
            self._gather(above, streak)
        if streak.count >= GROUP:
            if streak.count % GROUP == 0:
                self._open_group(above, streak, len(above.children), streak.count + 1)
            above = streak.groups[-1]
        streak.count += 1
        index = self._index(above)
        node = Node(above, len(above.children))
        self.beginInsertRows(index, node.row, node.row)
        self.run.add(event)
        node.call = self.run.call(event.path)
        above.children.append(node)
        self._nodes[event.path] = node
        self.endInsertRows()
        self._changed.add(event.path)

    def _open_group(self, above: Node, streak: Streak, row: int, first: int) -> Node:
        group = Node(above, row, streak=streak, first=first)
        self.beginInsertRows(self._index(above), row, row)
        above.children.insert(row, group)
        for later, node in enumerate(above.children[row:], row):
            node.row = later
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
            group.tokens += node.tokens
            group.seconds += node.seconds
        self.endMoveRows()

    def _count(self, path: str, tokens: int, seconds: float) -> None:
        node: Node | None = self._nodes[path]
        while node is not None:
            node.tokens += tokens
            node.seconds += seconds
            node = node.above
        self._changed.add(path)

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
        return 4

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
            return (self.tr("Call"), self.tr("State"), self.tr("Tokens"), self.tr("Time"))[section]
        if role == Qt.ItemDataRole.ToolTipRole and section >= TOKENS:
            return self.tr("With all calls below; calls that ran together are added up")
        if role == Qt.ItemDataRole.TextAlignmentRole and section >= TOKENS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        node, column = self._node(index), index.column()
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(node, column)
        if role == Qt.ItemDataRole.TextAlignmentRole and column >= TOKENS:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole and column == CALL:
            # A tool tip that begins with a tag would be read as HTML.
            return f"<p>{escape(self._text(node, CALL))}</p>"
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._sentence(node)
        return None

    def _text(self, node: Node, column: int) -> str:
        match column:
            case 0:
                in_group = node.above is not None and node.above.is_group
                return self._name(node, in_group=in_group and node.above is not self._top)
            case 1:
                return self._state(node)
            case 2:
                return words.number(node.tokens) if node.tokens else ""
            case _:
                return words.seconds(node.seconds) if node.seconds else ""

    def _name(self, node: Node, *, in_group: bool = False) -> str:
        if node.call is not None:
            kind = "" if in_group else words.kind(node.call.kind)
            # Of many calls with one question, the text is what tells them apart.
            what = words.first_line(node.call.text) or words.first_line(node.call.prompt)
            return ": ".join(filter(None, (kind, what))) or words.kind(node.call.kind)
        assert node.streak is not None
        failed = self._failed(node)
        text = self.tr("{} {} to {} of {}").format(
            words.kinds(node.streak.kind),
            words.number(node.first),
            words.number(node.first + len(node.children) - 1),
            words.number(node.streak.count),
        )
        return self.tr("{}, {} failed").format(text, failed) if failed else text

    def _failed(self, node: Node) -> int:
        return sum(
            child.call is not None and child.call.outcome is Outcome.FAILED
            for child in node.children
        )

    def _state(self, node: Node) -> str:
        if node.call is not None:
            return f"{words.sign(node.call.outcome)} {self._doing(node.call)}"
        done = sum(
            child.call is not None and child.call.outcome is not None for child in node.children
        )
        if done < len(node.children):
            return self.tr("… {} of {} done").format(done, len(node.children))
        if failed := self._failed(node):
            return self.tr("✗ {} failed").format(failed)
        return self.tr("✓ {} done").format(done)

    def _doing(self, call: Call) -> str:
        if call.outcome is not None:
            return words.outcome(call.outcome)
        if not call.turns:
            return self.tr("waiting")
        turn = call.turns[-1]
        if turn.execution is not None and not turn.execution.ended:
            return self.tr("running its program")
        return self.tr("thinking") if turn.ended else self.tr("writing")

    def _sentence(self, node: Node) -> str:
        parts = [self._name(node), self._doing(node.call) if node.call else self._state(node)]
        if node.seconds:
            parts.append(words.seconds(node.seconds))
        if node.tokens:
            parts.append(words.tokens(node.tokens))
        return ", ".join(parts)
