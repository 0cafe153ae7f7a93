"""What the town does with its application."""
