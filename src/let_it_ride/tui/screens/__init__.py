"""The workspace, and the dialogs that open over it."""
