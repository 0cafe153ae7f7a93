"""Law as data: rules read from TOML with their source, checked with file and line, kept by a case as plain values."""
