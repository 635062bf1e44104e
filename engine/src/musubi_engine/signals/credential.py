"""Somebody vouches for the offering actor.

Source: being listed is read as being safe, so a dated statement by an issuer counts for it.
"""

from musubi_engine.signals.base import Pair
from musubi_engine.types import Credential

_WORDS = {
    "endorsement": "が後援しています",
    "certification": "が認証しています",
    "registration": "に登録しています",
    "agreement": "と協定を結んでいます",
}


def value(pair: Pair, /) -> float:
    """1 when at least one credential holds."""
    return 1.0 if _valid(pair) else 0.0


def sentence(pair: Pair, /) -> str:
    """Who vouches, how and until when: the one that holds longest."""
    credential = max(_valid(pair), key=lambda held: (held.until is None, held.until, held.issuer))
    until = f"（{credential.until.year}年{credential.until.month}月まで）" if credential.until else ""
    return f"{credential.issuer}{_WORDS.get(credential.kind, 'が裏付けています')}{until}。"


def _valid(pair: Pair) -> list[Credential]:
    return [
        credential
        for credential in pair.offer.credentials
        if pair.today is None or credential.until is None or credential.until >= pair.today
    ]
