"""The table of addresses, part by part: each builds only what its own cases need.

A part has `things(town, other_town)` and `CASES` (see `people.Case`). A new page goes into the part it belongs to.
"""

from types import ModuleType

from . import (
    agreements,
    base,
    cases,
    evaluations,
    knowledge,
    leaving,
    looks,
    meetings,
    paper,
    projects,
    signing_in,
    stories,
)

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
    looks,
    signing_in,
)
