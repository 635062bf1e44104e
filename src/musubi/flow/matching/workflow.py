from musubi.base.common.workflow import Workflow, transition

from .enums import IntroductionState as S
from .enums import OutreachState as R

WORKFLOW = Workflow(
    S.PROPOSED,
    transition("connect", sources=[S.PROPOSED], target=S.CONNECTED),
    transition("decline", sources=[S.PROPOSED], target=S.DECLINED),
    transition("lapse", sources=[S.PROPOSED], target=S.LAPSED),
    transition("withdraw", sources=[S.PROPOSED], target=S.WITHDRAWN),
    transition("release", sources=[S.CONNECTED], target=S.WITHDRAWN),
    transition("reopen", sources=[S.DECLINED], target=S.PROPOSED),
    transition("part", sources=[S.CONNECTED], target=S.PARTED),
)

OUTREACH = Workflow(
    R.RUNNING,
    transition("satisfy", sources=[R.RUNNING], target=R.SATISFIED),
    transition("exhaust", sources=[R.RUNNING], target=R.EXHAUSTED),
    transition("stop", sources=[R.RUNNING], target=R.STOPPED),
)
