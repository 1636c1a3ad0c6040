"""The page of a Leistung: layers composed for the place, in one language, with their origin."""
