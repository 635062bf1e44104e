"""The offer holds what the need asks for, line by line.

Source: guideline of the judged collections: what was not asked for can help a little at most.
Money, publicity and endorsement suit whatever a group does; people, knowledge and things
must also be the right ones, so that sharing them says less. A thing is named only if the offer
speaks of it.
"""

from collections.abc import Callable

from musubi_engine.labels import RESOURCES
from musubi_engine.readings import Reading
from musubi_engine.signals.answering import concepts, named, words_mentioned
from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, Value, bracketed, quoted, run_on, say, term, topic
from musubi_engine.types import Line

_STRENGTH = {
    "money": 1.0,
    "publicity": 0.6,
    "endorsement": 0.6,
    "place": 0.45,
    "people": 0.3,
    "partner": 0.25,
    "goods": 0.2,
    "expertise": 0.2,
}


# How much of that is left where the offer gives the kind but does not speak of the thing asked for.
_ONLY_KIND = 0.4
_ONLY_KIND_OF_ANY_USE = 0.7
_ANY_USE = frozenset({"money", "publicity", "endorsement"})
_MENTIONED = 0.8
_MOST_NAMED = 2


def value(pair: Pair, /) -> float:
    """The sum of what the shared resources say, at most 1; less where only the kind is the same."""
    return _sum(pair, _closeness)


def nearer_bound(pair: Pair, /) -> float:
    """The same by the lines alone: what none of the offer's lines names, its text still may mention."""
    return _sum(pair, _closeness_at_most)


def bound(pair: Pair, /) -> float:
    """The most that `value` can be: every line answered."""
    return min(1.0, sum(strength(resource) for resource in sorted(pair.shared)))


def sentence(pair: Pair, /) -> Sentence:
    """Which of the need's lines it answers, which to ask about, and which stay open."""
    offer = pair.given
    shared = [line for line in pair.need.lines if line.resource in pair.shared]
    answered = [line for line in shared if named(line, offer)]
    rest = [line for line in shared if line not in answered]
    partly = [line for line in rest if words_mentioned(line, offer)]
    alike = [line for line in rest if line not in partly and line.what and concepts(line, offer)]
    asked = [line for line in rest if line.what and line not in partly and line not in alike]
    plain = [line for line in rest if not line.what and not _says_more(line, shared)]
    missing = [line for line in pair.need.lines if line.resource not in pair.shared]
    parts = []
    if answered:
        parts.append(say("求めている%(lines)sに当たります。", lines=_names(answered)))
    if partly:
        words = quoted(word for line in partly for word in words_mentioned(line, offer))
        names = _names(partly)
        parts.append(
            say("求めている%(lines)sの%(words)sが、提供にも書かれています。", lines=names, words=words)
        )
    if alike:
        things = quoted(topic(thing) for line in alike for thing in concepts(line, offer)[:_MOST_NAMED])
        names = _names(alike)
        parts.append(
            say("求めている%(lines)sと同じく、%(things)sに関わる提供です。", lines=names, things=things)
        )
    if asked:
        kinds = quoted(term(RESOURCES, line.resource) for line in asked)
        words = quoted(line.what for line in asked)
        parts.append(say("%(kinds)sの提供です。", kinds=kinds))
        parts.append(say("%(words)sに当たるかどうかは、相手に確かめてください。", words=words))
    if plain:
        parts.append(say("求めている%(lines)sの提供です。", lines=_names(plain)))
    if missing:
        names = _names(missing)
        parts.append(
            say("ほかに%(lines)sが要ります。", lines=names)
            if answered
            else say("このほかに%(lines)sが要ります。", lines=names)
        )
    return run_on(parts)


def strength(resource: str) -> float:
    """What sharing a resource says at most, 0..1."""
    return _STRENGTH.get(resource, 0.2)


def _sum(pair: Pair, closeness: Callable[[Line, Reading], float]) -> float:
    if not pair.shared:
        return 0.0
    best: dict[str, float] = {}
    for line in pair.need.lines:
        if line.resource in pair.shared:
            best[line.resource] = max(best.get(line.resource, 0.0), closeness(line, pair.given))
    return min(1.0, sum(strength(resource) * best[resource] for resource in sorted(best)))


def _says_more(line: Line, lines: list[Line]) -> bool:
    return any(other.resource == line.resource and other.what for other in lines)


def _closeness(line: Line, offer: Reading) -> float:
    if not line.what or named(line, offer):
        return 1.0
    if concepts(line, offer) or words_mentioned(line, offer):
        return _MENTIONED
    return _ONLY_KIND_OF_ANY_USE if line.resource in _ANY_USE else _ONLY_KIND


def _closeness_at_most(line: Line, offer: Reading) -> float:
    return 1.0 if not line.what or named(line, offer) else _MENTIONED


def _names(lines: list[Line]) -> Value:
    return quoted(
        bracketed(term(RESOURCES, line.resource), line.what) if line.what else term(RESOURCES, line.resource)
        for line in lines
    )
