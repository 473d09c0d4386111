"""Who signed a checkpoint: an interface. This package signs nothing; SM2 is done by whoever holds the key."""

from __future__ import annotations

from typing import Protocol

from attrs import frozen

from mujun.digest import canonical_record
from mujun.proof.checkpoint import Checkpoint

SIGNATURE = "signature.json"


@frozen
class Signature:
    """A signature over a checkpoint's canonical bytes."""

    algorithm: str
    signer: str
    value: bytes

    @property
    def bytes(self) -> bytes:
        return canonical_record({"algorithm": self.algorithm, "signer": self.signer, "value": self.value.hex()})


class Signer(Protocol):
    """Has a key, or asks a device that has it."""

    @property
    def algorithm(self) -> str: ...

    @property
    def name(self) -> str: ...

    def sign(self, content: bytes) -> bytes: ...


class Checker(Protocol):
    """Knows whose signatures count."""

    def check(self, content: bytes, signature: Signature) -> bool: ...


def sign_checkpoint(checkpoint: Checkpoint, signer: Signer) -> Signature:
    """What the signer says under the checkpoint."""
    return Signature(signer.algorithm, signer.name, signer.sign(checkpoint.bytes))
