"""Secrets are made once, kept, and nobody else's."""

from concurrent.futures import ThreadPoolExecutor

from umkm_apps.runtime.secrets import stored_secret


def test_it_is_kept_and_private(tmp_path):
    first = stored_secret(tmp_path, "cookie", 32)
    assert len(first) >= 32
    assert stored_secret(tmp_path, "cookie", 32) == first
    assert stored_secret(tmp_path, "lain", 32) != first
    file = tmp_path / ".rahasia" / "cookie"
    assert file.stat().st_mode & 0o077 == 0
    assert file.parent.stat().st_mode & 0o077 == 0


def test_many_at_once_get_the_same(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        found = set(pool.map(lambda _: stored_secret(tmp_path, "cookie", 32), range(64)))
    assert len(found) == 1
    assert sorted(path.name for path in (tmp_path / ".rahasia").iterdir()) == ["cookie"]
