"""Settings, addresses, database, commands: the only room that knows every other."""
