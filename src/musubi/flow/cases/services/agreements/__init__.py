"""Verbs of an agreement: begun, written, shown to all, confirmed by each, written anew."""

from .beginning import begin_agreement
from .completeness import NotComplete, problems_of_terms
from .confirming import confirm_version
from .locking import VersionChanged
from .proposing import propose_version
from .revising import revise_agreement
from .writing import StaleVersion, save_version

__all__ = [
    "NotComplete",
    "StaleVersion",
    "VersionChanged",
    "begin_agreement",
    "confirm_version",
    "problems_of_terms",
    "propose_version",
    "revise_agreement",
    "save_version",
]
