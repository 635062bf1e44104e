"""Who fits whom: needs and offers in, proposals with reasons out; same input, same answer.

What is named here is the public interface; `text` and `index` are packages of their own.
"""

from musubi_engine.areas import area_name, check_digit, contains, path_of_code
from musubi_engine.exposure import Exposure, ExposureRule, Placed, fair_order
from musubi_engine.feasibility import blockers, feasible
from musubi_engine.jsonl import InputError, read_listings
from musubi_engine.knowledge.base import SHIPPED, Knowledge, RecipeBook
from musubi_engine.knowledge.concepts import CONCEPTS, Concept, ConceptTable
from musubi_engine.partners import Heading, Partner, partners
from musubi_engine.rank import proposals_per_line, propose, rank, rank_needs
from musubi_engine.readings import concepts_found, concepts_in_title
from musubi_engine.teams import TeamProposal, teams, teams_among
from musubi_engine.types import (
    AreaPath,
    Blocker,
    Credential,
    Line,
    Listing,
    Proposal,
    Reason,
    Window,
)
from musubi_engine.version import ENGINE_VERSION
from musubi_engine.weights import WEIGHTS, WEIGHTS_WITH_VECTORS, Weights
from musubi_engine.why_not import why_not
from musubi_engine.wording import WordingPool, wording_similarities

__all__ = [
    "CONCEPTS",
    "ENGINE_VERSION",
    "SHIPPED",
    "WEIGHTS",
    "WEIGHTS_WITH_VECTORS",
    "AreaPath",
    "Blocker",
    "Concept",
    "ConceptTable",
    "Credential",
    "Exposure",
    "ExposureRule",
    "Heading",
    "InputError",
    "Knowledge",
    "Line",
    "Listing",
    "Partner",
    "Placed",
    "Proposal",
    "Reason",
    "RecipeBook",
    "TeamProposal",
    "Weights",
    "Window",
    "WordingPool",
    "area_name",
    "blockers",
    "check_digit",
    "concepts_found",
    "concepts_in_title",
    "contains",
    "fair_order",
    "feasible",
    "partners",
    "path_of_code",
    "proposals_per_line",
    "propose",
    "rank",
    "rank_needs",
    "read_listings",
    "teams",
    "teams_among",
    "why_not",
    "wording_similarities",
]
