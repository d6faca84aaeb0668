"""``python -m let_it_ride``."""

import sys

from let_it_ride.cli import main

if __name__ == "__main__":
    sys.exit(main())
