"""Forms that are saved whole or not at all."""
