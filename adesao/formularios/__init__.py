"""The forms that the town fills in bit by bit: what they ask, and how what was typed is kept and judged."""
