"""The best play for a goal: which bets ride, by the hands played and the profit.

The usual chart makes the mean of a round as high as can be. Whoever wants to leave ahead, to reach
a limit or not to be ruined does better to look at what is won so far and how long there is to go.
What a player can tell apart of three and of four cards comes to a few dozen kinds, so the best
decisions of all sessions are one backward recursion over hands and profits: the value of standing
somewhere is that of the best decisions there, the values after them being known.

Decisions that make no difference to the goal go by the chart.
"""
