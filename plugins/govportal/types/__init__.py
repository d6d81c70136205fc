"""Content types, one file each. A type is found by its file; nothing else need be told of it."""
