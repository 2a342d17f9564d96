"""Run notebooks that trainees wrote in JupyterLab, in a sandbox: they are never trusted.

Points come from the answers beside the notebook, marked by the released notebook in a process of
our own. A trainee's notebook changes what staff see, never points.
"""
