"""What the demonstrations of all apps share: another day's clock, places, accounts, pages that look scanned."""
