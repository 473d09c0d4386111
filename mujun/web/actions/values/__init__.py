"""Collection: opened, entered, handed in, confirmed or disputed, approved, locked; each act in its own file.

Importing this package registers what the edges of values carry out.
"""

from mujun.web.actions.values import approve, confirm, hand_in, lock, open_collection, unlock

__all__ = ["approve", "confirm", "hand_in", "lock", "open_collection", "unlock"]
