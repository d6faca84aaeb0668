"""One round of Let It Ride, exactly: cards, hand categories, paytables, strategies, odds."""
