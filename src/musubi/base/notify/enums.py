"""What messages are about, and where a mail stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MessageKind(models.TextChoices):
    """One line per occasion; people choose by these which messages they also get by mail."""

    INVITATION = "invitation", _("団体への招待")
    MEMBER_JOINED = "member_joined", _("団体に人が加わったとき")
    MEMBERSHIP_CHANGED = "membership_changed", _("団体での役割が変わったとき")
    ACTOR_SUBMITTED = "actor_submitted", _("確認を待つ団体が届いたとき（市の担当）")
    ACTOR_VERIFIED = "actor_verified", _("登録の確認がすんだとき")
    ACTOR_RETURNED = "actor_returned", _("登録の内容に直すところがあるとき")
    CREDENTIAL_GIVEN = "credential_given", _("認証や登録などの裏付けが付いたとき")
    CREDENTIAL_REVOKED = "credential_revoked", _("認証や登録などの裏付けが取り消されたとき")
    MANDATE_CHANGED = "mandate_changed", _("市からお願いする役割が変わったとき")
    LISTING_PUBLISHED = "listing_published", _("ニーズや提供が公開されたとき")
    LISTING_ENTERED = "listing_entered", _("窓口などで代わりに入力されたとき")
    LISTING_EXPIRED = "listing_expired", _("掲載の期限が来たとき")
    PROPOSALS_FOUND = "proposals_found", _("合いそうな相手が見つかったとき")
    LISTING_HIDDEN = "listing_hidden", _("掲載が非表示になったとき")
    HIDING_ANSWERED = "hiding_answered", _("非表示への返事があったとき")
    HIDING_LIFTED = "hiding_lifted", _("非表示が解かれたとき")
    REPORT_DECIDED = "report_decided", _("通報の結果が出たとき")
    ISSUE_SUPPORTED = "issue_supported", _("地域課題に「私も」が付いたとき")
    ISSUE_TAKEN_UP = "issue_taken_up", _("地域課題に取り組む人が現れたとき")
    REPORT_RECEIVED = "report_received", _("通報が届いたとき（市の担当）")
    NEW_NEED = "new_need", _("新しいニーズが出たとき（コーディネーター）")
    LISTING_UNCONFIRMED = "listing_unconfirmed", _("掲載の内容が今も正しいかをうかがうとき")
    INTRODUCTION_MADE = "introduction_made", _("紹介が届いたとき")
    INTRODUCTION_REMINDED = "introduction_reminded", _("紹介への返事を待っているとき")
    INTRODUCTION_SETTLED = "introduction_settled", _("紹介の返事がそろったとき")
    INTRODUCTION_ASKED = "introduction_asked", _("「話を聞きたい」が届いたとき（コーディネーター）")
    LETTER_RECEIVED = "letter_received", _("やりとりに新しい書き込みがあったとき")
    CASE_CHANGED = "case_changed", _("案件の担当や当事者が変わったとき")
    CASE_CLOSED = "case_closed", _("案件が終わったとき")
    MEETING_CALLED = "meeting_called", _("打ち合わせの日程をうかがうとき")
    MEETING_FIXED = "meeting_fixed", _("打ち合わせの日時が決まったとき・変わったとき")
    AGREEMENT_PROPOSED = "agreement_proposed", _("合意書の確認をお願いするとき")
    AGREEMENT_SETTLED = "agreement_settled", _("合意書がまとまったとき・書き直すとき")
    PROJECT_STARTED = "project_started", _("プロジェクトが始まったとき")
    PROJECT_CHANGED = "project_changed", _("プロジェクトのチームや近況が変わったとき")
    PROJECT_ENDED = "project_ended", _("プロジェクトが終わったとき")
    TASK_GIVEN = "task_given", _("やることをお願いされたとき")
    REVIEW_DUE = "review_due", _("プロジェクトの見直しの日が来たとき")
    EVALUATION_OPENED = "evaluation_opened", _("振り返りへの答えをお願いするとき")
    EVALUATION_CLOSED = "evaluation_closed", _("振り返りがまとまったとき")
    CONSENT_ASKED = "consent_asked", _("事例への同意をお願いするとき")
    STORY_CHANGED = "story_changed", _("事例が公開されたとき・公開をやめたとき")
    STORY_REPEATED = "story_repeated", _("「うちの地域でもやりたい」が届いたとき")


# Somebody waits for these or must be able to answer them: mail for them cannot be switched off.
MANDATORY = frozenset(
    {
        MessageKind.INVITATION,
        MessageKind.LISTING_HIDDEN,
        MessageKind.INTRODUCTION_MADE,
        MessageKind.AGREEMENT_PROPOSED,
        MessageKind.CONSENT_ASKED,
    }
)


class DeliveryState(models.TextChoices):
    PENDING = "pending", _("送信待ち")
    SENDING = "sending", _("送信中")
    SENT = "sent", _("送信済み")
    FAILED = "failed", _("送れませんでした")
