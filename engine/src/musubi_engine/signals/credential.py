"""Somebody vouches for the offering actor.

Source: being listed is read as being safe, so a dated statement by an issuer counts for it.
"""

from musubi_engine.signals.base import Pair
from musubi_engine.telling import Sentence, month, pattern, say
from musubi_engine.types import Credential

_WORDS = {
    "endorsement": (
        pattern("%(issuer)sが後援しています。"),
        pattern("%(issuer)sが後援しています（%(until)sまで）。"),
    ),
    "certification": (
        pattern("%(issuer)sが認証しています。"),
        pattern("%(issuer)sが認証しています（%(until)sまで）。"),
    ),
    "registration": (
        pattern("%(issuer)sに登録しています。"),
        pattern("%(issuer)sに登録しています（%(until)sまで）。"),
    ),
    "agreement": (
        pattern("%(issuer)sと協定を結んでいます。"),
        pattern("%(issuer)sと協定を結んでいます（%(until)sまで）。"),
    ),
}
_OTHERWISE = (
    pattern("%(issuer)sが裏付けています。"),
    pattern("%(issuer)sが裏付けています（%(until)sまで）。"),
)


def value(pair: Pair, /) -> float:
    """1 when at least one credential holds."""
    return 1.0 if _valid(pair) else 0.0


def sentence(pair: Pair, /) -> Sentence:
    """Who vouches, how and until when: the one that holds longest."""
    credential = max(_valid(pair), key=lambda held: (held.until is None, held.until, held.issuer))
    always, until = _WORDS.get(credential.kind, _OTHERWISE)
    if credential.until is None:
        return say(always, issuer=credential.issuer)
    return say(until, issuer=credential.issuer, until=month(credential.until))


def _valid(pair: Pair) -> list[Credential]:
    return [
        credential
        for credential in pair.offer.credentials
        if pair.today is None or credential.until is None or credential.until >= pair.today
    ]
