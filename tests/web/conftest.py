"""What several pages' tests begin with."""

import pytest

from tests.factories import Town

from .pairs import Pair, make_pair


@pytest.fixture
def pair(town: Town) -> Pair:
    """A need and an offer that fit, each with people of its own."""
    return make_pair(town)
