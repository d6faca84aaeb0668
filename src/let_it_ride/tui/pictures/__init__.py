"""Pictures of a run in characters, each with what it says in words."""
