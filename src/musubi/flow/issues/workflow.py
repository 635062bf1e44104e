from musubi.base.common.workflow import Workflow, transition

from .enums import IssueState as S

WORKFLOW = Workflow(
    S.OPEN,
    transition("take_up", sources=[S.OPEN, S.TAKEN_UP], target=S.TAKEN_UP),
    transition("resolve", sources=[S.OPEN, S.TAKEN_UP], target=S.RESOLVED),
    transition("reopen", sources=[S.RESOLVED], target=S.OPEN),
    transition("withdraw", sources=[S.OPEN], target=S.WITHDRAWN),
)
