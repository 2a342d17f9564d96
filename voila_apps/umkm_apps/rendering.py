"""A notebook becomes a page: Voila's renderer, without the handler around it.

Voila's own handler starts a new kernel at each request, loses a failure in the middle (the reader
waits for ever) and keeps nothing; here the pieces only are made.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

from voila.notebook_renderer import NotebookRenderer
from voila.utils import get_page_config


async def render_notebook(handler: Any, path: str) -> AsyncIterator[str]:
    """Run a notebook in a kernel of its own and give its page piece by piece.

    Args:
        handler: The request it is for; Voila's prelaunch hook gets to see it.
        path: The notebook, below the server's root.
    """
    server = handler.class_server
    configuration = server.voila_configuration
    shared = {
        "base_url": handler.base_url,
        "settings": handler.settings,
        "log": handler.log,
        "voila_configuration": configuration,
    }
    renderer = NotebookRenderer(
        request_handler=handler,
        voila_configuration=configuration,
        traitlet_config=server.config,
        notebook_path=path,
        template_paths=server.template_paths,
        config_manager=handler.config_manager,
        contents_manager=handler.contents_manager,
        base_url=handler.base_url,
        kernel_spec_manager=handler.kernel_spec_manager,
        page_config=get_page_config(**shared),
        mathjax_config=handler.settings.get("mathjax_config"),
        mathjax_url=handler.settings.get("mathjax_url"),
    )
    await renderer.initialize(template=None, theme=None)
    kernels = server.kernel_manager
    kernel_id = await kernels.start_kernel(
        kernel_name=renderer.notebook.metadata.kernelspec.name, path=path.rpartition("/")[0]
    )
    kernel = kernels.get_kernel(kernel_id)
    async for piece, _resources in renderer.generate_content_generator(kernel_id, kernel):
        yield piece
