"""What the key-value cache holds, as a tree of tokens: nothing is read twice.

Sequences of tokens that begin alike share the cells of their beginning; a node of the tree is a
run of tokens that all sequences below it have in common. Each leaf is held by one sequence of
llama.cpp, whose cells are those of all nodes from the root to it. A leaf is *active* while a
request reads or writes there, and *idle* afterwards.

Idle leaves go when cells or sequences are wanted, the least recently used first. What goes is
the leaf's own run alone: what others share stays, and so does the shared beginning that it was
the last to hold, which becomes a leaf of its own. Few are kept in any case: attention looks at
every cell, so that 12,000 idle ones made reading a fifth slower (1.5B, two cores: 93 instead of
115 tokens a second). A conversation that is named will go on, and goes last.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

#: So many idle tokens are kept besides the conversations and the leaf used last.
_IDLE_TOKENS = 2_048
#: A conversation waits while the ones it started go on; so deep they are nested at most.
_CONVERSATIONS = 4


class Cells(Protocol):
    """The cells of a key-value cache, each belonging to any number of sequences."""

    def copy(self, source: int, target: int, length: int) -> None:
        """Let the first `length` tokens of a sequence belong to another, empty one as well."""
        ...

    def cut(self, sequence: int, length: int) -> bool:
        """Cut a sequence after `length` tokens; False if it cannot be cut there."""
        ...


@dataclass(slots=True, eq=False)
class Node:
    """A run of tokens. `sequence` is set for a leaf, and `depth` is where the run begins."""

    parent: "Node | None"
    depth: int = 0
    tokens: list[int] = field(default_factory=list)
    children: "list[Node]" = field(default_factory=list)
    sequence: int | None = None
    active: bool = False
    used: int = 0
    conversation: str = ""

    @property
    def length(self) -> int:
        """How many tokens there are from the root to the end of this run."""
        return self.depth + len(self.tokens)


class Branch:
    """Where a request reads and writes: an active leaf."""

    def __init__(self, node: Node) -> None:
        self.leaf = node

    @property
    def sequence(self) -> int:
        sequence = self.leaf.sequence
        assert sequence is not None
        return sequence

    @property
    def length(self) -> int:
        """How many tokens its sequence holds."""
        return self.leaf.length


class PrefixTree:
    """Shares `cells` cells among at most `sequences` sequences.

    `divisible` says whether a sequence can be cut anywhere. Where it cannot (models with a
    recurrent state), nothing is shared, and only what continues a whole leaf is not read again.
    """

    def __init__(self, cells: Cells, count: int, sequences: int, *, divisible: bool = True) -> None:
        self._cells = cells
        self._divisible = divisible
        self._root = Node(None)
        self._free_sequences = list(range(sequences))
        self._free_cells = count
        self._clock = 0

    @property
    def free_cells(self) -> int:
        return self._free_cells

    @property
    def held_tokens(self) -> int:
        """How many cells are in use."""
        return sum(len(node.tokens) for node in self._nodes())

    def shared(self, tokens: Sequence[int]) -> int:
        """How many tokens at the beginning are there already."""
        return self._find(tokens)[1]

    def open(self, tokens: Sequence[int], conversation: str = "") -> Branch | None:
        """A branch that holds what is there of these tokens, less one at least to compute.

        None if all sequences are active.
        """
        self._clock += 1
        node, shared = self._find(tokens[:-1])
        taken_over = _is_left_at(node, shared)
        while not taken_over and not self._free_sequences:
            if not self._evict_one(besides=node) and not self._evict_one():
                return None
            node, shared = self._find(tokens[:-1])
            taken_over = _is_left_at(node, shared)
        leaf = self._continued(node) if taken_over else self._branched(node, shared)
        leaf.active = True
        leaf.conversation = conversation
        self._touch(leaf)
        if conversation:
            self._forget(conversation, leaf)
        return Branch(leaf)

    def extend(self, branch: Branch, tokens: Sequence[int]) -> None:
        """Say that a branch holds these tokens as well. They must have had room."""
        branch.leaf.tokens += tokens
        self._free_cells -= len(tokens)
        assert self._free_cells >= 0

    def undo(self, branch: Branch) -> None:
        """Give up what was computed after what the branch is known to hold.

        Where that cannot be done the branch holds nothing afterwards.
        """
        leaf = branch.leaf
        if self._cells.cut(branch.sequence, leaf.length):
            return
        self._cells.cut(branch.sequence, 0)
        parent = leaf.parent
        self._unlink(leaf)
        self._prune(parent)
        leaf.tokens = []
        leaf.depth = 0
        leaf.parent = self._root
        self._root.children.append(leaf)

    def close(self, branch: Branch) -> None:
        """End a request; what it read stays for a while."""
        leaf = branch.leaf
        leaf.active = False
        if leaf.tokens:
            self._touch(leaf)
        else:
            self._evict(leaf)
        self._limit_conversations()
        self._limit_idle()

    def borrow(self, count: int) -> list[int] | None:
        """So many empty sequences for a while; None if there are not so many."""
        while len(self._free_sequences) < count:
            if not self._evict_one():
                return None
        return [self._free_sequences.pop() for _ in range(count)]

    def give_back(self, sequences: Sequence[int]) -> None:
        """Return borrowed sequences, which must be empty."""
        self._free_sequences += sequences

    def make_room(self, count: int, *, conversations: bool) -> bool:
        """Give up idle leaves until so many cells are free; False if that cannot be.

        Those of conversations go only if `conversations` says so.
        """
        while self._free_cells < count:
            if not self._evict_one(conversations=conversations):
                return False
        return True

    # -- finding

    def _find(self, tokens: Sequence[int]) -> tuple[Node, int]:
        """The deepest node that begins with these tokens, and how many are there."""
        best, most = self._root, 0
        waiting = [(self._root, 0)]  # several runs may begin alike: those read at the same time
        while waiting:
            node, shared = waiting.pop()
            for child in node.children:
                end = shared + common_prefix(child.tokens, tokens[shared : child.length])
                if end > most and (self._divisible or _is_left_at(child, end)):
                    best, most = child, end
                if shared < end == child.length:
                    waiting.append((child, end))
        return best, most

    def _nodes(self) -> Iterator[Node]:
        waiting = [self._root]
        while waiting:
            node = waiting.pop()
            yield node
            waiting += node.children

    def _leaf_below(self, node: Node) -> Node:
        while node.sequence is None:
            node = node.children[0]
        return node

    # -- changing

    def _continued(self, node: Node) -> Node:
        """A leaf after an idle one, whose sequence it takes."""
        leaf = Node(node, node.length, sequence=node.sequence)
        node.sequence = None
        node.children.append(leaf)
        return leaf

    def _branched(self, node: Node, shared: int) -> Node:
        """A leaf of its own, beside others that begin alike."""
        if node.sequence is not None or shared < node.length:
            node = self._split(node, shared - node.depth)
        sequence = self._free_sequences.pop()
        if shared:
            source = self._leaf_below(node).sequence
            assert source is not None
            self._cells.copy(source, sequence, shared)
        leaf = Node(node, shared, sequence=sequence)
        node.children.append(leaf)
        return leaf

    def _split(self, node: Node, at: int) -> Node:
        """Make the first `at` tokens of a run a node of their own, above the rest; return it."""
        assert node.parent is not None
        upper = Node(
            node.parent,
            node.depth,
            node.tokens[:at],
            [node],
            used=node.used,
            conversation=node.conversation,
        )
        node.parent.children[node.parent.children.index(node)] = upper
        node.parent = upper
        node.depth += at
        node.tokens = node.tokens[at:]
        return upper

    def _touch(self, leaf: Node) -> None:
        node: Node | None = leaf
        while node is not None:
            node.used = self._clock
            node = node.parent

    def _forget(self, conversation: str, besides: Node) -> None:
        """A conversation is elsewhere now.

        Those that it started have ended, and those that were started before it by the same one.
        What `besides` continues keeps its name, should it be a leaf once more.
        """
        caller = conversation.rpartition(".")[0]
        for node in self._nodes():
            here = node.conversation == conversation
            ended = here or node.conversation.startswith(f"{caller or conversation}.")
            if ended and not _is_below(besides, node):
                node.conversation = ""

    # -- giving up

    def _idle(self) -> list[Node]:
        return [node for node in self._nodes() if node.sequence is not None and not node.active]

    def _evict_one(self, besides: Node | None = None, *, conversations: bool = True) -> bool:
        """Give up the idle leaf that is missed least, but none that holds up `besides`."""
        idle = [
            leaf
            for leaf in self._idle()
            if (conversations or not leaf.conversation) and not _is_below(leaf, besides)
        ]
        if not idle:
            return False
        self._evict(min(idle, key=lambda leaf: (bool(leaf.conversation), leaf.used)))
        return True

    def _evict(self, leaf: Node) -> None:
        """Give up the run of a leaf, and what only it held up if that cannot be kept alone."""
        sequence, parent = leaf.sequence, leaf.parent
        assert sequence is not None
        assert parent is not None
        self._unlink(leaf)
        alone = parent is not self._root and not parent.children
        if alone and self._cells.cut(sequence, parent.length):
            parent.sequence = sequence
            return
        self._cells.cut(sequence, 0)
        self._free_sequences.append(sequence)
        self._prune(parent)

    def _prune(self, node: Node | None) -> None:
        """Give up a run that no sequence holds any more, and those above it."""
        while node is not None and node is not self._root and not node.children:
            gone, node = node, node.parent
            self._unlink(gone)

    def _unlink(self, node: Node) -> None:
        assert node.parent is not None
        node.parent.children.remove(node)
        self._free_cells += len(node.tokens)

    def _limit_idle(self) -> None:
        idle = sorted(
            (leaf for leaf in self._idle() if not leaf.conversation), key=lambda leaf: -leaf.used
        )
        kept = 0
        for leaf in idle[1:]:
            kept += len(leaf.tokens)
            if kept > _IDLE_TOKENS:
                self._evict(leaf)

    def _limit_conversations(self) -> None:
        named = sorted(
            (node for node in self._nodes() if node.conversation and node.sequence is not None),
            key=lambda node: -node.used,
        )
        for node in named[_CONVERSATIONS:]:
            node.conversation = ""


def _is_left_at(node: Node, length: int) -> bool:
    """Whether a node is an idle leaf that ends there."""
    return node.sequence is not None and not node.active and node.length == length


def _is_below(node: Node, above: Node | None) -> bool:
    """Whether a node is `above` or below it; the root is above none in this sense."""
    if above is None or above.parent is None:
        return False
    at: Node | None = node
    while at is not None and at is not above:
        at = at.parent
    return at is above


def common_prefix(one: Sequence[int], other: Sequence[int]) -> int:
    """How many tokens two sequences have in common at their beginning."""
    length = min(len(one), len(other))
    if one[:length] == other[:length]:
        return length
    return next((i for i in range(length) if one[i] != other[i]), length)
