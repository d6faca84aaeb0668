"""What the workspace is made of: the form and its rows, the text, the odds, the run."""
