"""What IPython runs as a kernel of ``tests/on_page.py`` starts; it leaves no name behind."""

from tests.notebooks import page_guard

page_guard.begin(get_ipython())  # noqa: F821
del page_guard
