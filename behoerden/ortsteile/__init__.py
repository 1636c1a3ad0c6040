"""Parts of a Gemeinde as areas of their own: what hangs at one holds there and nowhere else."""
