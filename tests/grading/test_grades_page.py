"""*Nilai kelas* keeps its file where the command does, not in the folder that is shown to the room."""

import openpyxl
import pytest
from tests.grading.classes import COHORT, open_class

from umkm_cli.outputs import output_path
from umkm_cli.paths import Paths
from umkm_grading.review import grades_page


@pytest.fixture
def page(tmp_path, catalogue, monkeypatch, request):
    """The widgets of the page, opened in the class's folder as JupyterLab opens it."""
    data = tmp_path / "data"
    open_class(data, catalogue).records.close()
    class_folder = data / "pelatih" / COHORT
    class_folder.mkdir(parents=True)
    monkeypatch.chdir(class_folder)
    monkeypatch.setenv("UMKM_HOME", str(request.config.rootpath))
    monkeypatch.setenv("UMKM_DATA", str(data))
    monkeypatch.setenv("UMKM_DATABASE", f"sqlite:///{data / 'umkm.db'}")
    monkeypatch.setenv("UMKM_CLASS", COHORT)
    shown = []
    monkeypatch.setattr(grades_page, "display", shown.append)
    grades_page.show_grades()
    return shown[0]


def press(page):
    (button,) = [
        one for one in page.children if getattr(one, "description", "").startswith("Simpan")
    ]
    button.click()
    return " ".join(getattr(one, "value", "") or "" for one in page.children)


def test_names_go_where_the_command_writes_them(page, tmp_path):
    said = press(page)
    place = output_path(Paths(tmp_path, tmp_path / "data"), None, f"nilai-{COHORT}.xlsx")
    assert place.parent.name == "Berkas kelas"
    assert openpyxl.load_workbook(place).sheetnames[0] == "Ringkasan"
    assert place.parent.stat().st_mode & 0o077 == 0
    assert "Tersimpan di folder Berkas kelas" in said
    assert str(place) in said
    assert list((tmp_path / "data" / "pelatih" / COHORT).iterdir()) == []


def test_a_folder_that_cannot_be_made_is_told(page, tmp_path):
    (tmp_path / "data" / "Berkas kelas").write_text("")
    assert "Tidak bisa ditulis" in press(page)
