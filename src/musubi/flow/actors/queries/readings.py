"""How the names of actors are read."""

import re
from typing import Final

from musubi.base.places.models import Municipality

from ..enums import ACTOR_SHOWN
from ..models import Actor

# Often left out of the reading, though not of the name.
LEGAL_FORMS: Final = (
    ("特定非営利活動法人", "とくていひえいりかつどうほうじん"),
    ("NPO法人", "えぬぴーおーほうじん"),
    ("ＮＰＯ法人", "えぬぴーおーほうじん"),
    ("一般社団法人", "いっぱんしゃだんほうじん"),
    ("公益社団法人", "こうえきしゃだんほうじん"),
    ("一般財団法人", "いっぱんざいだんほうじん"),
    ("公益財団法人", "こうえきざいだんほうじん"),
    ("社会福祉法人", "しゃかいふくしほうじん"),
    ("学校法人", "がっこうほうじん"),
    ("医療法人", "いりょうほうじん"),
    ("株式会社", "かぶしきがいしゃ"),
    ("合同会社", "ごうどうがいしゃ"),
    ("有限会社", "ゆうげんがいしゃ"),
)
ADDED: Final = re.compile(r"[（(][^（）()]*[)）]")
"""榎本 秀樹（税理士）: what is said of somebody is no part of the name."""
SHORTEST = 2


def actor_readings(municipality: Municipality) -> dict[str, str]:
    """Name → reading of a town's actors that are shown to everybody, as far as known. One query.

    Without the legal form where the reading leaves it out. A name that two actors read in two ways is left out.
    """
    rows = Actor.objects.filter(municipality=municipality, state__in=ACTOR_SHOWN, hidden_at=None)
    readings: dict[str, set[str]] = {}
    for name, kana in rows.exclude(kana="").order_by("pk").values_list("name", "kana"):
        bare = ADDED.sub("", name).strip()
        for form, read in LEGAL_FORMS:
            if form in bare and read not in kana:
                bare = bare.replace(form, "").strip()
        if len(bare) >= SHORTEST:
            readings.setdefault(bare, set()).add(kana)
    return {name: found.pop() for name, found in readings.items() if len(found) == 1}
