"""The demonstration town, built verb by verb through the services of the stages."""

from .town import STAGES, build_demonstration

__all__ = ["STAGES", "build_demonstration"]
