"""The base of widgets that a server makes by the hundred."""

from typing import Any

import anywidget
import traitlets


class QuickWidget(anywidget.AnyWidget):
    """An anywidget without a class of its own for each instance.

    anywidget adds the trait `_anywidget_id` to every instance, for which traitlets makes a new class
    each time: a third of what a question costs. Here the class has that trait.
    """

    _anywidget_id = traitlets.Unicode().tag(sync=True)

    def add_traits(self, **new: Any) -> None:
        """Add traits, but for those there are."""
        if missing := {name: trait for name, trait in new.items() if not self.has_trait(name)}:
            super().add_traits(**missing)
