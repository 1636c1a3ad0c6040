"""Failures that other systems are known for, each with a named test."""
