"""Output of cells: words, a static table and, where widgets can be drawn, a live one."""
