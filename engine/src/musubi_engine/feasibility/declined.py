"""What was declined once is not brought up again."""

from musubi_engine.types import Blocker, Listing


def check(need: Listing, offer: Listing, /) -> Blocker | None:
    """Rule out a pair that either side has already declined."""
    if offer.ref not in need.declined and need.ref not in offer.declined:
        return None
    return Blocker(
        rule="declined",
        sentence="この組み合わせは、以前に断られています。",
        change="断った側が考えを改めれば、もう一度紹介できます。",
    )
