import pytest

from musubi.base.common.workflow import InvalidTransition, Workflow, transition

TABLE = Workflow(
    "draft",
    transition("publish", sources=["draft", "withdrawn"], target="published"),
    transition("withdraw", sources=["published"], target="withdrawn"),
)
STATES = ["draft", "published", "withdrawn"]


@pytest.mark.parametrize("verb", ["publish", "withdraw"])
@pytest.mark.parametrize("state", STATES)
def test_every_verb_from_every_state(verb: str, state: str) -> None:
    leads = {
        ("publish", "draft"): "published",
        ("publish", "withdrawn"): "published",
        ("withdraw", "published"): "withdrawn",
    }
    if (verb, state) in leads:
        assert TABLE.allows(verb, state)
        assert TABLE.target(verb, state) == leads[verb, state]
    else:
        assert not TABLE.allows(verb, state)
        with pytest.raises(InvalidTransition) as refused:
            TABLE.target(verb, state)
        assert (refused.value.verb, refused.value.state) == (verb, state)


def test_what_may_follow_is_listed_in_the_order_of_the_table() -> None:
    assert [TABLE.verbs_from(state) for state in STATES] == [["publish"], ["withdraw"], ["publish"]]


def test_an_unknown_verb_is_a_mistake_of_ours() -> None:
    with pytest.raises(KeyError):
        TABLE.target("burn", "draft")


def test_a_verb_appears_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Workflow(
            "a", transition("go", sources=["a"], target="b"), transition("go", sources=["b"], target="a")
        )


def test_the_diagram_holds_every_row() -> None:
    assert TABLE.as_mermaid().splitlines() == [
        "stateDiagram-v2",
        "    [*] --> draft",
        "    draft --> published: publish",
        "    withdrawn --> published: publish",
        "    published --> withdrawn: withdraw",
    ]
