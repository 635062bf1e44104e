from musubi.base.common.workflow import Workflow, transition

from .enums import ListingState as S

WORKFLOW = Workflow(
    S.DRAFT,
    transition("publish", sources=[S.DRAFT, S.WITHDRAWN, S.EXPIRED, S.FULFILLED], target=S.PUBLISHED),
    transition("reserve", sources=[S.PUBLISHED], target=S.RESERVED),
    transition("release", sources=[S.RESERVED], target=S.PUBLISHED),
    transition("fulfil", sources=[S.PUBLISHED, S.RESERVED], target=S.FULFILLED),
    transition("withdraw", sources=[S.PUBLISHED, S.RESERVED], target=S.WITHDRAWN),
    transition("expire", sources=[S.PUBLISHED], target=S.EXPIRED),
)
