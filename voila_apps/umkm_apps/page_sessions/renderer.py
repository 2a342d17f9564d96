"""Rendering of a notebook as a page: Voila's renderer without its handler.

Voila's own handler starts a new kernel at each request, loses a failure in the middle (the reader
waits for ever) and keeps nothing; here the pieces only are made.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from functools import partial
from typing import Any, TypeVar, cast

from jupyter_server.base.handlers import JupyterHandler
from nbformat import NotebookNode
from nbformat.v4 import new_output
from voila.notebook_renderer import NotebookRenderer

from umkm.errors import UmkmError
from umkm_apps.runtime.context import context_in
from umkm_apps.runtime.page_threads import PageThreads

from .compiled_templates import CompiledTemplates
from .in_process.kernel import InProcessKernel
from .in_process.page import InProcessPage
from .kernel_manager import PageKernelManager
from .widget_state import states_as_text

#: The code of all pages' templates.
COMPILED = CompiledTemplates()

Renderer = TypeVar("Renderer", bound=NotebookRenderer)
#: Gives the outputs of a code cell of a page, by the id of the cell; called in the page's thread.
Cells = Callable[[InProcessPage, str], list[NotebookNode]]

#: What the template knows a failed cell by.
FAILED = "There was an error when executing a cell."

#: Where the template finds the states of the widgets that a cell made.
STATES = "slim_states"


class PageRenderer(NotebookRenderer):
    """Voila's renderer; each cell also brings the states of the widgets it made.

    With them a page draws its widgets at once, without asking the kernel over a slow line.
    """

    async def _jinja_cell_generator(
        self, nb: NotebookNode, kernel_id: str
    ) -> AsyncIterator[NotebookNode]:
        told: set[str] = set()
        async for cell in super()._jinja_cell_generator(nb, kernel_id):
            known = self.executor.widget_state
            if text := states_as_text(known, self.executor.widget_buffers, told):
                cell.metadata[STATES] = text
            told.update(known)
            yield cell


class InProcessRenderer(NotebookRenderer):
    """Voila's renderer for a page whose widgets live in this process: no kernel runs its cells."""

    #: Set before the page is generated.
    kernel: InProcessKernel
    cells: Cells

    async def _jinja_kernel_start(
        self, nb: NotebookNode, kernel_id: str, kernel_future: Any
    ) -> str:
        self.kernel_started = True
        return kernel_id

    async def _jinja_cell_generator(
        self,
        nb: NotebookNode,
        kernel_id: str,
    ) -> AsyncIterator[NotebookNode]:
        told: set[str] = set()
        for cell in nb.cells:
            if cell.cell_type == "code":
                await self.kernel.queue.run(partial(self._run_cell, cell, told))
            yield cell

    def _run_cell(self, cell: NotebookNode, told: set[str]) -> None:
        page = self.kernel.page
        try:
            cell.outputs = self.cells(page, cell.id)
        except UmkmError:
            self.log.exception("Cell %s cannot be shown", cell.id)
            # The template has words for it, and a page with them is made anew when it is asked for again.
            cell.outputs = [new_output("stream", name="stderr", text=FAILED)]
        known = page.states()
        if text := states_as_text(known, {}, told):
            cell.metadata[STATES] = text
        told.update(known)


async def render_in_process(
    handler: JupyterHandler,
    path: str,
    page: InProcessPage,
    threads: PageThreads,
    cells: Cells,
) -> AsyncIterator[str]:
    """Show a notebook without a kernel, and yield its page piece by piece.

    Args:
        handler: The request it is for; Voila's prelaunch hook receives it.
        path: The notebook, below the server's root.
        page: Where its widgets live.
        threads: Where it works.
        cells: Gives the outputs of a code cell by its id.
    """
    async with threads.rendering:
        renderer = await _renderer(InProcessRenderer, handler, path)
        kernels: PageKernelManager = handler.settings["kernel_manager"]
        renderer.kernel, renderer.cells = kernels.add_in_process(page, threads), cells
        async for piece, _resources in renderer.generate_content_generator(page.id, None):
            yield piece


async def render_notebook(handler: JupyterHandler, path: str) -> AsyncIterator[str]:
    """Run a notebook in a kernel of its own and yield its page piece by piece.

    Args:
        handler: The request it is for; Voila's prelaunch hook receives it.
        path: The notebook, below the server's root.
    """
    renderer = await _renderer(PageRenderer, handler, path)
    kernels: PageKernelManager = handler.settings["kernel_manager"]
    kernel_id = await kernels.start_kernel(
        kernel_name=renderer.notebook.metadata.kernelspec.name, path=path.rpartition("/")[0]
    )
    kernel = kernels.get_kernel(kernel_id)
    async for piece, _resources in renderer.generate_content_generator(kernel_id, kernel):
        yield piece


async def _renderer(kind: type[Renderer], handler: JupyterHandler, path: str) -> Renderer:
    options = context_in(handler.settings).voila
    renderer = kind(
        request_handler=handler,
        voila_configuration=options.configuration,
        traitlet_config=options.config,
        notebook_path=path,
        template_paths=options.template_paths,
        config_manager=handler.config_manager,
        contents_manager=handler.contents_manager,
        base_url=handler.base_url,
        kernel_spec_manager=handler.kernel_spec_manager,
        # What Voila would tell its own front end, which no page of ours loads: milliseconds of reading files.
        page_config={},
        mathjax_config=handler.settings.get("mathjax_config"),
        mathjax_url=handler.settings.get("mathjax_url"),
    )
    await renderer.initialize(template=None, theme=None)
    renderer.exporter.environment.bytecode_cache = COMPILED
    return cast("Renderer", renderer)
