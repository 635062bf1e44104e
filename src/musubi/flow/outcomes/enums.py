from django.db import models
from django.utils.translation import gettext_lazy as _


class EvaluationState(models.TextChoices):
    OPEN = "open", _("記入中")
    CLOSED = "closed", _("まとめました")


class PartnerQuestion(models.TextChoices):
    """Ten questions to each partner on how it was to work together; answered from 1 (no) to 5 (yes)."""

    EQUAL = "equal", _("おたがいに対等な立場で話し合えた")
    AIM = "aim", _("目的を、みんなで分かち合えた")
    ROLES = "roles", _("決めた役割を、それぞれが果たした")
    INFORMATION = "information", _("必要なことを、早めに知らせ合えた")
    DECISIONS = "decisions", _("大事なことを、いっしょに決められた")
    RESPECT = "respect", _("相手の得意なことと、できないことを分かり合えた")
    INDEPENDENCE = "independence", _("頼りすぎず、それぞれの力を生かせた")
    OPENNESS = "openness", _("活動のようすを、外の人にも分かるように伝えた")
    LEARNT = "learnt", _("この活動から学んだことがあった")
    AGAIN = "again", _("この相手と、また何かしたい")


class VoiceQuestion(models.TextChoices):
    """Three questions to those whom it concerned."""

    BETTER = "better", _("この活動があって、よかった")
    HEARD = "heard", _("自分の声や希望が、取り入れられた")
    AGAIN = "again", _("また参加したい、続いてほしい")


class VoiceRelation(models.TextChoices):
    PARTICIPANT = "participant", _("参加した")
    RESIDENT = "resident", _("近くに住んでいる")
    FAMILY = "family", _("家族が参加した")
    HELPER = "helper", _("手伝った")
    OTHER = "other", _("その他")


class Counterfactual(models.TextChoices):
    """「Musubi がなければどうしていましたか」."""

    NOT_AT_ALL = "not_at_all", _("できなかったと思う")
    LATER = "later", _("もっと時間がかかったと思う")
    SMALLER = "smaller", _("もっと小さくなったと思う")
    SAME = "same", _("同じようにできたと思う")
    UNKNOWN = "unknown", _("分からない")


class Continuation(models.TextChoices):
    CONTINUE = "continue", _("続ける")
    REPEAT = "repeat", _("もう一度行う")
    STOP = "stop", _("これで終える")


SCALE = {
    1: _("そう思わない"),
    2: _("あまりそう思わない"),
    3: _("どちらともいえない"),
    4: _("だいたいそう思う"),
    5: _("そう思う"),
}
