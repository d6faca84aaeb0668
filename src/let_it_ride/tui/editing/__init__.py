"""A configuration while it is being edited: its text, its values, its problems. No widgets."""
