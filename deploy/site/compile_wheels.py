"""Compilation of wheels by the Python that will import them: Pyodide runs this, see ``compile_wheels.mjs``.

A page would otherwise compile each module at its first import, in every visit. Sources stay, for tracebacks.
"""

from __future__ import annotations

import py_compile
import re
import sys
from pathlib import Path
from py_compile import PycInvalidationMode
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

__all__ = ["compile_wheel"]

# Rarely or never imported: other products of Twilio, descriptions of types, lexers of other languages, and tests.
_LEFT_AS_SOURCE = re.compile(r"twilio/rest/(?!__init__|taskrouter/)|third_party/|pygments/lexers/|/tests?/|\.data/")
_MACHINE_CODE = re.compile(r"\.cpython-\d+-\w+-linux-gnu\.so$")


def compile_wheel(source: Path, target: Path) -> None:
    """Write the wheel ``source`` to ``target`` with compiled modules, and without machine code of other machines."""
    with ZipFile(source) as old, ZipFile(target, "w") as new:
        for name in old.namelist():
            if not _MACHINE_CODE.search(name) and not name.endswith("/"):
                _add(new, name, data := old.read(name))
                if name.endswith(".py") and not _LEFT_AS_SOURCE.search(name):
                    _add(new, _compiled_name(name), _compile(name, data))


def _compiled_name(name: str) -> str:
    folder, _, module = name.rpartition("/")
    return f"{folder}/__pycache__/{module.removesuffix('.py')}.{sys.implementation.cache_tag}.pyc".lstrip("/")


def _compile(name: str, source: bytes) -> bytes:
    """Return the content of the compiled file, which is never compared with its source."""
    with TemporaryDirectory() as folder:
        module, compiled = Path(folder) / "module.py", Path(folder) / "module.pyc"
        module.write_bytes(source)
        told = f"/lib/python3.14/site-packages/{name}"  # the file's name in tracebacks
        kind = PycInvalidationMode.UNCHECKED_HASH
        py_compile.compile(str(module), str(compiled), dfile=told, doraise=True, invalidation_mode=kind)
        return compiled.read_bytes()


def _add(wheel: ZipFile, name: str, data: bytes) -> None:
    wheel.writestr(ZipInfo(name), data, ZIP_DEFLATED, 9)  # of ZIP's first day, so that each build gives the same bytes
