"""Demo data of the whole Land: read from `fixtures/demo`, planned as plain values, stored in bulk.

`katalog` and `texte` read the files; `land`, `aemter` and `regeln` plan without a database;
`gebiete`, `behoerden`, `leistungen`, `zugaenge` and `logins` store; `laden` says in which order.
"""
