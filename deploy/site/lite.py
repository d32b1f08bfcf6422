"""Build of JupyterLite with our kernel, our notebooks and our layout."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import start
from deploy.site.contents import write_contents
from deploy.site.files import Files, run
from deploy.site.runtime import OURS

__all__ = ["build_lite"]

_KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
_ENVIRONMENT = {
    "HOME": "/home/pyodide",
    "TASKROUTER_GROUND": "page",
    "TASKROUTER_PROGRESS": "/drive/.local/progress.json",  # in the browser's storage, where the notebooks are, too
}


def _open_markdown_in(viewer: str) -> dict[str, Any]:
    return {"@jupyterlab/docmanager-extension:plugin": {"defaultViewers": {"markdown": viewer}}}


_CONFIGURATION = {
    "appName": "TaskRouter Notebooks",
    "enableServiceWorkerCache": True,  # lessons open without a network, from the second visit on
    # A lesson's links to the glossary open a page without JupyterLab, where the preview of Markdown stays empty.
    "settingsOverrides": _open_markdown_in("Editor"),
    "litePluginSettings": {
        _KERNEL: {
            "disablePyPIFallback": True,  # everything comes from this site
            "loadPyodideOptions": {"packages": [OURS], "env": _ENVIRONMENT},
        }
    },
}
_LAB = {"settingsOverrides": _open_markdown_in("Markdown Preview")}
_EXTENSIONS = ("anywidget", "jupyterlab_widgets", "jupyterlite_pyodide_kernel")


def build_lite(files: Files, runtime: Path, folder: Path, target: Path) -> None:
    """Build JupyterLite in ``target``, an empty folder; ``folder`` is another one, for what is made on the way.

    Raises:
        SiteError: JupyterLite couldn't be built.
    """
    folder.mkdir()
    write_contents(folder / "contents")
    _write_configuration(folder, _CONFIGURATION)
    _write_configuration(folder / "lab", _LAB)
    (folder / "overrides.json").write_text(json.dumps(_settings()), encoding="utf-8")
    build = {
        "apps": ["lab", "notebooks", "edit", "tree"],  # a lesson's links to the glossary lead to edit
        "contents": [str(folder / "contents")],
        "federated_extensions": [
            str(start.ROOT / "helpers/lab/extension"),
            *(str(next(files.tool_wheels.glob(f"{name}-*.whl"))) for name in _EXTENSIONS),
        ],
        "ignore_sys_prefix": ["federated_extensions"],  # only what is pinned
        "no_sourcemaps": True,
        "no_unused_shared_packages": True,
        "output_dir": str(target),
    }
    settings = {"LiteBuildConfig": build, "PyodideAddon": {"pyodide_url": str(runtime)}}
    (folder / "jupyter_lite_config.json").write_text(json.dumps(settings), encoding="utf-8")
    environment = {**os.environ, "PYTHONPATH": str(files.tools)}
    run([str(start.venv_python()), "-m", "jupyterlite_core.app", "build"], cwd=folder, env=environment)


def _settings() -> dict[str, dict[str, Any]]:
    """Return JupyterLab's settings: those of every learner, and what is otherwise in a web page."""
    ours, pages = (
        json.loads(path.read_text(encoding="utf-8"))
        for path in (start.ROOT / "helpers/lab/overrides.json", Path(__file__).with_name("overrides.json"))
    )
    return {plugin: {**ours.get(plugin, {}), **pages.get(plugin, {})} for plugin in ours | pages}


def _write_configuration(folder: Path, data: dict[str, Any]) -> None:
    folder.mkdir(exist_ok=True)
    configuration = {"jupyter-lite-schema-version": 0, "jupyter-config-data": data}
    (folder / "jupyter-lite.json").write_text(json.dumps(configuration), encoding="utf-8")
