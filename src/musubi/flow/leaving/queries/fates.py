"""What becomes of every row that points to a person or an actor, once they have left.

A new foreign key needs its line here: `tests/flow/leaving/test_fates.py` reads all models, and deletes
one of each to see that it comes true.
"""

from enum import Enum


class Fate(Enum):
    """What becomes of a row; where two stand, the second holds once the first does not."""

    GOES = "it is deleted"
    NOBODY = "it stays and points to nobody"
    SHELL = "it stays and points to 「退会した団体」"
    REFUSED = "while it is in force, leaving is refused with a sentence"


FATES_OF_PERSON: dict[str, tuple[Fate, ...]] = {
    "account.EmailAddress.user": (Fate.GOES,),
    "mfa.Authenticator.user": (Fate.GOES,),
    "socialaccount.SocialAccount.user": (Fate.GOES,),
    "accounts.User_groups.user": (Fate.GOES,),
    "accounts.User_user_permissions.user": (Fate.GOES,),
    "notify.Message.recipient": (Fate.GOES,),
    "notify.Preference.user": (Fate.GOES,),
    "files.StoredFile.uploaded_by": (Fate.NOBODY,),
    "actors.Actor.verified_by": (Fate.NOBODY,),
    "actors.Actor.entered_by": (Fate.NOBODY,),
    "actors.Credential.given_by": (Fate.NOBODY,),
    "actors.Registrant.user": (Fate.GOES,),
    "actors.Membership.user": (Fate.GOES,),
    "actors.Invitation.invited_by": (Fate.NOBODY,),
    "actors.Invitation.accepted_by": (Fate.GOES,),
    "actors.Mandate.user": (Fate.REFUSED, Fate.GOES),
    "actors.Mandate.given_by": (Fate.NOBODY,),
    "issues.Issue.reported_by": (Fate.GOES, Fate.NOBODY),
    "issues.Issue.entered_by": (Fate.NOBODY,),
    "issues.Support.user": (Fate.GOES,),
    "listings.Listing.created_by": (Fate.NOBODY,),
    "listings.Listing.entered_by": (Fate.NOBODY,),
    "matching.Introduction.introduced_by": (Fate.NOBODY,),
    "matching.Outreach.begun_by": (Fate.NOBODY,),
    "matching.Reply.said_by": (Fate.NOBODY,),
    "matching.MatchingRule.changed_by": (Fate.NOBODY,),
    "cases.Case.coordinator": (Fate.NOBODY,),
    "cases.Case.opened_by": (Fate.NOBODY,),
    "cases.Letter.author": (Fate.NOBODY,),
    "cases.AgreementVersion.written_by": (Fate.NOBODY,),
    "cases.Confirmation.said_by": (Fate.NOBODY,),
    "cases.PreMeeting.called_by": (Fate.NOBODY,),
    "cases.DateAnswer.user": (Fate.NOBODY,),
    "projects.Project.coordinator": (Fate.NOBODY,),
    "projects.Project.entered_by": (Fate.NOBODY,),
    "projects.Task.settled_by": (Fate.NOBODY,),
    "projects.Update.author": (Fate.NOBODY,),
    "outcomes.Evaluation.opened_by": (Fate.NOBODY,),
    "outcomes.PartnerReview.said_by": (Fate.NOBODY,),
    "outcomes.Voice.typed_by": (Fate.NOBODY,),
    "stories.Story.written_by": (Fate.NOBODY,),
    "stories.Consent.said_by": (Fate.NOBODY,),
    "stories.Echo.begun_by": (Fate.NOBODY,),
    "moderation.Hiding.hidden_by": (Fate.NOBODY,),
    "moderation.Hiding.answered_by": (Fate.NOBODY,),
    "moderation.Hiding.decided_by": (Fate.NOBODY,),
    "moderation.Report.reporter": (Fate.NOBODY,),
    "moderation.Report.decided_by": (Fate.NOBODY,),
    "demo.Persona.user": (Fate.GOES,),
}

FATES_OF_ACTOR: dict[str, tuple[Fate, ...]] = {
    "actors.Credential.actor": (Fate.GOES,),
    "actors.Credential.issuer": (Fate.NOBODY,),
    "actors.Membership.actor": (Fate.GOES,),
    "actors.Tie.one": (Fate.GOES,),
    "actors.Tie.other": (Fate.GOES,),
    "actors.Invitation.actor": (Fate.GOES,),
    "actors.Mandate.actor": (Fate.REFUSED, Fate.NOBODY),
    "listings.Listing.actor": (Fate.GOES, Fate.SHELL),
    "matching.Reply.actor": (Fate.SHELL,),
    "cases.Party.actor": (Fate.REFUSED, Fate.SHELL),
    "cases.Letter.actor": (Fate.SHELL,),
    "cases.AgreementPart.actor": (Fate.SHELL,),
    "cases.Confirmation.actor": (Fate.SHELL,),
    "cases.DateAnswer.actor": (Fate.NOBODY,),
    "cases.MeetingAction.actor": (Fate.SHELL,),
    "projects.Partner.actor": (Fate.REFUSED, Fate.SHELL),
    "moderation.Hiding.actor": (Fate.GOES,),
    "moderation.Report.actor": (Fate.GOES,),
}
