"""The edit form of a Leistung: fields, live checks, sentences of rows, what a draft changes."""
