"""The demonstration town, built verb by verb through the services of the stages."""

from .town import build_demonstration

__all__ = ["build_demonstration"]
