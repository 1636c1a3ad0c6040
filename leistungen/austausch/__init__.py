"""Services as tables for editors: written out, read in again as drafts after a dry run."""
