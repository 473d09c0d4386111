"""The scheme that a dataset was sealed by, from the bytes kept beside it: the one of today may be another."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from mujun.findings import CannotGoOn, Finding, Severity
from mujun.law import Law
from mujun.scheme import Scheme, load_scheme
from mujun.store import Sealed, Store


def sealed_scheme(store: Store, sealed: Sealed, law: Law) -> Scheme:
    """Raises CannotGoOn when the store is not the one that was sealed."""
    kept = store.evidence(sealed.manifest["scheme_file"]["sha256"])
    if not store.exists or not kept.is_file():
        message = f"“{store.folder}”不是封存这份数据集的数据库，查不到原件。"
        raise CannotGoOn([Finding(Severity.ERROR, "another_store", message, "请用 --store 写明数据库的文件夹。")])
    with TemporaryDirectory(prefix="mujun-") as folder:
        copy = Path(folder) / f"{sealed.manifest['scheme'].rpartition('/')[2]}.yaml"
        shutil.copyfile(kept, copy)
        return load_scheme(copy, law)
