"""Every notebook of the trainer's JupyterLab runs where it is installed, in a class of every course."""

import os

import nbformat
import pytest
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_core.utils import run_sync
from nbclient import NotebookClient

from umkm_cli.install_notebooks import LESSONS, PAGES, install_notebooks
from umkm_cli.paths import Paths
from umkm_cli.warm_kernels import PRELOAD
from umkm_courses import Catalogue, load_catalogue
from umkm_kernels import TemplateServer
from umkm_kernels.spec import kernel_dict
from umkm_records import find_cohort, make_sample_class, open_records

CLASS = "contoh-serang"


@pytest.fixture(scope="module")
def paths(tmp_path_factory, request):
    return Paths(request.config.rootpath, tmp_path_factory.mktemp("data"))


@pytest.fixture(scope="module")
def cohort(paths):
    with open_records(paths.database) as records:
        make_sample_class(records)
        return find_cohort(records, CLASS)


@pytest.fixture(scope="module")
def kernel_environment(paths):
    """What `umkm workshop` tells the kernels of a class, with a template that they are forked from."""
    with TemplateServer(PRELOAD) as template:
        yield {
            **os.environ, **template.environment, "UMKM_HOME": str(paths.home), "UMKM_DATA": str(paths.data_dir),
            "UMKM_DATABASE": paths.database, "UMKM_CLASS": CLASS,
        }  # fmt: skip


async def _run(folder, environment):
    kernel = AsyncKernelManager(kernel_name="python3")
    kernel._kernel_spec = KernelSpec(**kernel_dict())
    await kernel.start_kernel(env=environment, cwd=str(folder))
    outputs = {}
    try:
        for path in sorted(folder.glob("*.ipynb")):
            notebook = nbformat.read(path, as_version=4)
            # Nothing of the notebook before is there, as after a start of the kernel.
            notebook.cells.insert(0, nbformat.v4.new_code_cell("%reset -f"))
            await NotebookClient(notebook, timeout=120, iopub_timeout=2, km=kernel).async_execute()
            outputs[path] = [made for cell in notebook.cells for made in cell.get("outputs", [])]
    finally:
        await kernel.shutdown_kernel(now=True)
    return outputs


def run_all(folder, environment):
    """Run each notebook of a folder in it, as *Run All* does; gives their outputs."""
    outputs = run_sync(_run)(folder, environment)
    for path, made in outputs.items():
        assert [output for output in made if output.output_type in ("error", "stream")] == [], path
        assert [output for output in made if "data" in output], path
    return outputs


def test_lessons_and_the_trainers_pages_run(paths, cohort, kernel_environment):
    catalogue = load_catalogue(paths.courses)
    # The sample class is taught every course there is: no lesson is left out.
    assert set(cohort.courses) == set(catalogue.courses)
    root = install_notebooks(paths, CLASS, catalogue.of(cohort.courses))
    assert len(run_all(root, kernel_environment)) == len(PAGES)
    for course in catalogue.courses.values():
        ran = run_all(root / LESSONS / course.slug, kernel_environment)
        assert len(ran) == len(course.lessons)


def test_a_class_of_one_course_has_the_same_lessons_and_what_they_read(paths):
    catalogue = load_catalogue(paths.courses)
    whole = install_notebooks(paths, CLASS, catalogue)
    for slug, course in catalogue.courses.items():
        alone = install_notebooks(paths, f"kelas-{slug}", Catalogue({slug: course}))
        assert _files(alone / LESSONS / slug) == _files(whole / LESSONS / slug)


def _files(folder):
    return {
        path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }
