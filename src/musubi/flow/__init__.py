"""The civic flow, stage by stage.

An actor (actors) or anyone says what troubles a place (issues); an actor publishes a need or an
offer (listings); the engine proposes who fits whom and the two are introduced (matching); a
coordinator helps them to meet and to agree (cases); they work (projects), look back (outcomes) and
tell it so that others can do it too (stories); what breaks the rules is reported and hidden
(moderation); whoever goes takes their own along (leaving). A later stage may know the earlier ones,
never the reverse.
"""

STAGES = (
    "actors",
    "issues",
    "listings",
    "matching",
    "cases",
    "projects",
    "outcomes",
    "stories",
    "moderation",
    "leaving",
)
