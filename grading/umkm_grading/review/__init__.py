"""What staff work with in JupyterLab: formgrader, the queue of texts, everybody's points.

`queue` finds what waits, `session` opens and marks one text after another, `page` and `grades_page`
show it; `formgrader_patches` and `jupyter_config` set nbgrader's formgrader up.
"""
