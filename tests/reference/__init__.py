"""Let It Ride played slowly: the rules written out plainly, to hold the program against.

The player (`player` and what it imports: `cards`, `hands`, `features`, `paytables`, `strategies`,
`betting`, `bonus`) is written from the specification alone. It shares no code and no
representation with the program: cards are pairs of a rank and a suit, hands are counted, money is
whole cents, and every rule is one plain `if`. It takes a configuration as the plain mapping a TOML
file gives.

`streams` writes the random numbers out in plain Python. `every_hand` goes through all hands at
once with numpy, and `deal_classes` finds the cards of each deal class of the program's table.
"""
