"""Running notebooks that trainees wrote in JupyterLab in a sandbox: they are never trusted.

Points come from the answers beside the notebook, marked by the released notebook in a process of
our own. What a trainee's notebook does changes what staff see, never what anybody gets.
"""
