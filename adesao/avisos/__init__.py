"""E-mails of the adhesion to the town's managers and to whoever reviews. Personal data stays in the portal."""
