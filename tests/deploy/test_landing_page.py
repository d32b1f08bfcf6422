"""The site's first page: a card for each lesson, true sizes, all licenses, and nothing from another host."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit
from zipfile import ZipFile

import pytest

from deploy.lessons import read_lessons
from deploy.site import landing_page
from deploy.site.contents import write_contents
from deploy.site.files import PINS, SiteError
from deploy.site.first_visit import File, find_page_files, find_python_files, recorded_patterns
from deploy.site.licenses import find_wheels
from deploy.site.runtime import OURS

WHEELS = re.findall(r"^([\w.-]+)==(\S+)", (PINS / "wheels.txt").read_text("utf-8"), re.MULTILINE)
LOADER = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "python_stdlib.zip")


class Links(HTMLParser):
    """Addresses in a page: those of links that one can follow, and those that the browser loads by itself."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.followed: list[str] = []
        self.loaded: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note what an element names."""
        found = [value for name, value in attrs if name in ("href", "src") and value]
        (self.followed if tag == "a" else self.loaded).extend(found)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A site like a built one, its files small, with our two pages in it."""
    folder = tmp_path_factory.mktemp("built") / "site"
    write_contents(folder / "files")
    for pattern in [*recorded_patterns(), "lab/index.html", *(f"static/pyodide/{name}" for name in LOADER)]:
        path = folder / pattern.replace("*", "0c1d2e3")
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.suffix == ".whl":
            make_wheel(path, path.name.partition("-")[0], "0.8.6")
        elif not path.exists():
            path.write_text(f"{path.name} " * 100, "utf-8")
    make_runtime(folder / "static/pyodide")
    packages = [{"name": "lumino", "versionInfo": "2.1", "licenseId": "BSD-3-Clause", "extractedText": "Be <good>."}]
    (folder / "build/third-party-licenses.json").write_text(json.dumps({"packages": packages}), "utf-8")
    landing_page.write_landing_page(folder)
    return folder


def make_runtime(folder):
    """Write wheels of all packages, and what Pyodide says about itself and about them."""
    described = {}
    for name, version in [*WHEELS, (OURS, "0.1.0")]:
        path = folder / f"{name}-{version}-py3-none-any.whl"
        make_wheel(path, name, version)
        described[name] = {"file_name": path.name, "depends": []}
    described[OURS]["depends"] = [name for name, _ in WHEELS if name not in ("micropip", "packaging")]
    lock = {"info": {"python": "3.14.2"}, "packages": described}
    (folder / "pyodide-lock.json").write_text(json.dumps(lock), "utf-8")
    about = {"version": "314.0.7", "license": "MPL-2.0", "homepage": "https://example.com/pyodide"}
    (folder / "package.json").write_text(json.dumps(about), "utf-8")


def make_wheel(path, name, version, about="License-Expression: MIT\nProject-URL: Source, https://example.com/"):
    """Write a wheel that has nothing but metadata and a license text."""
    with ZipFile(path, "w") as wheel:
        wheel.writestr(f"{name}-{version}.dist-info/METADATA", f"Name: {name}\nVersion: {version}\n{about}\n\n")
        wheel.writestr(f"{name}-{version}.dist-info/licenses/LICENSE", f"The license of {name}")


def page(site, name="index.html"):
    """Text of a page."""
    return (site / name).read_text("utf-8")


def test_each_lesson_has_a_card(site):
    """A card links to the lesson, alone in its page, and to its solution, and says the minutes and the goal."""
    cards = re.search(r'<ol class="lessons">(.*?)</ol>', page(site), re.DOTALL)[1].split("</li>")[:-1]
    lessons = read_lessons()

    assert len(cards) == len(lessons) > 13
    for card, lesson in zip(cards, lessons, strict=True):
        assert f'notebooks/index.html?path={lesson.path.name}">{lesson.number} {lesson.title}</a>' in card
        assert f"path=solutions/{lesson.path.name}" in card
        assert f"{lesson.alone} minutes" in card
        assert lesson.goal in card


@pytest.mark.parametrize("name", ["index.html", "licenses.html"])
def test_links_lead_to_files(site, name):
    """Each address in the pages is a file of the site, and so is the document that it opens."""
    links = Links(page(site, name))
    here = [urlsplit(link) for link in [*links.followed, *links.loaded] if ":" not in link]

    assert here
    assert [link for link in here if not (site / (link.path or name)).is_file()] == []
    assert [
        link for link in here for path in parse_qs(link.query).get("path", []) if not (site / "files" / path).is_file()
    ] == []
    assert [
        link for link in here if link.fragment and f'id="{link.fragment}"' not in page(site, link.path or name)
    ] == []


