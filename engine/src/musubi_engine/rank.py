"""From evidence to an order: every pair's score is the sum of its evidence, told as reasons."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Final

from musubi_engine.feasibility import feasible
from musubi_engine.reading import assets, folded, themes, words_of
from musubi_engine.relation import related
from musubi_engine.signals import SIGNALS, Pair
from musubi_engine.text import char_terms
from musubi_engine.types import Line, Listing, Proposal, Reason
from musubi_engine.version import ENGINE_VERSION
from musubi_engine.weights import WEIGHTS, Weights

# Below it pairs of the development collection had a thousandth of the best grade: noise on a screen.
MINIMUM: Final = 0.1
# Scores are compared to this many decimals, so that no last bit of a sum decides an order.
_DECIMALS = 9
# An offer stands under each line it answers nearly as well as the one it answers best.
_NEARLY = 0.5


def propose(
    need: Listing,
    offer: Listing,
    wording: float = 0.0,
    *,
    weights: Weights = WEIGHTS,
    today: date | None = None,
) -> Proposal:
    """The proposal of one pair, with all its reasons, whether or not a hard rule forbids it.

    `wording` is the similarity 0..1 of the two texts; `today` lets credentials run out.
    Reasons come with the largest contribution first, cautions (negative weight) last.
    """
    pair = Pair(need=need, offer=offer, wording=wording, today=today)
    return _proposal(pair, weights)


def rank(
    need: Listing,
    offers: Iterable[Listing],
    *,
    wording: Mapping[str, float],
    weights: Weights = WEIGHTS,
    top: int = 10,
    beside: bool = False,
    today: date | None = None,
    floor: float | None = MINIMUM,
) -> list[Proposal]:
    """The `top` feasible offers for a need, best first, ties by ref.

    `wording` maps refs of offers to similarities 0..1; a missing one counts as 0. `beside` also
    admits offers of nothing the need asked for, which then lack that part of the score. Pairs that
    score below `floor`, or share nothing at all (`related`), are left out; None keeps them.
    """
    pairs = [
        Pair(need=need, offer=offer, wording=wording.get(offer.ref, 0.0), today=today)
        for offer in offers
        if feasible(need, offer, beside=beside)
    ]
    ordered = sorted(_above(pairs, weights, floor), key=lambda scored: (-scored[0], scored[1].offer.ref))
    return [_proposal(pair, weights) for _, pair in ordered[:top]]


def rank_needs(
    offer: Listing,
    needs: Iterable[Listing],
    *,
    wording: Mapping[str, float],
    weights: Weights = WEIGHTS,
    top: int = 10,
    beside: bool = False,
    today: date | None = None,
    floor: float | None = MINIMUM,
) -> list[Proposal]:
    """The `top` feasible needs for an offer, best first, ties by ref; `wording` by refs of needs.

    `floor` as in `rank`.
    """
    pairs = [
        Pair(need=need, offer=offer, wording=wording.get(need.ref, 0.0), today=today)
        for need in needs
        if feasible(need, offer, beside=beside)
    ]
    ordered = sorted(_above(pairs, weights, floor), key=lambda scored: (-scored[0], scored[1].need.ref))
    return [_proposal(pair, weights) for _, pair in ordered[:top]]


def proposals_per_line(
    need: Listing, proposals: Sequence[Proposal], offers: Mapping[str, Listing]
) -> tuple[tuple[Line, tuple[Proposal, ...]], ...]:
    """Each line of the need with the proposals that answer it, in their given order.

    `offers` maps refs to listings. Where several lines ask for the same resource, an offer
    stands under those whose words it comes nearest to, or under all when it names none.
    """
    answered: list[list[Proposal]] = [[] for _ in need.lines]
    for proposal in proposals:
        offer = offers[proposal.offer]
        for resource in offer.resources:
            same = [index for index, line in enumerate(need.lines) if line.resource == resource]
            for index in _nearest(same, need.lines, offer) if len(same) > 1 else same:
                answered[index].append(proposal)
    return tuple((line, tuple(found)) for line, found in zip(need.lines, answered, strict=True))


def _nearest(indexes: list[int], lines: tuple[Line, ...], offer: Listing) -> list[int]:
    closeness = {index: _closeness(lines[index], offer) for index in indexes}
    best = max(closeness.values())
    return [index for index, near in closeness.items() if near >= best * _NEARLY]


def _closeness(line: Line, offer: Listing) -> float:
    """How much of a line's words and concepts the offer has."""
    text = words_of(offer)
    known = folded(text)
    terms = set(char_terms(line.what))
    shared = len([term for term in terms if term in known]) / len(terms) if terms else 0.0
    concepts = themes(line.what) | assets(line.what)
    common = concepts & (themes(text) | assets(text))
    return shared + (len(common) / len(concepts) if concepts else 0.0)


def _above(pairs: list[Pair], weights: Weights, floor: float | None) -> list[tuple[float, Pair]]:
    """The pairs worth showing, each with its score."""
    scored = [(_total(pair, weights), pair) for pair in pairs]
    if floor is None:
        return scored
    return [(score, pair) for score, pair in scored if score >= floor and related(pair)]


def _total(pair: Pair, weights: Weights) -> float:
    total = 0.0
    for name, signal in SIGNALS.items():
        weight = getattr(weights, name)
        if weight:
            total += signal.value(pair) * weight
    return round(total, _DECIMALS)


def _proposal(pair: Pair, weights: Weights) -> Proposal:
    reasons = []
    for name, signal in SIGNALS.items():
        weight = getattr(weights, name)
        value = signal.value(pair) if weight else 0.0
        told = signal.sentence(pair) if value > 0 else ""
        if told:
            reasons.append(Reason(signal=name, sentence=told, value=value, weight=weight))
    reasons.sort(key=lambda reason: -reason.contribution)
    return Proposal(
        need=pair.need.ref,
        offer=pair.offer.ref,
        score=min(1.0, max(0.0, _total(pair, weights))),
        reasons=tuple(reasons),
        engine_version=ENGINE_VERSION,
    )
