"""The engine's version, stored with every proposal so that any past one can be replayed."""

from typing import Final

ENGINE_VERSION: Final = "0.5.0"
