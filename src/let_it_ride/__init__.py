"""Let It Ride: exact odds and simulated sessions of the casino game."""

__version__ = "0.1.0"
