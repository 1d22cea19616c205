"""What all requests of a process share: whatever modules and classes hold, as a comparable description."""

import gc
import logging
import sys
from functools import partial
from types import CellType, FunctionType, MethodType, ModuleType

PACKAGES = (
    *("sites", "home", "knowledge", "search", "thinka_portal"),
    *("wagtail", "wagtail_localize", "modelcluster", "taggit", "guardian", "django_filters", "modelsearch"),
    *("draftjs_exporter", "laces", "permissionedforms", "treebeard", "django"),
)
PLAIN = (str, bytes, int, float, complex, type(None))
CONTAINERS = (dict, list, tuple, set, frozenset)
# What is logged is kept for nobody but the log; pytest keeps it, too.
LOGGING = (logging.Logger, logging.Manager, logging.Handler)
DESCRIPTIONS = ("__doc__", "__module__", "__dict__", "__weakref__")


def snapshot() -> tuple[dict[str, str], list]:
    """Return what is held under each path, and the things themselves: their ids tell while these live."""
    gc.collect()
    modules = [
        (name, module) for name, module in sorted(sys.modules.items()) if module is not None and _ours(name)
    ]
    waiting, seen, found, kept = list(reversed(modules)), set(), {}, []
    while waiting:
        path, thing = waiting.pop()
        if id(thing) in seen or issubclass(type(thing), PLAIN):
            continue
        seen.add(id(thing))
        kept.append(thing)
        held = _held(path, thing)
        found.update((name, _describe(each)) for name, each in held)
        waiting += reversed(held)
    return found, kept


def _ours(name: str) -> bool:
    return any(name == package or name.startswith(f"{package}.") for package in PACKAGES)


def _describe(thing) -> str:
    kind = type(thing)
    if issubclass(kind, PLAIN):
        return repr(thing)
    size = f", {len(thing)}" if issubclass(kind, CONTAINERS) else ""
    return f"{kind.__qualname__} {id(thing)}{size}"


def _held(path: str, thing) -> list[tuple[str, object]]:
    """Return what `thing` holds, each with its path. Asks nothing of it: what is lazy would begin."""
    kind = type(thing)
    if issubclass(kind, LOGGING):
        return []
    if issubclass(kind, ModuleType):
        return [
            (f"{thing.__name__}.{name}", held)
            for name, held in list(vars(thing).items())
            if _ours(thing.__name__) and not name.startswith("__")
        ]
    if issubclass(kind, type):
        where = f"{thing.__module__}.{thing.__qualname__}"
        names = list(vars(thing).items()) if _ours(thing.__module__) else ()
        return [(f"{where}.{name}", held) for name, held in names if name not in DESCRIPTIONS]
    held = []
    if issubclass(kind, dict):
        held += [(f"{path}[{_name(key)}]", each) for key, each in list(thing.items())]
    elif issubclass(kind, CONTAINERS):
        held += [(f"{path}[{number}]", each) for number, each in enumerate(list(thing))]
    elif issubclass(kind, MethodType):
        return [(path, thing.__func__), (f"{path}.self", thing.__self__)]
    elif issubclass(kind, FunctionType):
        cells = dict(zip(thing.__code__.co_freevars, thing.__closure__ or (), strict=False))
        held += [
            (f"{path}<{name}>", cell.cell_contents) for name, cell in cells.items() if cell != CellType()
        ]
        held += [(f"{path}<defaults>", thing.__defaults__)]
    elif issubclass(kind, staticmethod | classmethod):
        return [(path, thing.__func__)]
    elif issubclass(kind, property):
        return [(f"{path}.get", thing.fget)]
    elif issubclass(kind, partial):
        parts = (("function", thing.func), ("arguments", thing.args), ("names", thing.keywords))
        held += [(f"{path}.{name}", each) for name, each in parts]
    return held + [(f"{path}.{name}", each) for name, each in _attributes(thing).items()]


def _name(key) -> str:
    return repr(key)[:80] if issubclass(type(key), (*PLAIN, type)) else f"{type(key).__qualname__} {id(key)}"


def _attributes(thing) -> dict:
    found = {}
    for base in type(thing).__mro__:
        names = base.__dict__.get("__slots__", ())
        for name in (names,) if isinstance(names, str) else names:
            try:
                found[name] = object.__getattribute__(thing, name)
            except AttributeError:
                continue
    try:
        return found | object.__getattribute__(thing, "__dict__")
    except (AttributeError, TypeError):
        return found
