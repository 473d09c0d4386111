"""A unit's own proof file: all of its result, its salt, its way to the printed code. Of others it tells nothing."""

from __future__ import annotations

import json

from attrs import frozen

from mujun.findings import CannotGoOn, Finding, Severity, blocking
from mujun.proof.tree_file import read_tree
from mujun.proof.units import unit_proof_from
from mujun.proof.verify import verify_own
from mujun.web.evidence import kept
from mujun.web.models import Track
from mujun.web.queries.issued import current_publication, running_notice
from mujun.web.queries.public.proofs import checkpoint_of
from mujun.web.queries.publishing.make import tree_path
from mujun.web.queries.publishing.secret import round_secret
from mujun.web.queries.publishing.units import records_of, unit_keys
from mujun.web.queries.quotas import standing_list
from mujun.web.queries.rules import scheme_ids


@frozen
class OwnProof:
    """`held` are the sentences that hold of the file."""

    data: bytes
    salt: str
    place: int
    size: int
    held: tuple[str, ...]
    code: str


def own_proof(track: Track, unit: str) -> OwnProof | None:
    """None where the unit was not evaluated, or nothing has been published yet. Raises CannotGoOn if it fails."""
    source = current_publication(track.round) or running_notice(track.round)
    nomination, secret, scheme = standing_list(track), round_secret(track.round), scheme_ids(track)[0]
    if source is None or nomination is None or nomination.run is None or tree_path(scheme) not in source.files:
        return None
    keys = unit_keys(nomination.run, scheme)
    if unit not in keys:
        return None
    if secret is None:
        message, mend = "本年度的密钥不见了，做不出证明。", "请系统管理员从备份恢复密钥。"
        raise CannotGoOn([Finding(Severity.ERROR, "no_secret", message, mend)])
    tree, checkpoint = read_tree(kept(source.files[tree_path(scheme)])), checkpoint_of(source)
    record = records_of(nomination.run, scheme, unit)[unit]
    data = unit_proof_from(tree, keys.index(unit), scheme, record, secret, checkpoint)
    verified = verify_own(data, None, checkpoint.digest.sha256)
    if failed := blocking(verified.findings):
        raise CannotGoOn(list(failed))
    salt = str(json.loads(data)["salt"])
    return OwnProof(data, salt, keys.index(unit) + 1, tree.size, verified.held, checkpoint.digest.sha256)
