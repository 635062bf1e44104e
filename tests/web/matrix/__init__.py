"""The table of addresses, part by part: each builds only what its own cases need.

A part has `things(town, other_town)` and `CASES` (see `people.Case`). A new page goes into the part it belongs to.
"""

from types import ModuleType

from . import agreements, base, cases, evaluations, knowledge, leaving, meetings, paper, projects, stories

PARTS: tuple[ModuleType, ...] = (
    base,
    cases,
    meetings,
    agreements,
    projects,
    evaluations,
    stories,
    leaving,
    knowledge,
    paper,
)
