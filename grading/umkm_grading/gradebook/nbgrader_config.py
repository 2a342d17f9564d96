"""How we run nbgrader: everything said explicitly, nothing from a working folder or a home."""

from pathlib import Path

from traitlets.config import Config

from umkm.wib import ZONE_NAME
from umkm_grading.class_folder.class_folder import ClassRoom

TEMPLATES = Path(__file__).parents[1] / "templates"

CELL_SECONDS = 30


def nbgrader_config(room: ClassRoom) -> Config:
    """The traitlets configuration of one class, for in-process calls and for formgrader alike."""
    config = Config()
    config.CourseDirectory.root = str(room.root)
    config.CourseDirectory.course_id = room.cohort_id
    config.CourseDirectory.db_url = room.gradebook_url
    config.Exchange.root = str(room.exchange_dir)
    # Any other zone makes nbgrader misread its own timestamps by hours (facts/jupyter.md 1.4).
    config.Exchange.timezone = "UTC"
    config.Execute.timeout = CELL_SECONDS
    # A submitted json.py must not shadow the standard library; files beside the notebook stay.
    config.Execute.extra_arguments = ["--IPKernelApp.ignore_cwd=True"]
    # nbgrader keeps hidden tests in feedback on purpose (#917): for us they are the key.
    config.GenerateFeedback.preprocessors = [
        "nbgrader.preprocessors.GetGrades",
        "nbconvert.preprocessors.CSSHTMLHeaderPreprocessor",
        "nbgrader.preprocessors.ClearHiddenTests",
        "nbgrader.preprocessors.ClearMarkScheme",
    ]
    return config


def feedback_config(room: ClassRoom) -> Config:
    """`nbgrader_config` with our feedback page: Indonesian, no code, nothing from another host."""
    config = nbgrader_config(room)
    config.HTMLExporter.template_name = "umkm-feedback"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.HTMLExporter.exclude_input = True
    config.HTMLExporter.exclude_output_prompt = True
    config.HTMLExporter.exclude_anchor_links = True
    return config


def formgrader_config(room: ClassRoom) -> Config:
    """`nbgrader_config` as the trainer's formgrader needs it: times shown in WIB."""
    config = nbgrader_config(room)
    config.NbGraderAPI.timezone = ZONE_NAME
    # Shows this very configuration in formgrader, with links to pages on other hosts.
    config.FormgradeExtension.debug = False
    return config
