"""What a worker does with one submission: points from the answers, then the trainee's notebook."""

from dataclasses import replace
from typing import Any

import nbformat

from umkm_grading.autograding.cells import run_sheet
from umkm_grading.autograding.sheets import Done, Job
from umkm_grading.notebooks.merging import merge, note_cell, put_outputs, sources, with_sheet
from umkm_grading.notebooks.sandbox import run_in_sandbox


def run_job(job: Job) -> Done:
    """Run a submission's sheet; where a notebook came with it, run that too and show both."""
    done = run_sheet(job)
    if not job.own or done.unusual:
        return done
    executed = _read(done.notebook)
    try:
        theirs = _read(job.own)
    except Exception as error:
        notes = [f"Notebook peserta tidak terbaca ({type(error).__name__})."]
        cells = executed.cells
    else:
        # With the released cells: no key ever comes near a trainee's code.
        merged = merge(_read(job.sheet.released), theirs)
        files = {**job.files, **job.sheet.companions}
        ran = run_in_sandbox(sources(merged), files, walled=job.walled)
        put_outputs(merged, ran.cells)
        notes = [*merged.notes, *([ran.stopped] if ran.stopped else [])]
        if not job.walled:
            notes.append("Notebook ini dijalankan tanpa kurungan.")
        cells = with_sheet(merged, executed)
    executed.cells = [note_cell(notes), *cells]
    shown = str(nbformat.writes(executed)) + "\n"  # type: ignore[no-untyped-call]
    return replace(done, shown=shown, notes=tuple(dict.fromkeys(notes)))


def _read(text: str) -> Any:
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
