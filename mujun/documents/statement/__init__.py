"""一企一单: a unit's own sheet of all that is used about it, to confirm or dispute value by value."""

from mujun.documents.statement.collect import collect_statement
from mujun.documents.statement.content import Earlier, Item, Part, Section, Source, Statement
from mujun.documents.statement.docx import write_statement_docx
from mujun.documents.statement.xlsx import write_statement_xlsx

__all__ = [
    "Earlier",
    "Item",
    "Part",
    "Section",
    "Source",
    "Statement",
    "collect_statement",
    "write_statement_docx",
    "write_statement_xlsx",
]
