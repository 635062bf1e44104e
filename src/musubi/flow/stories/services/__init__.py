"""Verbs on stories; each leaves a trace, keeps the index true and tells whom it concerns."""

from musubi.base.files.services import FileRefused

from .consenting import AnsweredBefore, answer_consent, ask_consent, withdraw_consent
from .content import NotComplete, Problem, StaleStory, StoryContent, content_of, problems_of
from .following import save_entered_project
from .gathering import gathered_content
from .indexing import index_story, rows_to_index
from .picturing import MOST_PICTURES, add_picture, describe_picture, remove_picture, use_update_picture
from .publishing import publish_story, unpublish_story
from .repeating import repeat_story
from .writing import begin_story, rewrite_story, save_story

__all__ = [
    "MOST_PICTURES",
    "AnsweredBefore",
    "FileRefused",
    "NotComplete",
    "Problem",
    "StaleStory",
    "StoryContent",
    "add_picture",
    "answer_consent",
    "ask_consent",
    "begin_story",
    "content_of",
    "describe_picture",
    "gathered_content",
    "index_story",
    "problems_of",
    "publish_story",
    "remove_picture",
    "repeat_story",
    "rewrite_story",
    "rows_to_index",
    "save_entered_project",
    "save_story",
    "unpublish_story",
    "use_update_picture",
    "withdraw_consent",
]
