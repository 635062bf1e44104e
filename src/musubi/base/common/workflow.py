"""A state machine is a table. Pure Python: no Django, no database."""

from collections.abc import Iterable
from dataclasses import dataclass


class InvalidTransition(Exception):
    """The verb does not lead anywhere from this state."""

    def __init__(self, verb: str, state: str) -> None:
        super().__init__(f"cannot {verb} from {state}")
        self.verb, self.state = verb, state


@dataclass(frozen=True)
class Transition:
    verb: str
    sources: frozenset[str]
    target: str


def transition(verb: str, *, sources: Iterable[str], target: str) -> Transition:
    """One row of a workflow's table."""
    return Transition(str(verb), frozenset(map(str, sources)), str(target))


class Workflow:
    """States change only by the transitions listed here; each verb appears once."""

    def __init__(self, initial: str, *transitions: Transition) -> None:
        self.initial = str(initial)
        self.transitions = {t.verb: t for t in transitions}
        if len(self.transitions) != len(transitions):
            raise ValueError("a verb appears twice in the workflow")

    def target(self, verb: str, state: str) -> str:
        """The state the verb leads to; InvalidTransition if it does not start from here."""
        transition = self.transitions[verb]
        if state not in transition.sources:
            raise InvalidTransition(verb, state)
        return transition.target

    def allows(self, verb: str, state: str) -> bool:
        return state in self.transitions[verb].sources

    def verbs_from(self, state: str) -> list[str]:
        return [verb for verb, t in self.transitions.items() if state in t.sources]

    def as_mermaid(self) -> str:
        """The diagram for docs/flow.md."""
        lines = ["stateDiagram-v2", f"    [*] --> {self.initial}"]
        for t in self.transitions.values():
            lines += [f"    {source} --> {t.target}: {t.verb}" for source in sorted(t.sources)]
        return "\n".join(lines)
