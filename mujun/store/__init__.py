"""The store of a round: evidence by hash, a chained journal, observations, what holds, seals. Reads no workbook."""

from mujun.store.batch import Batch, Receipt, Waiver
from mujun.store.sealed import Sealed, open_sealed
from mujun.store.store import Moved, Store

__all__ = ["Batch", "Moved", "Receipt", "Sealed", "Store", "Waiver", "open_sealed"]
