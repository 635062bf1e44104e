"""An agreement's pages: read, write, confirm."""

from .answering import agreement_confirm, agreement_confirm_for
from .reading import agreement, agreement_pdf, agreement_print, agreement_version
from .writing import agreement_begin, agreement_edit, agreement_propose, agreement_revise

__all__ = [
    "agreement",
    "agreement_begin",
    "agreement_confirm",
    "agreement_confirm_for",
    "agreement_edit",
    "agreement_pdf",
    "agreement_print",
    "agreement_propose",
    "agreement_revise",
    "agreement_version",
]
