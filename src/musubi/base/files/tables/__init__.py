"""The office's tables: CSV and Excel in, whatever they were saved with, and out again."""

from .reading import Row, Table, read_table
from .source import TableError
from .values import blank, guarded, looks_blank
from .writing import write_table

__all__ = ["Row", "Table", "TableError", "blank", "guarded", "looks_blank", "read_table", "write_table"]
