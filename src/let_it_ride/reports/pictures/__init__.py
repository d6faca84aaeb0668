"""What pictures of a run show: the same numbers and words on the screen and on a page."""
