"""The life of an agreement: what moves it, one file a matter."""
