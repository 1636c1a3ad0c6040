"""Proof under faults: editors storm, everything else breaks, the index never lies."""
