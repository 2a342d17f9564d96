"""A course with one assignment that asks in every way there is, written as an author writes it."""

import json
from pathlib import Path

import nbformat

NAME = "semua-jenis"

#: question id -> (question, what mark() is given after the id, points)
QUESTIONS = {
    "satu-pilihan": (
        'single_choice("Laci mana?", {"usaha": "Laci usaha", "rumah": "Laci rumah"})',
        '"rumah", near={"usaha": "prive-bukan-biaya"}',
        1,
    ),
    "beberapa-pilihan": (
        'several_choices("Mana biaya?", {"plastik": "Plastik", "sewa": "Sewa", "spp": "SPP"})',
        '["plastik", "sewa"], near={"spp": "prive-bukan-biaya"}',
        2,
    ),
    "jumlah": (
        (
            'vary(rupiah("Jual {jual:rp}, beli {beli:rp}. Laba?"),'
            ' {"jual": (400_000, 900_000, 10_000), "beli": (100_000, 300_000, 10_000)})'
        ),
        '"jual - beli", near={"jual": (0.5, "Itu omzet, {jual:rp}.")}',
        2,
    ),
    "angka": (
        'number("Modal Rp8.000, jual Rp10.000. Berapa persen marginnya?", "%", decimals=True)',
        '20, near={25: "Itu markup."}, tolerance=0.5',
        1,
    ),
    "kata": ('short_text("Uang usaha yang diambil pemilik?")', '["prive", "prif"]', 1),
    "cerita": ('long_text("Rencana Anda?", rubric={"Wadah": 1, "Jatah": 2})', "", 3),
    "foto": ('photo("Foto barang Anda.", most=2, rubric={"Terang": 1, "Tajam": 1})', "", 2),
    "pasangan": (
        (
            'match_pairs("Catat di mana?", {"beras": "Beli beras", "bon": "Bu Ani bon"},'
            ' {"stok": "Persediaan", "piutang": "Piutang"})'
        ),
        '{"beras": "stok", "bon": "piutang"}, near={("bon", "stok"): "Barangnya sudah keluar."}',
        2,
    ),
    "urutan": (
        'put_in_order("Urutkan.", {"cocok": "Cocokkan", "hitung": "Hitung", "tulis": "Tulis"})',
        '["tulis", "hitung", "cocok"]',
        2,
    ),
    "laci": (
        'sort_into_bins("Laci?", {"spp": "SPP", "sewa": "Sewa"}, {"u": "Usaha", "r": "Rumah"})',
        '{"spp": "r", "sewa": "u"}, near={("spp", "u"): "prive-bukan-biaya"}',
        2,
    ),
    "buku-kas": (
        (
            'vary(table_entry("Jual {jual:rp}, plastik Rp5.000.", {"arah": ("Arah", {"m": "Masuk",'
            ' "k": "Keluar"}), "rp": ("Jumlah", "rupiah")}), {"jual": (100_000, 900_000, 10_000)})'
        ),
        '[{"arah": "m", "rp": "jual"}, {"arah": "k", "rp": 5_000}]',
        2,
    ),
    "laba-rugi": (
        (
            'vary(fill_statement("Lengkapi.", {"jual": "Jual", "beli": "Beli", "kotor": "Laba kotor",'
            ' "biaya": "Biaya", "laba": "Laba"}, {"jual": "{jual}", "beli": 100_000, "biaya": 50_000}),'
            ' {"jual": (400_000, 900_000, 10_000)})'
        ),
        '{"kotor": "jual - beli", "laba": "kotor - biaya"}, near={("kotor", "jual"): "Itu omzet."}',
        2,
    ),
    "nota": (
        (
            'spot_it("Mana yang salah?", "nota", {"a": "Gula: 15.000", "b": "Teh: 5.000",'
            ' "c": "Total: 25.000"})'
        ),
        '"c", near={"a": "Gula memang segitu."}',
        1,
    ),
}
#: slug without its number -> cells
LESSONS = {
    "awal": (
        'practice("laba", rupiah("Laba?"), 5_000, near={9_000: "prive-bukan-biaya"})',
        'practice("omzet", rupiah("Omzet?"), 9_000)',
    ),
    "ingat": ('practice("modal", rupiah("Modal?"), 4_000)', "recall()"),
}
POINTS = sum(points for _, _, points in QUESTIONS.values())


