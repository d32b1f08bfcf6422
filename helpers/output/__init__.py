"""What a cell shows: words, a static table and, where widgets can be drawn, a live one."""
