"""Review in the trainer's JupyterLab: formgrader, the queue of texts, the grades of a class.

`queue` reads which texts wait, `session` claims and marks one after another, `page` and
`grades_page` are the notebooks' widgets; `formgrader_patches` and `jupyter_config` set up
nbgrader's formgrader.
"""
