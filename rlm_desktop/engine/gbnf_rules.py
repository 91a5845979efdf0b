"""Whether rules of a grammar can be used: each can end, none begins with itself, none explodes.

A rule is a list of elements: a character, the number of another rule, or ALTERNATIVE between two
alternatives. llama.cpp looks at the beginnings of rules twice: for rules that begin with
themselves, by recursion and without keeping what it found, and for all ways in which a reply may
go on, each of which it writes out. Both can take more time and memory than there is, so they are
counted here: thirty rules `a ::= b "x" | b "y"`, one above the other, would give 2 ** 30 ways.
"""

from collections.abc import Iterator, Sequence

from rlm_desktop.engine.grammar_fault import GrammarFault

ALTERNATIVE = -1
CHARACTER = -2

#: Ways in which a reply may go on in one place; a list of labels has one for each.
_MOST_WAYS = 10_000
#: Elements that llama.cpp looks at when it follows the beginnings of all rules; 0.1 s.
_MOST_LOOKS = 20_000_000
#: Rules that begin with each other; each is a call within a call in llama.cpp.
_MOST_DEEP = 500

Origins = Sequence[tuple[int, str]]


def check_rules(untrusted_rules: Sequence[Sequence[int] | None], origins: Origins) -> None:
    """Raise GrammarFault unless the rules, all of them defined, can be used.

    `origins` are where each begins, and its name if it has one.
    """
    rules = [list(_alternatives(rule or ())) for rule in untrusted_rules]
    _check_ends(rules, origins)
    empty = _satisfied(rules, of_characters=False)
    firsts = [list(_beginnings(rule, empty)) for rule in rules]
    order = _leaves_first(firsts, origins)
    _check_sizes(rules, firsts, order, origins)


def _alternatives(rule: Sequence[int]) -> Iterator[list[int]]:
    alternative: list[int] = []
    for element in rule:
        if element == ALTERNATIVE:
            yield alternative
            alternative = []
        else:
            alternative.append(element)
    yield alternative


def _satisfied(rules: list[list[list[int]]], *, of_characters: bool) -> list[bool]:
    """Which rules have an alternative of satisfied rules alone, and of characters if these may be.

    With characters these are the rules that can end, without them those that can be empty.
    """
    found = [False] * len(rules)
    users: list[list[tuple[int, int]]] = [[] for _ in rules]  # (rule, number of alternative)
    missing: list[int] = []
    owners: list[int] = []
    ready: list[int] = []
    for number, rule in enumerate(rules):
        for alternative in rule:
            needed = [element for element in alternative if element >= 0]
            if not of_characters and len(needed) < len(alternative):
                continue
            for one in needed:
                users[one].append((number, len(missing)))
            missing.append(len(needed))
            owners.append(number)
            if not needed:
                ready.append(number)
    while ready:
        number = ready.pop()
        if found[number]:
            continue
        found[number] = True
        for user, alternative_number in users[number]:
            missing[alternative_number] -= 1
            if not missing[alternative_number]:
                ready.append(user)
    return found


def _check_ends(rules: list[list[list[int]]], origins: Origins) -> None:
    ends = _satisfied(rules, of_characters=True)
    if all(ends):
        return
    number = ends.index(False)
    seen: set[int] = set()
    while number not in seen:  # on to one that needs itself, which is where the fault is
        seen.add(number)
        number = next(one for one in rules[number][0] if one >= 0 and not ends[one])
    while not origins[number][1]:  # one with a name: only these can need themselves
        number = next(one for one in rules[number][0] if one >= 0 and not ends[one])
    position, name = origins[number]
    raise GrammarFault(
        position, f"the rule {name!r} can never end: it needs itself in every alternative"
    )


def _beginnings(rule: list[list[int]], empty: Sequence[bool]) -> Iterator[int]:
    """The rules that a rule may begin with, one that stands there twice twice."""
    for alternative in rule:
        for element in alternative:
            if element >= 0:
                yield element
            if element < 0 or not empty[element]:
                break


def _leaves_first(firsts: list[list[int]], origins: Origins) -> list[int]:
    """The numbers of the rules, each after those it may begin with."""
    order: list[int] = []
    done = [False] * len(firsts)
    for start in range(len(firsts)):
        if done[start]:
            continue
        path = [(start, iter(firsts[start]))]
        on_path = {start}
        while path:
            number, rest = path[-1]
            following = next((one for one in rest if not done[one]), None)
            if following is None:
                path.pop()
                on_path.remove(number)
                done[number] = True
                order.append(number)
            elif following in on_path:
                around = [one for one, _ in path]
                raise _begins_with_itself(around[around.index(following) :], origins)
            else:
                path.append((following, iter(firsts[following])))
                on_path.add(following)
    return order


def _begins_with_itself(around: Sequence[int], origins: Origins) -> GrammarFault:
    for number in around:
        position, name = origins[number]
        if name:
            return GrammarFault(
                position,
                f"the rule {name!r} begins with itself, or with others that lead back to it",
            )
    return GrammarFault(
        origins[around[0]][0], "what is repeated here may be empty: let it have a character"
    )


def _check_sizes(
    rules: list[list[list[int]]], firsts: list[list[int]], order: Sequence[int], origins: Origins
) -> None:
    ways = [1] * len(rules)
    looks = [sum(map(len, rule)) + len(rule) for rule in rules]
    deep = [1] * len(rules)
    total = 0
    for number in order:
        ways[number] += len(rules[number]) + sum(ways[one] for one in firsts[number])
        looks[number] += sum(looks[one] for one in firsts[number])
        deep[number] += max((deep[one] for one in firsts[number]), default=0)
        total += looks[number]
        if ways[number] > _MOST_WAYS or total > _MOST_LOOKS or deep[number] > _MOST_DEEP:
            raise GrammarFault(
                origins[number][0], "what may begin here branches too much, or too deep"
            )
