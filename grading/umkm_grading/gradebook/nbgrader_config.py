"""nbgrader's configuration: all of it explicit, nothing from a working or home directory."""

from pathlib import Path

from traitlets.config import Config

from umkm.wib import ZONE_NAME
from umkm_grading.class_folder.class_folder import ClassFolder

TEMPLATES = Path(__file__).parents[1] / "templates"

CELL_SECONDS = 30


def nbgrader_config(class_folder: ClassFolder) -> Config:
    """Return nbgrader's configuration of one class, for this process and for formgrader."""
    config = Config()
    config.CourseDirectory.root = str(class_folder.root)
    config.CourseDirectory.course_id = class_folder.cohort_id
    config.CourseDirectory.db_url = class_folder.gradebook_url
    config.Exchange.root = str(class_folder.exchange_dir)
    # nbgrader writes timestamps in this zone and reads them as UTC: any other is wrong by hours.
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


def feedback_config(class_folder: ClassFolder) -> Config:
    """Return `nbgrader_config` with our feedback page: Indonesian, no code, self-contained."""
    config = nbgrader_config(class_folder)
    config.HTMLExporter.template_name = "umkm-feedback"
    config.HTMLExporter.extra_template_basedirs = [str(TEMPLATES)]
    config.HTMLExporter.exclude_input = True
    config.HTMLExporter.exclude_output_prompt = True
    config.HTMLExporter.exclude_anchor_links = True
    return config


def formgrader_config(class_folder: ClassFolder) -> Config:
    """Return `nbgrader_config` for the trainer's formgrader: times shown in WIB."""
    config = nbgrader_config(class_folder)
    config.NbGraderAPI.timezone = ZONE_NAME
    # Debug shows this configuration in formgrader, with links to other hosts.
    config.FormgradeExtension.debug = False
    return config
