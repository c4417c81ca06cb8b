"""One file a client: how it is installed, what it is told, and how its records are read."""
