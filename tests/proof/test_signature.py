"""The interface of signatures, with a stand-in that signs nothing."""

from __future__ import annotations

import hashlib

from attrs import frozen

from mujun.documents.published import SCHEMA_FILE, list_files
from mujun.findings import blocking
from mujun.proof.bundle import make_bundle
from mujun.proof.signature import Signature, sign_checkpoint
from mujun.proof.verify import verify_bundle
from tests.proof.lists import RULES, SMALL, bundle_of, checkpoint_of


@frozen
class StandIn:
    """测试替身，不是签名: anyone can compute it. It shows what is handed to whoever signs, and what comes back."""

    name: str = "测试替身，不是签名"
    algorithm: str = "测试替身，不是签名"

    def sign(self, content: bytes) -> bytes:
        return hashlib.sha256(b"stand-in" + content).digest()

    def check(self, content: bytes, signature: Signature) -> bool:
        return signature.value == self.sign(content)


SIGNED = make_bundle(
    [list_files(SMALL)],
    checkpoint_of(),
    RULES,
    schema=SCHEMA_FILE.read_bytes(),
    signature=sign_checkpoint(checkpoint_of(), StandIn()),
)


def codes(files: dict[str, bytes]) -> list[str]:
    return [finding.code for finding in blocking(verify_bundle(files, checker=StandIn()).findings)]


def test_signature_is_over_the_checkpoint() -> None:
    assert sign_checkpoint(checkpoint_of(), StandIn()).value == StandIn().sign(checkpoint_of().bytes)


def test_checker_is_asked() -> None:
    verified = verify_bundle(SIGNED, checker=StandIn())

    assert blocking(verified.findings) == []
    assert "校验单由“测试替身，不是签名”签名（测试替身，不是签名），签名有效。" in verified.held


def test_signature_of_another_checkpoint_fails() -> None:
    other = Signature("测试替身，不是签名", "测试替身，不是签名", StandIn().sign(b"other"))
    signed = make_bundle([list_files(SMALL)], checkpoint_of(), RULES, schema=SCHEMA_FILE.read_bytes(), signature=other)

    assert [finding.code for finding in blocking(verify_bundle(signed, checker=StandIn()).findings)] == [
        "signature_wrong"
    ]
    assert [finding.code for finding in blocking(verify_bundle(bundle_of(), checker=StandIn()).findings)] == [
        "no_signature"
    ]


def test_without_a_checker_it_is_said_that_the_signature_was_not_checked() -> None:
    said = [finding.message for finding in verify_bundle(SIGNED).findings]

    assert "附有签名（signature.json），本程序不含 SM2，没有核对签名，请用签发单位的工具核对。" in said
