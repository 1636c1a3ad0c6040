"""The report "Abdeckung" in the admin: what `leistungen.coverage` proves, as matrix and map."""
