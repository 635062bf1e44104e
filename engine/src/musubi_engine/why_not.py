"""Why an offer is not among a need's candidates."""

from musubi_engine.feasibility import obstacles
from musubi_engine.feasibility.base import told
from musubi_engine.knowledge.base import SHIPPED, Knowledge
from musubi_engine.rank import MINIMUM, propose
from musubi_engine.relation import related
from musubi_engine.signals.base import Pair
from musubi_engine.telling import say
from musubi_engine.types import Blocker, Listing
from musubi_engine.weights import WEIGHTS, Weights

_UNRELATED = Blocker(
    rule="relation",
    sentence=say("言葉にも、活動の分野にも、求めているものにも、共通点が見つかりません。"),
    change=say("何に使えるのかが詳しく書かれると、共通点が見つかることがあります。"),
)


def why_not(
    need: Listing, offer: Listing, *, weights: Weights = WEIGHTS, knowledge: Knowledge = SHIPPED
) -> tuple[Blocker, ...]:
    """Each hard rule the pair breaks with what would have to change, or that nothing relates them.

    Empty when nothing forbids the pair: then it only stands further down the list. A change is
    said to make the pair a candidate only where nothing else stands in the way. `knowledge` are
    the installation's concepts and recipes.
    """
    found = obstacles(need, offer)
    near = related(Pair(need=need, offer=offer, knowledge=knowledge))
    if not found:
        return () if near else (_UNRELATED,)
    sure = (
        len(found) == 1
        and near
        and propose(need, offer, weights=weights, knowledge=knowledge).score >= MINIMUM
    )
    return tuple(told(obstacle, alone=sure) for obstacle in found)
