"""With whom an actor could work: other actors, by what each can give the other.

Source: reciprocal recommendation (RECON, Pizzato et al. 2010): what both sides gain from holds better than
what one side wants. A partner that gives and takes stands above one that does either equally well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from musubi_engine.telling import say
from musubi_engine.types import Proposal


class Heading(NamedTuple):
    """Whose a listing is, and what it is called."""

    actor: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """Another actor: how good it would be (0..1), its best answer to us, ours to it, and why.

    `gives` is its offer for a need of ours, `takes` our offer for a need of its; one may be None.
    """

    actor: str
    score: float
    gives: Proposal | None
    takes: Proposal | None
    sentences: tuple[str, ...]


def partners(
    actor: str, proposals: Iterable[Proposal], headings: Mapping[str, Heading], *, top: int = 10
) -> list[Partner]:
    """The `top` actors that an actor could work with, best first, ties by ref.

    `proposals` are those of its needs and of its offers, in any order; `headings` knows every listing in
    them. The score is 1 − (1 − gives)(1 − takes) of the best proposal in each direction. Raises
    KeyError for a listing without a heading. Proposals that do not touch the actor, or join it with
    itself, say nothing.
    """
    gives: dict[str, Proposal] = {}
    takes: dict[str, Proposal] = {}
    for proposal in proposals:
        asker, giver = headings[proposal.need].actor, headings[proposal.offer].actor
        if actor not in (asker, giver) or asker == giver:
            continue
        best, other = (gives, giver) if asker == actor else (takes, asker)
        if other not in best or _order(proposal) < _order(best[other]):
            best[other] = proposal
    found = [_partner(other, gives.get(other), takes.get(other), headings) for other in {*gives, *takes}]
    return sorted(found, key=lambda partner: (-partner.score, partner.actor))[:top]


def _order(proposal: Proposal) -> tuple[float, str, str]:
    return (-proposal.score, proposal.need, proposal.offer)


def _partner(
    other: str, gives: Proposal | None, takes: Proposal | None, headings: Mapping[str, Heading]
) -> Partner:
    missed = (1 - (gives.score if gives else 0.0)) * (1 - (takes.score if takes else 0.0))
    sentences = []
    if gives and takes:
        sentences.append(say("おたがいに、求めるものと渡せるものがあります。"))
    if gives:
        need, offer = headings[gives.need].title, headings[gives.offer].title
        sentences.append(
            say("求めている「%(need)s」に、相手の「%(offer)s」が合いそうです。", need=need, offer=offer)
        )
    if takes:
        need, offer = headings[takes.need].title, headings[takes.offer].title
        sentences.append(
            say("相手が求めている「%(need)s」に、「%(offer)s」が合いそうです。", need=need, offer=offer)
        )
    return Partner(
        actor=other, score=round(1 - missed, 9), gives=gives, takes=takes, sentences=tuple(sentences)
    )
