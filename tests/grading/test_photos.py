"""A photo through the class's folder: stock nbgrader and we leave the same, graders see pixels alone."""

import base64
import io
import json
import shutil

import nbformat
import pytest
from PIL import Image
from tests.grading.classes import open_class
from tests.grading.test_both_ways import plain, rows

from umkm.images import normalize_photo
from umkm_grading import collect, deliver, erase_from_class, grade, repair_submissions
from umkm_grading.class_folder.atomic_files import digest
from umkm_grading.class_folder.submission_folder import is_whole
from umkm_grading.gradebook.converters import autograde
from umkm_grading.gradebook.nbgrader_config import nbgrader_config
from umkm_grading.review import render
from umkm_grading.review.session import ReviewSession
from umkm_records import ChangeId, DraftKey, erase_person, save_draft, submit
from umkm_records.photos import Upload, keep_photo
from umkm_widgets.photo_files import file_of

TASK, QUESTION = "pemasaran-foto", "foto-barang"
OTHERS = ["ulang-atau-rapikan", "urutan-sate", "pertanyaan-pembeli", "boleh-diubah"]


def jpeg(colour):
    into = io.BytesIO()
    Image.new("RGB", (1400, 1050), colour).save(into, "JPEG")
    return normalize_photo(into.getvalue()).jpeg


def send(one_class, code, colours):
    """What a trainee does: the photos arrive, the answer names them, Kirim."""
    names = []
    for number, colour in enumerate(colours):
        photo = jpeg(colour)
        keep_photo(one_class.records, Upload(code, f"{number:016}"), photo, (1400, 1050))
        names.append(digest(photo))
    one_class.clock += 1
    save_draft(
        one_class.records, DraftKey(code, TASK, QUESTION), names, ChangeId("hp", one_class.clock)
    )
    submit(one_class.records, code, TASK, [QUESTION, *OTHERS])
    return names


@pytest.fixture(scope="module")
def both(tmp_path_factory, catalogue):
    """Two classes with the same submissions: one graded by stock nbgrader, one by us."""
    classes = []
    for name in ("stok", "kita"):
        one = open_class(tmp_path_factory.mktemp(name), catalogue, TASK)
        first, second = one.codes[:2]
        one.names = send(one, first, ["teal", "navy"])
        # Somebody who names a photo that is another's, and one that is nobody's.
        key = DraftKey(second, TASK, QUESTION)
        save_draft(one.records, key, [one.names[0], "0" * 64], ChangeId("hp", 1))
        submit(one.records, second, TASK, [QUESTION, *OTHERS])
        assert len(deliver(one.class_folder, one.records)) == 2
        classes.append(one)
    stock, ours = classes
    for code in stock.codes[:2]:
        autograde(nbgrader_config(stock.class_folder), TASK, code)
    outcomes = grade(ours.class_folder, TASK)
    assert [one.ok for one in outcomes] == [True, True]
    assert not any("kernel" in one.seconds for one in outcomes)
    return stock, ours


def pictures(one, code):
    notebook = nbformat.read(
        one.class_folder.autograded(code, TASK) / f"{TASK}.ipynb", as_version=4
    )
    found = [
        output.data
        for cell in notebook.cells
        if cell.get("outputs") and cell.id == f"{QUESTION}-lihat"
        for output in cell.outputs
    ]
    return [base64.b64decode(data["image/jpeg"]) for data in found if "image/jpeg" in data], found


def test_stock_nbgrader_and_we_leave_the_same(both):
    stock, ours = both
    for code in stock.codes[:2]:
        folders = [one.class_folder.autograded(code, TASK) for one in both]
        names = [sorted(path.name for path in folder.iterdir()) for folder in folders]
        assert names[0] == names[1]
        notebook = f"{TASK}.ipynb"
        assert plain(folders[0] / notebook) == plain(folders[1] / notebook)
    assert len(rows(stock)["grade"]) == len(rows(ours)["grade"])