def test_nothing_comes_from_another_host(site):
    """The pages load nothing from elsewhere; the only links to other hosts are those of packages, in their list."""
    assert all(not re.match(r"\w+:|//", link) or link.startswith("data:") for link in Links(page(site)).loaded)
    assert Links(page(site, "licenses.html")).loaded == Links(page(site)).loaded[:2]
    texts = [page(site), *(path.read_text("utf-8") for path in (site / "landing").iterdir())]

    addresses = {found for text in texts for found in re.findall(r"https?://[^\s<\"')]+", text)}
    assert addresses == {"http://www.w3.org/2000/svg", "http://localhost:8000/"}


def test_sizes_are_those_of_the_files(site):
    """What a first visit fetches is measured; a server that compresses doesn't compress packages again."""
    files = [*find_python_files(site), *find_page_files(site)]

    for file in files:
        data = (site / file.path).read_bytes()
        packed = len(data) if file.path.endswith((".whl", ".zip")) else len(gzip.compress(data, 6))
        assert (file.size, file.packed) == (len(data), packed)
    assert len({file.path for file in files}) == len(files) > 150


def test_page_says_the_sizes(site, tmp_path, monkeypatch):
    """The page tells the sums, and how long the smaller one takes."""
    monkeypatch.setattr(landing_page, "find_python_files", lambda _: [File("a.wasm", 30_000_000, 20_000_000)])
    monkeypatch.setattr(landing_page, "find_page_files", lambda _: [File("b.js", 10_000_000, 5_000_000)])
    landing_page.write_landing_page(shutil.copytree(site, tmp_path / "site"))
    words = " ".join(re.sub("<[^>]+>", "", page(tmp_path / "site")).split())

    assert "25 MB if this site's server compresses, and 40 MB if it doesn't" in words
    assert "25 MB take about 20 seconds, and at 50 Mbit/s about 4" in words
    assert "0 of 30 MB" in words


def test_every_package_is_loaded_ahead(site):
    """What the button loads has each package of wheels.txt but one that no lesson needs."""
    listed = {
        path.rpartition("/")[2].rpartition("-py3")[0] for path, _ in json.loads(page(site, "landing/python_files.json"))
    }

    assert {f"{name}-{version}" for name, version in WHEELS} - listed == {f"packaging-{dict(WHEELS)['packaging']}"}


def test_missing_file_is_named(site):
    """A site without a file that the list names isn't finished: JupyterLite has changed."""
    [path] = site.glob("build/jlab_core.*.js")
    kept = path.rename(path.with_suffix(".kept"))

    with pytest.raises(SiteError, match=r"jlab_core\.\*\.js"):
        find_page_files(site)
    kept.rename(path)


def test_licenses_name_every_package(site):
    """The list has each package of wheels.txt, Pyodide, CPython and JupyterLab's packages, with their texts."""
    words = page(site, "licenses.html")

    for name, version in WHEELS:
        assert f"<b>{name}</b> {version}: MIT" in words
        assert f"The license of {name}<" in words
    assert "<b>Pyodide</b> 314.0.7: MPL-2.0" in words
    assert "<b>CPython</b> 3.14.2: PSF-2.0" in words
    assert [words.count(f"The license of {name}<") for name in ("micropip", "typing-extensions", "six")] == [2, 2, 1]
    assert "<b>lumino</b> 2.1: BSD-3-Clause" in words
    assert "Be &lt;good&gt;." in words


@pytest.mark.parametrize(
    ("about", "name"),
    [
        ("License-Expression: MPL-2.0", "MPL-2.0"),
        ("License: Apache 2.0", "Apache 2.0"),
        (
            "License: Copyright (c) 2022\n\tAll rights\nClassifier: License :: OSI Approved :: BSD License",
            "BSD License",
        ),
        ("Classifier: License :: OSI Approved :: MIT License", "MIT License"),
        ("Classifier: Typing :: Typed", "The license of some"),
    ],
)
def test_license_has_a_name(tmp_path, about, name):
    """A package names its license in one of three ways, or in the first line of the text."""
    make_wheel(tmp_path / "some-1.whl", "some", "1", about)

    assert [package.license for package in find_wheels(tmp_path)] == [name]


def test_lessons_find_their_settings(site):
    """JupyterLite's pages read settings from the first page, too, so it has an element for them, as theirs have."""
    assert '<script id="jupyter-config-data" type="application/json" data-jupyter-lite-root=".">{}</script>' in page(
        site
    )
