"""The people of an agreement: indicated, proved, enabled."""
