"""A lottery that anybody can draw again: places that are short of rooms or seats.

Random serial dictatorship (Abdulkadiroğlu and Sönmez 1998): in the order of their numbers everybody takes
the first of their wishes that still has room, so nobody gains by wishing otherwise than they
mean. A number is the SHA-256 of the published seed, a line break and the applicant's ref: it depends
on nobody else, and `printf 'seed\nref' | sha256sum` shows it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who applies, for how many of each place's units, with the most wanted place first."""

    ref: str
    wishes: tuple[str, ...]
    amount: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Draw:
    """One applicant's result: the number drawn, its place in the order from 1, what was won, and why."""

    applicant: str
    number: str
    order: int
    won: str | None
    sentence: str


def draw(applicants: Sequence[Applicant], places: Mapping[str, int], seed: str) -> tuple[Draw, ...]:
    """The results in the order drawn; the input's order does not matter.

    `places` gives the units of each (a room's one slot, a hall's 40 seats). Raises ValueError for an
    empty seed, a ref that stands twice, an amount below 1 or a wish for a place that is not given.
    """
    _check(applicants, places, seed)
    left = dict(places)
    numbers = {applicant.ref: number_of(seed, applicant.ref) for applicant in applicants}
    results = []
    for order, applicant in enumerate(sorted(applicants, key=lambda a: (numbers[a.ref], a.ref)), start=1):
        won = next((wish for wish in applicant.wishes if left[wish] >= applicant.amount), None)
        if won is not None:
            left[won] -= applicant.amount
        results.append(
            Draw(
                applicant=applicant.ref,
                number=numbers[applicant.ref],
                order=order,
                won=won,
                sentence=_sentence(applicant, order, won, len(applicants)),
            )
        )
    return tuple(results)


def number_of(seed: str, ref: str) -> str:
    """The applicant's number: 64 hexadecimal digits, the smallest first."""
    return sha256(f"{seed}\n{ref}".encode()).hexdigest()


def _sentence(applicant: Applicant, order: int, won: str | None, number: int) -> str:
    drawn = f"抽選の順番は{number}人中{order}番目でした。"
    if won is None:
        return f"{drawn}希望したところは、順番が来たときには残りがありませんでした。"
    return f"{drawn}第{applicant.wishes.index(won) + 1}希望に当たりました。"


def _check(applicants: Sequence[Applicant], places: Mapping[str, int], seed: str) -> None:
    if not seed:
        message = "A lottery needs its published seed."
        raise ValueError(message)
    refs = [applicant.ref for applicant in applicants]
    if len(set(refs)) < len(refs):
        message = "An applicant stands twice."
        raise ValueError(message)
    for applicant in applicants:
        if applicant.amount < 1:
            message = f"{applicant.ref} applies for nothing."
            raise ValueError(message)
        unknown = [wish for wish in applicant.wishes if wish not in places]
        if unknown:
            message = f"{applicant.ref} wishes for {unknown[0]}, which is not given."
            raise ValueError(message)
