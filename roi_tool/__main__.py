"""`python -m roi_tool` is the same as `roi-tool`."""

import sys

from roi_tool.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
