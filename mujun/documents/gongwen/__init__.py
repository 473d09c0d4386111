"""The layout of official documents after GB/T 9704—2012: one description of a document, DOCX and PDF of it."""

from mujun.documents.gongwen.docx import write_docx
from mujun.documents.gongwen.parts import Form, Gongwen

__all__ = ["Form", "Gongwen", "write_docx"]
