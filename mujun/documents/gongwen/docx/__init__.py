"""Official documents as DOCX, by python-docx. The same document gives the same bytes."""

from mujun.documents.gongwen.docx.write import write_docx

__all__ = ["write_docx"]
