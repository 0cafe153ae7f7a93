"""The application, from the town's side."""
