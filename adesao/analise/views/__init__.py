"""The pages of INSS, and the one where the town sends what it signed."""
