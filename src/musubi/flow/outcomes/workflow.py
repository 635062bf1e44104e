from musubi.base.common.workflow import Workflow, transition

from .enums import EvaluationState as S

WORKFLOW = Workflow(
    S.OPEN,
    transition("close", sources=[S.OPEN], target=S.CLOSED),
    transition("reopen", sources=[S.CLOSED], target=S.OPEN),
)
