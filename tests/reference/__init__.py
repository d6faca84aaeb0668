"""Let It Ride played slowly: the rules written out plainly, to hold the program against.

The player (`player` and what it imports: `cards`, `hands`, `features`, `paytables`, `meter`,
`strategies`, `expressions`, `betting`, `bonus`, `books`) and a table of several (`seats`) are
written from the specification alone. They share no code and no representation with the program:
cards are pairs of a rank and a suit, hands are counted, money is whole cents, and every rule is one
plain `if`. They take a configuration as the plain mapping a TOML file gives; `corners` has some
configurations at the corners of the rules, and `configurations` draws any number of others.

`session_laws` lets players play every deal that can come, which gives the exact law of a session of
a few hands; `flat_sessions` is a walk over the profits of flat bets.

`streams` writes the random numbers out in plain Python. `every_hand` goes through all hands at
once with numpy, and `deal_classes` finds the cards of each deal class of the program's table.
"""
