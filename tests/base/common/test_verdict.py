import pytest
from django.core.exceptions import PermissionDenied

from musubi.base.common.verdict import ALLOWED, NotAllowed, Verdict, refuse, require


def test_a_verdict_is_true_exactly_when_it_allows() -> None:
    assert bool(ALLOWED) is True
    assert bool(refuse("先に確認を受けてください。")) is False
    assert refuse("先に確認を受けてください。") == Verdict(allowed=False, reason="先に確認を受けてください。")


def test_a_refusal_is_raised_with_its_sentence_and_is_a_403() -> None:
    require(ALLOWED)
    with pytest.raises(NotAllowed) as refused:
        require(refuse("先に確認を受けてください。"))
    assert str(refused.value) == "先に確認を受けてください。"
    assert isinstance(refused.value, PermissionDenied)
