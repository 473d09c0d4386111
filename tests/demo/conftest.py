from pathlib import Path

import pytest

from mujun.demo import LEAST_MANUFACTURERS, make_province


@pytest.fixture(scope="session")
def province(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the smallest province."""
    folder = tmp_path_factory.mktemp("province")
    make_province(folder, manufacturers=LEAST_MANUFACTURERS)
    return folder
