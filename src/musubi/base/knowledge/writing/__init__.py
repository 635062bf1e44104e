"""The writing helper: what could be said more plainly in a text, and what should not stand in public.

Pure functions over one text and tables of words. It advises; nothing here ever refuses.
"""

from .advising import MOST, advise, most_important
from .kinds import Kind, Part, Question, Rule
from .saying import Advice

__all__ = ["MOST", "Advice", "Kind", "Part", "Question", "Rule", "advise", "most_important"]
