"""One published town for all that follows: building it takes longer than refusing a file."""

import pytest

from support.standing import StandingTown


@pytest.fixture(scope="session")
def standing(tmp_path_factory: pytest.TempPathFactory) -> StandingTown:
    return StandingTown(tmp_path_factory.mktemp("standing"))
