"""What leaves the program: a run as JSON, its sessions as CSV."""
