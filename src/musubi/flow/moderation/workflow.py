from musubi.base.common.workflow import Workflow, transition

from .enums import HidingState as H
from .enums import ReportState as R

REPORT = Workflow(
    R.OPEN,
    transition("uphold", sources=[R.OPEN], target=R.UPHELD),
    transition("dismiss", sources=[R.OPEN], target=R.DISMISSED),
)

HIDING = Workflow(
    H.IN_FORCE,
    transition("answer", sources=[H.IN_FORCE], target=H.ANSWERED),
    transition("uphold", sources=[H.ANSWERED], target=H.UPHELD),
    transition("lift", sources=[H.IN_FORCE, H.ANSWERED, H.UPHELD], target=H.LIFTED),
)
