"""Write the configuration of the trainer's JupyterLab: one class, our formgrader."""

from pathlib import Path

from umkm_grading.class_folder.atomic_files import json_bytes, write_file
from umkm_grading.class_folder.class_folder import ClassFolder

_SERVER = """\
# Written by umkm_grading; changes here are lost at the next start of the class.
from umkm_grading.review.formgrader_patches import configure_server

configure_server(c)
"""

_NBGRADER = """\
# Written by umkm_grading; changes here are lost at the next start of the class.
from pathlib import Path

from umkm_grading.class_folder.class_folder import ClassFolder
from umkm_grading.gradebook.nbgrader_config import formgrader_config

c.merge(formgrader_config(ClassFolder(Path({data_dir!r}), {cohort!r})))
"""


#: Plugins of the trainer's JupyterLab that no class needs and a projector should not show: a shell on the
#: laptop, nbgrader's own ways to make, fetch and check assignments, and tools for programmers.
_DISABLED = (
    "@jupyter/nbgrader:assignment-list",
    "@jupyter/nbgrader:course-list",
    "@jupyter/nbgrader:create-assignment",
    "@jupyter/nbgrader:validate-assignment",
    "@jupyter-notebook/lab-extension",
    "@jupyterlab/console-extension",
    "@jupyterlab/debugger-extension",
    "@jupyterlab/extensionmanager-extension",
    "@jupyterlab/hub-extension",
    "@jupyterlab/inspector-extension",
    "@jupyterlab/logconsole-extension",
    "@jupyterlab/terminal-extension",
    "@jupyterlab/tooltip-extension:consoles",
)


def write_jupyter_config(class_folder: ClassFolder, config_dir: Path) -> None:
    """Write what JupyterLab needs under JUPYTER_CONFIG_DIR=`config_dir` to show this class."""
    nbgrader = _NBGRADER.format(data_dir=str(class_folder.data_dir), cohort=class_folder.cohort_id)
    write_file(config_dir / "jupyter_server_config.py", _SERVER.encode())
    write_file(config_dir / "nbgrader_config.py", nbgrader.encode())
    # JupyterLab brings its own MathJax; unasked, its page still names one on another host.
    page = {"fullMathjaxUrl": "", "disabledExtensions": dict.fromkeys(_DISABLED, True)}
    write_file(config_dir / "labconfig" / "page_config.json", json_bytes(page))
