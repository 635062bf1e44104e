"""The civic flow, stage by stage.

An actor (actors) or anyone says what troubles a place (issues); an actor publishes a need or an
offer (listings); the engine proposes who fits whom (matching); what breaks the rules is reported
and hidden (moderation). A later stage may know the earlier ones, never the reverse.
"""

STAGES = ("actors", "issues", "listings", "matching", "moderation")
