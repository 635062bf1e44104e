"""The offer holds what the need asks for, line by line.

Source: guideline of the judged collections: what was not asked for can help a little at most.
Money, publicity and endorsement suit whatever a group does; people, knowledge and things
must also be the right ones, so that sharing them says less.
"""

from musubi_engine.feasibility.base import resources_of
from musubi_engine.labels import RESOURCES
from musubi_engine.signals.base import Pair
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


def value(pair: Pair, /) -> float:
    """The sum of what the shared resources say, at most 1."""
    shared = resources_of(pair.need) & resources_of(pair.offer)
    return min(1.0, sum(_STRENGTH.get(resource, 0.2) for resource in sorted(shared)))


def sentence(pair: Pair, /) -> str:
    """Which of the need's lines it answers, and which stay open."""
    offered = resources_of(pair.offer)
    answered = [line for line in pair.need.lines if line.resource in offered]
    missing = [line for line in pair.need.lines if line.resource not in offered]
    text = f"求めている{_names(answered)}に当たります。"
    return f"{text}ほかに{_names(missing)}が要ります。" if missing else text


def _names(lines: list[Line]) -> str:
    names = dict.fromkeys(
        f"{RESOURCES.get(line.resource, line.resource)}（{line.what}）"
        if line.what
        else RESOURCES.get(line.resource, line.resource)
        for line in lines
    )
    return "".join(f"「{name}」" for name in names)
