"""curl in a page: ``%%bash`` cells that run nothing but curl, with the requests that the real one sends."""
