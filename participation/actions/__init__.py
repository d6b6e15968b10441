"""What people do: each function is one synchronous unit of work on a transaction, and says what it decided."""
