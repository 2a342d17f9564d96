"""Run one job in a worker: the answers for the points, then the trainee's own notebook."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import nbformat

from umkm_grading.autograde.inprocess_executor import run_notebook
from umkm_grading.autograde.jobs import AutogradeJob, AutogradeResult
from umkm_grading.sandbox.bubblewrap import SandboxResult, run_in_sandbox
from umkm_grading.sandbox.merge import merge, note_cell, put_outputs, sources, with_executed


def run_job(job: AutogradeJob) -> AutogradeResult:
    """Run a submission's notebook; where the trainee sent one too, run that and show both.

    Never raises for what a trainee put into a notebook: the points come from the answers, and a
    note tells staff why the notebook is not shown.
    """
    done = run_notebook(job)
    if not job.own or done.needs_kernel:
        return done
    files = {**job.files, **job.gradable.companions}

    def run(cells: Sequence[str]) -> SandboxResult:
        return run_in_sandbox(cells, files, sandboxed=job.sandboxed)

    try:
        # With the released cells: no key is readable by a trainee's code.
        shown, notes = show_both(done.notebook, job.gradable.released, job.own, run)
    except Exception as error:
        why = type(error).__name__
        notes = [f"Notebook peserta rusak, jadi tidak diperlihatkan ({why}). Nilainya tetap sah."]
        executed = _read(done.notebook)
        shown = _written(executed, notes, executed.cells)
    if not job.sandboxed:
        notes.append("Notebook ini dijalankan tanpa kurungan.")
    return replace(done, shown=shown, notes=tuple(dict.fromkeys(notes)))


def show_both(
    executed: str, released: str, own: str, run: Callable[[Sequence[str]], SandboxResult]
) -> tuple[str, list[str]]:
    """Return the notebook that staff see, as text, and what they should know of it.

    Args:
        executed: the notebook that gave the points.
        released: the notebook as released.
        own: the trainee's notebook.
        run: runs the merged cells in the sandbox; its result is untrusted.

    Raises:
        ValueError: the trainee's notebook is no JSON.
        RecursionError: it is nested too deeply.
    """
    # Not through nbformat, which repairs, converts and validates, and may raise in each.
    merged = merge(_read(released), json.loads(own))
    ran = run(sources(merged))
    put_outputs(merged, ran.cells)
    notes = [*merged.notes, *([ran.stopped] if ran.stopped else [])]
    graded = _read(executed)
    return _written(graded, notes, with_executed(merged, graded)), notes


def _written(executed: Any, notes: Sequence[str], cells: Sequence[Any]) -> str:
    executed.cells = [note_cell(notes), *cells]
    return str(nbformat.writes(executed)) + "\n"  # type: ignore[no-untyped-call]


def _read(text: str) -> Any:
    return nbformat.reads(text, as_version=4)  # type: ignore[no-untyped-call]
