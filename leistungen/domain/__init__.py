"""Rules of responsibility as plain Python: no database, no request, no clock."""
