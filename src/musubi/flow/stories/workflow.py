from musubi.base.common.workflow import Workflow, transition

from .enums import StoryState as S

WORKFLOW = Workflow(
    S.DRAFT,
    transition("ask", sources=[S.DRAFT, S.UNPUBLISHED], target=S.CONSENTING),
    transition("rewrite", sources=[S.CONSENTING, S.PUBLISHED, S.UNPUBLISHED], target=S.DRAFT),
    transition("publish", sources=[S.CONSENTING], target=S.PUBLISHED),
    transition("unpublish", sources=[S.PUBLISHED, S.CONSENTING], target=S.UNPUBLISHED),
)
