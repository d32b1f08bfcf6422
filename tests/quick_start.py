"""A plugin that pytest loads before all others: without it, each of its starts takes two seconds more.

nbval imports jsonschema, which builds the 38 grammars of ``rfc3987_syntax`` for two formats that nothing here checks.
Where that is not installed, it goes on without.
"""

import sys

sys.modules["rfc3987_syntax"] = None  # Python's own way to say: not installed
