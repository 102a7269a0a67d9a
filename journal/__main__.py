"""`python -m journal` is `bothways`."""

import sys

from journal.cli import main

sys.exit(main())
