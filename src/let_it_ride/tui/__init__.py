"""The screen: an editor for configurations, their odds, and runs of them."""
