"""Widgets and tools of many people run in one process, in threads: none changes what belongs to all.

What a page knows hangs on its own objects. So no function of `umkm_tools` or `umkm_widgets` changes a
variable of a module, an attribute of a class, or a setting of the process. What is allowed all the same
is named here with its reason.
"""

import ast
from pathlib import Path

import pytest

PACKAGES = ("voila_apps/umkm_tools", "widgets/umkm_widgets")
ALLOWED = {
    ("umkm_widgets/front.py", "_addresses"): "addresses of built files, set once when a process starts",
    ("umkm_widgets/front.py", "cache _digest"): "of our own scripts and styles, as many as there are files",
    ("umkm_widgets/front.py", "cache module_of"): "one script a kind of question",
    ("umkm_widgets/front.py", "cache style_of"): "one style sheet a kind of question",
    ("umkm_widgets/misunderstanding_table.py", "cache _read"): "one table a course",
    ("umkm_tools/registry.py", "cache tools"): "the tools there are",
    ("umkm_widgets/session.py", "Path.cwd"): "only where no page is at work: a notebook in JupyterLab",
    ("umkm_widgets/practice_question.py", "Path.cwd"): "only where no folder is given: JupyterLab",
    ("umkm_widgets/sheet.py", "Path.cwd"): "sheets of JupyterLab, whose kernel has one notebook",
}  # fmt: skip

_CHANGES = {
    "add", "append", "appendleft", "clear", "discard", "extend", "insert", "pop", "popitem", "remove", "reverse",
    "setdefault", "sort", "update",
}  # fmt: skip
_CACHES = {"cache", "lru_cache"}
#: Settings of a process, and what says where it stands.
_OF_THE_PROCESS = {
    "Path.cwd", "asyncio.get_running_loop", "asyncio.get_event_loop", "csv.field_size_limit", "decimal.getcontext",
    "decimal.setcontext", "getcontext", "get_running_loop", "locale.setlocale", "os.chdir", "os.environ.pop",
    "os.environ.setdefault", "os.environ.update", "os.getcwd", "os.putenv", "os.umask", "random.seed", "setcontext",
    "signal.signal", "sys.setrecursionlimit", "sys.setswitchinterval", "warnings.filterwarnings",
    "warnings.simplefilter",
}  # fmt: skip


def changes_in(source):
    """Return what the functions of a module change that is not theirs, as names."""
    tree = ast.parse(source)
    of_module = _bound(tree.body) | {
        alias.asname or alias.name.partition(".")[0]
        for node in tree.body
        if isinstance(node, ast.Import | ast.ImportFrom)
        for alias in node.names
    }
    return {found for function in _functions(tree) for found in _changes(function, of_module)}


def _functions(tree):
    """Yield the outermost functions: those of the module and the methods of its classes."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node
        elif not isinstance(node, ast.Lambda):
            yield from _functions(node)


def _bound(nodes):
    """Return the names that some statements bind: variables, functions and classes."""
    found = set()
    for top in nodes:
        if isinstance(top, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            found.add(top.name)
            continue
        for node in ast.walk(top):
            if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                found.add(node.id)
    return found


def _own_names(function):
    arguments = {node.arg for node in ast.walk(function) if isinstance(node, ast.arg)}
    stored = {
        node.id
        for node in ast.walk(function)
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)
    }
    shared = {
        name for node in ast.walk(function) if isinstance(node, ast.Global) for name in node.names
    }
    return (arguments - {"cls"}) | (stored - shared)


def _changes(function, of_module):
    own = _own_names(function)

    def is_shared(node):
        if isinstance(node, ast.Call):  # type(self)
            return isinstance(node.func, ast.Name) and node.func.id == "type"
        if isinstance(node, ast.Attribute):
            return is_shared(node.value) or node.attr == "__class__"
        return isinstance(node, ast.Name) and (
            node.id == "cls" or (node.id in of_module and node.id not in own)
        )

    for decorator in function.decorator_list:
        called = decorator.func if isinstance(decorator, ast.Call) else decorator
        if ast.unparse(called).rpartition(".")[2] in _CACHES:
            yield f"cache {function.name}"
    for node in ast.walk(function):
        if isinstance(node, ast.Global):
            yield from node.names
        elif isinstance(node, ast.Call):
            called = ast.unparse(node.func)
            if called in _OF_THE_PROCESS:
                yield called
            elif (
                isinstance(node.func, ast.Attribute)
                and node.func.attr in _CHANGES
                and is_shared(node.func.value)
            ):
                yield ast.unparse(node.func.value)
        elif (
            isinstance(node, ast.Attribute | ast.Subscript)
            and not isinstance(node.ctx, ast.Load)
            and is_shared(node.value)
        ):
            yield ast.unparse(node.value)


@pytest.mark.parametrize(
    ("body", "changed"),
    [
        ("known = {}\ndef f(x):\n    known[x] = 1", {"known"}),
        ("known = {}\ndef f(x):\n    known.update(x)", {"known"}),
        ("known = []\ndef f(x):\n    known.append(x)", {"known"}),
        ("known = []\ndef f(x):\n    known = []\n    known.append(x)", set()),
        ("n = 0\ndef f():\n    global n\n    n += 1", {"n"}),
        ("class A:\n    known = []\n    def f(self, x):\n        A.known.append(x)", {"A.known"}),
        ("class A:\n    def f(self, x):\n        type(self).last = x", {"type(self)"}),
        ("class A:\n    @classmethod\n    def f(cls, x):\n        cls.last = x", {"cls"}),
        ("class A:\n    def f(self, x):\n        self.last = x", set()),
        ("import os\ndef f():\n    os.chdir('/')", {"os.chdir"}),
        ("import os\ndef f():\n    os.environ['A'] = '1'", {"os.environ"}),
        ("import sys\nsys.setswitchinterval(1)\ndef f():\n    pass", set()),
        ("from functools import lru_cache\n@lru_cache(maxsize=None)\ndef f(x):\n    return x", {"cache f"}),
        ("import x\ndef f():\n    x.setting = 1", {"x"}),
        ("def f():\n    def g():\n        import locale\n        locale.setlocale(0)\n", {"locale.setlocale"}),
    ],
)  # fmt: skip
def test_the_check_finds_what_belongs_to_all(body, changed):
    assert changes_in(body) == changed


def test_no_tool_or_widget_changes_what_belongs_to_the_process(request):
    root = request.config.rootpath
    found = set()
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            name = f"{Path(package).name}/{path.relative_to(root / package).as_posix()}"
            # Runs alone in a process that ends.
            if name == "umkm_widgets/photo_child.py":
                continue
            found |= {(name, what) for what in changes_in(path.read_text(encoding="utf-8"))}
    assert found - ALLOWED.keys() == set()
    # What is no longer so needs no permission.
    assert ALLOWED.keys() - found == set()
