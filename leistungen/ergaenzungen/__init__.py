"""Supplements of Kommunen in the admin: beside what they inherit, checked when that changes."""
