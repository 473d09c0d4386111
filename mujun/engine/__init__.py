"""The engine: a dataset and a scheme in, an evaluation out."""

from mujun.engine.evaluate import evaluate
from mujun.engine.evaluation import Evaluation

__all__ = ["Evaluation", "evaluate"]
