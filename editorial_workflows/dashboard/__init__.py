"""The start page of the admin: what there is to do, not how much there is."""
