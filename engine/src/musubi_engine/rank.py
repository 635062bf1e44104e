"""From evidence to an order: every pair's score is the sum of its evidence, told as reasons."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from musubi_engine.feasibility import feasible
from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.reading import folded
from musubi_engine.readings import Reading, read
from musubi_engine.scoring import Scale, Scored
from musubi_engine.signals import SIGNALS, Pair
from musubi_engine.text import char_terms
from musubi_engine.types import Line, Listing, Proposal, Reason
from musubi_engine.version import ENGINE_VERSION
from musubi_engine.weights import Weights, usual_weights

# Below it pairs of the development collection had a thousandth of the best grade: noise on a screen.
MINIMUM: Final = 0.1
# An offer stands under each line it answers nearly as well as the one it answers best.
_NEARLY = 0.5


def propose(
    need: Listing,
    offer: Listing,
    wording: float = 0.0,
    *,
    weights: Weights | None = None,
    today: date | None = None,
    meaning: float | None = None,
    knowledge: Knowledge = SHIPPED,
) -> Proposal:
    """The proposal of one pair, with all its reasons, whether or not a hard rule forbids it.

    `wording` is the similarity 0..1 of the two texts, `meaning` that of their vectors, where an
    installation uses them; `today` lets credentials run out.
    Reasons come with the largest contribution first, cautions (negative weight) last.
    """
    pair = Pair(
        need=need, offer=offer, wording=wording, meaning=meaning or 0.0, today=today, knowledge=knowledge
    )
    weights = weights or usual_weights(vectors=meaning is not None)
    return _proposal(Scale(weights).score(pair), weights)


def rank(
    need: Listing,
    offers: Iterable[Listing],
    *,
    wording: Mapping[str, float],
    weights: Weights | None = None,
    top: int = 10,
    beside: bool = False,
    today: date | None = None,
    floor: float | None = MINIMUM,
    meaning: Mapping[str, float] | None = None,
    knowledge: Knowledge = SHIPPED,
) -> list[Proposal]:
    """The `top` feasible offers for a need, best first, ties by ref.

    `wording` maps refs of offers to similarities 0..1 (`meaning` those of vectors, where they are
    used); a missing one counts as 0. `knowledge` are the installation's concepts and recipes. `beside` also
    admits offers of nothing the need asked for, which then lack that part of the score. Pairs that
    score below `floor`, or share nothing at all (`related`), are left out; None keeps them.
    """
    weights = weights or usual_weights(vectors=meaning is not None)
    near = meaning or {}
    wanted = read(need, knowledge)
    pairs = (
        (
            offer.ref,
            Pair(
                need=need,
                offer=offer,
                wording=wording.get(offer.ref, 0.0),
                meaning=near.get(offer.ref, 0.0),
                today=today,
                wanted=wanted,
                given=read(offer, knowledge),
            ),
        )
        for offer in offers
        if feasible(need, offer, beside=beside)
    )
    return _ranked(pairs, weights, top, floor)


def rank_needs(
    offer: Listing,
    needs: Iterable[Listing],
    *,
    wording: Mapping[str, float],
    weights: Weights | None = None,
    top: int = 10,
    beside: bool = False,
    today: date | None = None,
    floor: float | None = MINIMUM,
    meaning: Mapping[str, float] | None = None,
    knowledge: Knowledge = SHIPPED,
) -> list[Proposal]:
    """The `top` feasible needs for an offer, best first, ties by ref; `wording` by refs of needs.

    `floor` as in `rank`.
    """
    weights = weights or usual_weights(vectors=meaning is not None)
    near = meaning or {}
    given = read(offer, knowledge)
    pairs = (
        (
            need.ref,
            Pair(
                need=need,
                offer=offer,
                wording=wording.get(need.ref, 0.0),
                meaning=near.get(need.ref, 0.0),
                today=today,
                wanted=read(need, knowledge),
                given=given,
            ),
        )
        for need in needs
        if feasible(need, offer, beside=beside)
    )
    return _ranked(pairs, weights, top, floor)


def proposals_per_line(
    need: Listing,
    proposals: Sequence[Proposal],
    offers: Mapping[str, Listing],
    *,
    knowledge: Knowledge = SHIPPED,
) -> tuple[tuple[Line, tuple[Proposal, ...]], ...]:
    """Each line of the need with the proposals that answer it, in their given order.

    `offers` maps refs to listings. Where several lines ask for the same resource, an offer
    stands under those whose words it comes nearest to, or under all when it names none.
    """
    answered: list[list[Proposal]] = [[] for _ in need.lines]
    for proposal in proposals:
        offer = offers[proposal.offer]
        for resource in sorted(offer.resources):
            same = [index for index, line in enumerate(need.lines) if line.resource == resource]
            for index in _nearest(same, need.lines, read(offer, knowledge)) if len(same) > 1 else same:
                answered[index].append(proposal)
    return tuple((line, tuple(found)) for line, found in zip(need.lines, answered, strict=True))


def _nearest(indexes: list[int], lines: tuple[Line, ...], offer: Reading) -> list[int]:
    closeness = {index: _closeness(lines[index], offer) for index in indexes}
    best = max(closeness.values())
    return [index for index, near in closeness.items() if near >= best * _NEARLY]


def _closeness(line: Line, offer: Reading) -> float:
    """How much of a line's words and concepts the offer has."""
    known = folded(offer.text.words)
    terms = set(char_terms(line.what))
    shared = len([term for term in terms if term in known]) / len(terms) if terms else 0.0
    concepts = offer.text.knowledge.concepts.found_in(line.what)
    common = concepts & offer.profile.names
    return shared + (len(common) / len(concepts) if concepts else 0.0)


def _ranked(
    pairs: Iterable[tuple[str, Pair]], weights: Weights, top: int, floor: float | None
) -> list[Proposal]:
    return [_proposal(scored, weights) for scored in Scale(weights).best(pairs, top, floor)]


def _proposal(scored: Scored, weights: Weights) -> Proposal:
    pair, score, values = scored
    reasons = []
    for name, signal in SIGNALS.items():
        value = values.get(name, 0.0)
        told = signal.sentence(pair) if value > 0 else ""
        if told:
            reasons.append(Reason(signal=name, sentence=told, value=value, weight=getattr(weights, name)))
    reasons.sort(key=lambda reason: -reason.contribution)
    return Proposal(
        need=pair.need.ref,
        offer=pair.offer.ref,
        score=min(1.0, max(0.0, score)),
        reasons=tuple(reasons),
        engine_version=ENGINE_VERSION,
    )
