"""The modules of the benchmarks are beside their scripts, not in the package.

The tests have a folder of their own, since each script beside the benchmarks is one of them.
"""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
