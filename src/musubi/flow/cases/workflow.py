from musubi.base.common.workflow import Workflow, transition

from .enums import AgreementState as A
from .enums import CaseState as S
from .enums import MeetingState as M

CASE = Workflow(
    S.OPEN,
    transition("connect", sources=[S.OPEN, S.TALKING], target=S.TALKING),
    transition("search_again", sources=[S.TALKING, S.AGREED], target=S.OPEN),
    transition("agree", sources=[S.TALKING], target=S.AGREED),
    transition("start", sources=[S.AGREED], target=S.STARTED),
    transition("close", sources=[S.OPEN, S.TALKING, S.AGREED], target=S.CLOSED),
)

MEETING = Workflow(
    M.FINDING,
    transition("fix", sources=[M.FINDING], target=M.FIXED),
    transition("find_again", sources=[M.FIXED], target=M.FINDING),
    transition("hold", sources=[M.FIXED], target=M.HELD),
    transition("cancel", sources=[M.FINDING, M.FIXED], target=M.CANCELLED),
)

AGREEMENT = Workflow(
    A.DRAFT,
    transition("propose", sources=[A.DRAFT], target=A.CONFIRMING),
    transition("agree", sources=[A.CONFIRMING], target=A.AGREED),
    transition("revise", sources=[A.CONFIRMING, A.AGREED], target=A.DRAFT),
)
