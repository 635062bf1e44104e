from .listing import Listing
from .parts import Availability, MenuItem, Provision, Requirement

__all__ = ["Availability", "Listing", "MenuItem", "Provision", "Requirement"]
