"""First page of the site, and the page of licenses: templates of ``landing``, filled in from what was built."""

from __future__ import annotations

import json
import re
from html import escape
from pathlib import Path
from string import Template

import start
from deploy.lessons import Lesson, read_lessons
from deploy.site.first_visit import File, find_page_files, find_python_files
from deploy.site.licenses import Package, find_script_packages, find_wheels, read_runtime

__all__ = ["write_landing_page"]

PARTS = Path(__file__).parent / "landing"
LOOK = start.ROOT / "helpers/emulator/display/static/components"
SHEETS = (LOOK / "tokens.css", LOOK / "base.css", LOOK / "button.css", PARTS / "landing.css")
"""Styles: the portal's colors and buttons, then the page's own."""


def write_landing_page(site: Path) -> None:
    """Write both pages, and what they load, to a site that was built.

    Raises:
        SiteError: a file is missing that a first visit fetches.
    """
    python, page = find_python_files(site), find_page_files(site)
    folder = site / "landing"
    folder.mkdir(exist_ok=True)
    _write(folder / "landing.css", "\n".join(map(_read, SHEETS)))
    for path in PARTS.glob("*.js"):
        _write(folder / path.name, _read(path))
    _write(folder / "python_files.json", json.dumps([[each.path, each.size] for each in python]))
    _write(site / "index.html", _fill_in("index.html", **_describe_load([*python, *page]), **_describe_site(python)))
    _write(site / "licenses.html", _fill_in("licenses.html", **_describe_licenses(site)))


def _describe_load(files: list[File]) -> dict[str, str]:
    packed = sum(each.packed for each in files)
    return {
        "size": _megabytes(sum(each.size for each in files)),
        "packed": _megabytes(packed),
        "seconds_at_10": str(round(packed * 8 / 10e6)),
        "seconds_at_50": str(round(packed * 8 / 50e6)),
    }


def _describe_site(python: list[File]) -> dict[str, str]:
    browsers = json.loads(_read(PARTS / "browsers.json"))
    rows = (f"<tr>{''.join(f'<td>{escape(text)}</td>' for text in each.values())}</tr>" for each in browsers)
    lessons = read_lessons()
    return {
        "python_size": _megabytes(sum(each.size for each in python)),
        "first": lessons[0].path.name,
        "lessons": "\n".join(map(_card, lessons)),
        "browsers": "\n".join(rows),
    }


def _card(lesson: Lesson) -> str:
    title, name = f"{lesson.number} {_inline(lesson.title)}", lesson.path.name
    return f"""<li>
  <h3><a href="notebooks/index.html?path={name}">{title}</a></h3>
  <p>{_inline(lesson.goal)}</p>
  <p class="foot">
    <span>{lesson.alone} minutes</span>
    <a href="notebooks/index.html?path=solutions/{name}">Solution <span class="tr-spoken">of {title}</span></a>
  </p>
</li>"""


def _describe_licenses(site: Path) -> dict[str, str]:
    return {
        "runtime": "\n".join(map(_describe_package, read_runtime(site))),
        "wheels": "\n".join(map(_describe_package, find_wheels(site))),
        "scripts": "\n".join(map(_describe_package, find_script_packages(site))),
    }


def _describe_package(package: Package) -> str:
    name = f"<b>{escape(package.name)}</b> {escape(package.version)}: {escape(package.license)}"
    link = f'<p><a href="{escape(package.link)}">{escape(package.link)}</a></p>' if package.link else ""
    texts = "".join(f"<pre>{escape(text)}</pre>" for text in package.texts)
    return f"<li><details><summary>{name}</summary>{link}{texts}</details></li>" if texts else f"<li>{name}{link}</li>"


def _fill_in(template: str, **values: str) -> str:
    return Template(_read(PARTS / template)).substitute(values)


def _inline(markdown: str) -> str:
    """Return HTML of a title or a goal, which has no Markdown but code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", escape(markdown, quote=False))


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.0f}"


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
