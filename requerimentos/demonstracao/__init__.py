"""The demonstration: two towns with months of invented work, for whoever opens the portal to look or to learn."""
