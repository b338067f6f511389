"""An invented marketplace: its facts, and people who claim, answer, keep silent and decide.

Nothing is written past the real doors' functions: facts go through the feed, claims and answers
through the verbs, deadlines through the sweeps, each at its own moment, in order.
"""
