"""How requests to each vendor are signed, one file per vendor."""
