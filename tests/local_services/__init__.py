"""Tests of the local services: no second server is started, nothing of a running one is changed."""

from __future__ import annotations
