"""What staff work with in JupyterLab beside formgrader: the queue of texts, and everybody's points.

`waiting` finds what waits, `desk` opens and marks one text after another, `queue_page` and `grades_page`
show it.
"""
