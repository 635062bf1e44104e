"""From the outbox to the mail server: what may follow what."""

from musubi.base.common.workflow import Workflow, transition

from .enums import DeliveryState as State

WORKFLOW = Workflow(
    State.PENDING,
    transition("claim", sources=[State.PENDING], target=State.SENDING),
    transition("store", sources=[State.PENDING], target=State.SENT),
    transition("confirm", sources=[State.SENDING], target=State.SENT),
    transition("put_back", sources=[State.PENDING, State.SENDING], target=State.PENDING),
    transition("give_up", sources=[State.PENDING, State.SENDING], target=State.FAILED),
    transition("retry", sources=[State.FAILED], target=State.PENDING),
)
