from musubi.base.common.workflow import Workflow, transition

from .enums import AllotmentState as A
from .enums import ProjectState as S
from .enums import TaskState as T

PROJECT = Workflow(
    S.PREPARING,
    transition("begin", sources=[S.PREPARING], target=S.ACTIVE),
    transition("achieve", sources=[S.ACTIVE], target=S.ACHIEVED),
    transition("stop", sources=[S.PREPARING, S.ACTIVE], target=S.STOPPED),
    transition("renew", sources=[S.ACHIEVED], target=S.ACTIVE),
)

TASK = Workflow(
    T.OPEN,
    transition("finish", sources=[T.OPEN], target=T.DONE),
    transition("drop", sources=[T.OPEN], target=T.DROPPED),
    transition("reopen", sources=[T.DONE, T.DROPPED], target=T.OPEN),
)

ALLOTMENT = Workflow(
    A.IN_USE,
    transition("return", sources=[A.IN_USE], target=A.RETURNED),
    transition("use_up", sources=[A.IN_USE], target=A.USED_UP),
)
