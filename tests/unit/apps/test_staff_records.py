"""A page of the trainer's JupyterLab that is opened while there are no records says so in a sentence."""

import pytest

from umkm_apps.trainer.staff_records import staff_records
from umkm_grading.review.classes import open_programme
from umkm_records import make_sample_class, open_records

PAGES = [staff_records, open_programme]
#: Nobody listens on port 1.
GONE = "postgresql+psycopg://umkm@127.0.0.1:1/umkm"


@pytest.fixture
def told(monkeypatch, tmp_path, request, capsys):
    """Opens a page with an address of records; gives what it returned and what was printed."""
    monkeypatch.setenv("UMKM_HOME", str(request.config.rootpath))
    monkeypatch.setenv("UMKM_DATA", str(tmp_path))
    monkeypatch.setenv("UMKM_CLASS", "contoh-serang")

    def look(page, address):
        if address:
            monkeypatch.setenv("UMKM_DATABASE", address)
        else:
            monkeypatch.delenv("UMKM_DATABASE", raising=False)
        return page(), capsys.readouterr().out

    return look


@pytest.mark.parametrize("page", PAGES)
def test_outside_a_class_it_says_how_to_open_one(told, page):
    found, printed = told(page, "")
    assert (found, "Buka kelas dulu" in printed) == (None, True)


@pytest.mark.parametrize("page", PAGES)
def test_a_database_that_is_gone_is_told(told, page):
    found, printed = told(page, GONE)
    assert found is None
    assert printed.startswith("Penyimpanan jawaban tidak menjawab.")


@pytest.mark.parametrize("page", PAGES)
def test_a_damaged_file_is_told(told, page, tmp_path):
    (tmp_path / "umkm.db").write_bytes(b"rusak" * 1_000)
    found, printed = told(page, f"sqlite:///{tmp_path / 'umkm.db'}")
    assert found is None
    assert printed.strip().endswith(".")
    assert "Traceback" not in printed


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES)
def test_with_records_nothing_is_said(told, page, tmp_path):
    address = f"sqlite:///{tmp_path / 'umkm.db'}"
    with open_records(address, upgrade=True) as records:
        make_sample_class(records)
    found, printed = told(page, address)
    assert found is not None
    assert printed == ""
    getattr(found, "records", found).close()
