"""Every change to code that is not ours: Wagtail, wagtail-localize, Django, and what they bring.

One module per thing patched. Its docstring says what is wrong or missing upstream, what the patch does and
where it was reported; `PATCHED` names the objects whose source the patch was written for, with the digest
of that source; a function `apply` puts it in place. A subclass, a setting or a hook that upstream offers is
no patch and lives with its subject. Front door: `apply`, called once when the apps are ready, and
`changed_upstream`, which the tests ask.
"""

import inspect
from hashlib import sha256
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType


def patches() -> list[ModuleType]:
    """All patches, in the order of their names."""
    return [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]


def apply() -> None:
    """Put all patches in place; once per process."""
    for patch in patches():
        patch.apply()


def digest(source: object) -> str:
    """The first 12 hexadecimal digits of the SHA-256 of the source of a module, class or function."""
    return sha256(inspect.getsource(source).encode()).hexdigest()[:12]


def resolve(path: str) -> object:
    """The object named by `path`, "package.module:Class.method", or the module "package.module".

    Raises ImportError or AttributeError where there is none.
    """
    module, _, names = path.partition(":")
    found = import_module(module)
    for name in filter(None, names.split(".")):
        found = inspect.getattr_static(found, name)
    return inspect.unwrap(getattr(found, "__func__", found)) if callable(found) or names else found


def changed_upstream() -> list[str]:
    """Say for each patched object whose source is no longer what the patch was written for, what to look at.

    Only meaningful in a process in which `apply` was not called: afterwards the patch itself stands there.
    """
    found = []
    for patch in patches():
        for path, expected in patch.PATCHED.items():
            try:
                now = digest(resolve(path))
            except (ImportError, AttributeError):
                now = "gone"
            if now != expected:
                found.append(f"{patch.__name__}: {path} is {now}, written for {expected}")
    return found
