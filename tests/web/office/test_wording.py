"""Every act that the services write down is called by its name in the office's log."""

import ast
import re
from pathlib import Path

from musubi.web.office.audit.wording import SUBJECTS, VERBS

SOURCES = Path(__file__).parents[3] / "src" / "musubi"
VERB = re.compile(
    r"^(account|actor|agreement|case|concept|credential|evaluation|file|hiding|introduction|issue|letter|listing|mandate"
    r"|meeting|municipality|person|personal_data|project|proposals|recipe|report|search|story|synonym)\.[a-z_]+$"
)


def spoken() -> set[str]:
    """Every word of that shape in the services, as far as it is written out."""
    files = [*SOURCES.glob("flow/*/services/**/*.py"), *SOURCES.glob("flow/*/services.py")]
    files += [*SOURCES.glob("base/*/services.py"), *SOURCES.glob("base/*/services/*.py")]
    return {
        node.value
        for file in files
        for node in ast.walk(ast.parse(file.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and VERB.match(node.value)
    }


def test_every_verb_of_the_log_has_its_words() -> None:
    verbs = spoken()
    assert len(verbs) > 60
    assert verbs - VERBS.keys() == set()


def test_every_move_of_a_workflow_has_its_words() -> None:
    from musubi.flow.cases.workflow import CASE
    from musubi.flow.matching.workflow import WORKFLOW as INTRODUCTION
    from musubi.flow.projects.workflow import ALLOTMENT, PROJECT
    from musubi.flow.stories.workflow import WORKFLOW as STORY

    named = {
        *(f"introduction.{verb}" for verb in INTRODUCTION.transitions),
        *(f"project.{verb}" for verb in (*PROJECT.transitions, *ALLOTMENT.transitions)),
        *(f"story.{verb}" for verb in STORY.transitions),
        *(f"case.{verb}" for verb in CASE.transitions if verb != "agree"),
    }
    assert named - VERBS.keys() == set()
    assert {"cases.case", "projects.project", "stories.story", "matching.introduction"} <= SUBJECTS.keys()
