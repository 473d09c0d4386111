"""A scheme: the rules of one domain in one round, read from a file that officials can read too."""

from mujun.scheme.load import Reading, find_scheme, load_scheme, read_scheme
from mujun.scheme.model import Node, Scheme
from mujun.scheme.round import Domain, Round, load_round

__all__ = ["Domain", "Node", "Reading", "Round", "Scheme", "find_scheme", "load_round", "load_scheme", "read_scheme"]
