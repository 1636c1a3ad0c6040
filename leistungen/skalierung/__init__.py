"""Generated data of any size for benchmarks: areas are real, everything else is made up."""
