"""Words that may be kept, told from names of people."""

from musubi_engine.knowledge.names import may_name_person

__all__ = ["may_name_person"]