def test_graders_see_the_photos_of_that_person_made_anew(both):
    ours = both[1]
    shown, _ = pictures(ours, ours.codes[0])
    assert [Image.open(io.BytesIO(picture)).size for picture in shown] == [(1000, 750)] * 2
    page = ours.class_folder.autograded(ours.codes[0], TASK) / f"{TASK}.ipynb"
    assert '"alt": "Foto 2 dari 2"' in page.read_text("utf-8")
    red, green, blue = Image.open(io.BytesIO(shown[0])).getpixel((500, 300))
    assert (red < 20, abs(green - 128) < 20, abs(blue - 128) < 20) == (True, True, True)
    shown, found = pictures(ours, ours.codes[1])
    assert shown == []
    lost = [data["text/plain"] for data in found if "tidak ada di kiriman" in data["text/plain"]]
    assert len(lost) == 2


def test_the_queue_shows_them_too(both):
    ours = both[1]
    session = ReviewSession(ours.records, [ours.class_folder], "Ani")
    waiting = {one.text.participant: one.text for one in session.queue().waiting}
    opened = session.claim(waiting[ours.codes[0]])
    sizes = [Image.open(io.BytesIO(base64.b64decode(photo))).size for photo in opened.photos]
    assert sizes == [(1000, 750)] * 2
    assert (sum(opened.rubric.values()), opened.of) == (5, 5)
    page = render.text_to_review(opened, "Tugas")
    assert page.count("<img class='foto' alt='Foto ") == 2
    assert "class='jawaban'" not in page
    session.save_points(opened, 4, "Terang. Luruskan.")
    other = render.text_to_review(session.claim(waiting[ours.codes[1]]), "Tugas")
    assert other.count("tidak ada di kiriman") == 2
    assert "<img" not in other


def test_a_photo_that_was_changed_on_disk_is_never_shown_and_is_written_again(both, tmp_path):
    ours = both[1]
    code = ours.codes[0]
    folder = ours.class_folder.submitted(code, TASK)
    photo = folder / file_of(ours.names[0])
    for harm in (b"<script>alert(1)</script>", jpeg("red")):
        photo.chmod(0o644)
        photo.write_bytes(harm)
        assert not is_whole(ours.class_folder, code, TASK)
        repair_submissions(ours.class_folder, ours.records)
        assert digest(photo.read_bytes()) == ours.names[0]
    # A link could lead to a file of the staff's.
    (tmp_path / "rahasia.jpg").write_bytes(photo.read_bytes())
    photo.unlink()
    photo.symlink_to(tmp_path / "rahasia.jpg")
    assert not is_whole(ours.class_folder, code, TASK)
    repair_submissions(ours.class_folder, ours.records)
    assert not photo.is_symlink()


def test_photos_beside_a_notebook_from_jupyterlab_are_taken_in_or_refused(both, tmp_path):
    ours = both[1]
    code = ours.codes[3]
    place = tmp_path / "masuk" / code
    place.mkdir(parents=True)
    shutil.copy(ours.class_folder.release(TASK) / f"{TASK}.ipynb", place)

    def lay(content, kept=True):
        name = digest(content)
        stored = {"version": 1, "answers": {QUESTION: [name]}}
        (place / "answers.json").write_text(json.dumps(stored), encoding="utf-8")
        if kept:
            (place / file_of(name)).write_bytes(content)
        (taken,) = collect(ours.class_folder, TASK, place.parent, {code})
        return taken.reason

    assert "tidak ada atau berubah" in lay(jpeg("olive"), kept=False)
    assert "tidak ada atau berubah" in lay(b"<script>alert(1)</script>")
    assert "rusak" in lay(jpeg("olive")[:900])
    assert lay(jpeg("olive")) == ""
    folder = ours.class_folder.submitted(code, TASK)
    assert [path.name for path in folder.glob("foto-*")] == [file_of(digest(jpeg("olive")))]


def test_an_erased_person_leaves_no_photo_in_the_class(both):
    ours = both[1]
    code = ours.codes[0]
    erase_person(ours.records, code, by="pelatih")
    erase_from_class(ours.class_folder, code)
    assert list(ours.class_folder.root.glob(f"**/{file_of(ours.names[0])}")) == []
