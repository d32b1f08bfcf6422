"""Output of cells: text, a static table and, if widgets can be drawn, a live one."""
