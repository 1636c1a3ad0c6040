"""How well the search answers judged queries: measures, intervals, report, comparison.

`masse` and `streuung` are pure arithmetic, `bericht` and `vergleich` put the figures together,
`rangfolge` asks the search, `frueher` fetches an earlier report. Reading a judged file and nDCG
itself are in `search.evaluation`, which the gate of a rebuild uses too.
"""
