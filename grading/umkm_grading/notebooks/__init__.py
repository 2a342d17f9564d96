"""Notebooks trainees wrote in JupyterLab: taken in, run in a sandbox, shown to staff; never trusted.

Points come from the answers beside the notebook, marked by the released sheet in a process of our
own. What a trainee's notebook does changes what staff see, never what anybody gets.
"""
