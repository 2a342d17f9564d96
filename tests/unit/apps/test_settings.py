"""Settings of the server that depend on the computer."""

import pytest

from umkm_apps.runtime.settings import settings_from_environment, usual_processes

LEAST = {"UMKM_HOME": "/kit", "UMKM_DATA": "/data", "UMKM_DATABASE": "sqlite://"}


@pytest.mark.parametrize(
    ("cores", "processes"), [(1, 1), (2, 1), (3, 1), (4, 2), (6, 3), (8, 4), (32, 4)]
)
def test_processes_follow_the_cores(cores, processes):
    assert usual_processes(cores) == processes


@pytest.mark.parametrize(("said", "processes"), [("2", 2), ("1", 1), ("0", 1)])
def test_a_setting_replaces_the_rule(said, processes):
    settings = settings_from_environment({**LEAST, "UMKM_PROCESSES": said})
    assert settings.processes == processes
    # By itself a server has the whole computer, whatever is said.
    assert settings.sharing == 1


def test_a_process_behind_a_balancer_shares_the_computer():
    settings = settings_from_environment({**LEAST, "UMKM_PROCESSES": "3", "UMKM_CHANNEL": "7"})
    assert (settings.channel, settings.sharing) == (7, 3)