def write_course(root: Path, slug: str = "segala-jenis") -> None:
    """Write the course below `root`."""
    folder = root / slug
    for part in ("lessons", f"source/{NAME}"):
        (folder / part).mkdir(parents=True)
    (folder / "course.toml").write_text(_course_toml(), encoding="utf-8")
    (folder / "facts.toml").write_text("", encoding="utf-8")
    (folder / "misunderstandings.toml").write_text(
        'prive-bukan-biaya = "Uang untuk rumah bukan biaya usaha."\n', encoding="utf-8"
    )
    load = "from umkm_widgets import practice, recall, rupiah"
    for number, lesson in enumerate(LESSONS.values(), start=1):
        cells = [_code(f"soal-{at}", source) for at, source in enumerate((load, *lesson))]
        _write(folder / "lessons" / f"0{number}-{list(LESSONS)[number - 1]}.ipynb", cells)
    _write(folder / "source" / NAME / f"{NAME}.ipynb", _cells())


def _cells() -> list[nbformat.NotebookNode]:
    names = sorted({source.split("(")[0] for source, _, _ in QUESTIONS.values()} | _INNER)
    load = f"from umkm_widgets.sheet import ask, mark, show, {', '.join(names)}"
    cells = [_code("muat", load, grade_id="muat")]
    for name, (question, key, points) in QUESTIONS.items():
        asked = f'ask("{name}", {question}, points={points})'
        cells.append(_code(f"{name}-tanya", asked, grade_id=f"{name}-tanya"))
        if key:
            hidden = "### BEGIN HIDDEN TESTS", f'mark("{name}", {key})', "### END HIDDEN TESTS"
            source = "\n".join([f'show("{name}")', *hidden])
            cells.append(_code(name, source, grade_id=name, grade=True, points=points))
        else:
            cells.append(_code(f"{name}-lihat", f'show("{name}")', grade_id=f"{name}-lihat"))
            scheme = "Rubrik.\n=== BEGIN MARK SCHEME ===\nAda.\n=== END MARK SCHEME ==="
            cells.append(
                nbformat.v4.new_markdown_cell(
                    scheme, id=name, metadata=_grading(grade_id=name, task=True, points=points)
                )
            )
    return cells


_INNER = {"rupiah", "table_entry", "fill_statement"}


def _code(cell_id: str, source: str, **grading: object) -> nbformat.NotebookNode:
    metadata = _grading(**grading) if grading else {}
    return nbformat.v4.new_code_cell(source, id=cell_id, metadata=metadata)


def _grading(**changes: object) -> dict[str, object]:
    plain = {"grade": False, "locked": True, "solution": False, "task": False, "schema_version": 3}
    return {"nbgrader": plain | changes}


def _write(path: Path, cells: list[nbformat.NotebookNode]) -> None:
    notebook = nbformat.v4.new_notebook(cells=cells)
    notebook.nbformat_minor = 5
    nbformat.write(notebook, path)


def _course_toml() -> str:
    return f"""
title = "Segala jenis"
summary = "Setiap jenis soal satu kali."

[[outcomes]]
id = "menjawab"
text = "Dapat menjawab."
lesson = "01-awal"

[[lessons]]
slug = "01-awal"
title = "Awal"
minutes = 5
summary = "Satu soal."

[[lessons]]
slug = "02-ingat"
title = "Ingat"
minutes = 5
summary = "Satu soal, dan dua dari ingatan."

[[assignments]]
name = "{NAME}"
title = "Semua"
lesson = "01-awal"
minutes = 10

[assignments.groups]
"Semua" = {json.dumps(list(QUESTIONS))}
"""
