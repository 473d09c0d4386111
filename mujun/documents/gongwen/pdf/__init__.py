"""The same documents as PDF, by Typst, where the machine has a free Chinese face to embed."""

from mujun.documents.gongwen.pdf.faces import Faces, find_faces
from mujun.documents.gongwen.pdf.write import write_pdf

__all__ = ["Faces", "find_faces", "write_pdf"]
