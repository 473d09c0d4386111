"""The scheme language a second time: plain, exact and slow, written from docs/scheme-language.md alone.

The engine is compared with it. Nothing here reads files, and nothing here imports mujun.
"""

from .arithmetic import half_up, shown
from .evaluation import Result, evaluate

__all__ = ["Result", "evaluate", "half_up", "shown"]
