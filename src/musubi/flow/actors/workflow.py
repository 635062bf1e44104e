from musubi.base.common.workflow import Workflow, transition

from .enums import ActorState as S

WORKFLOW = Workflow(
    S.DRAFT,
    transition("submit", sources=[S.DRAFT, S.RETURNED], target=S.PENDING),
    transition("verify", sources=[S.PENDING, S.RETURNED], target=S.VERIFIED),
    transition("return", sources=[S.PENDING], target=S.RETURNED),
    transition("unverify", sources=[S.VERIFIED], target=S.PENDING),
    transition("close", sources=[S.DRAFT, S.PENDING, S.RETURNED, S.VERIFIED], target=S.CLOSED),
    transition("reopen", sources=[S.CLOSED], target=S.PENDING),
)
