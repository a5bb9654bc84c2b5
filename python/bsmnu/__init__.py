"""What bsmnu needs from other people's files. Each converter is a module with a command of its own."""
