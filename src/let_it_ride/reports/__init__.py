"""What leaves the program: a run as a page, its sessions as tables, its numbers in words."""
