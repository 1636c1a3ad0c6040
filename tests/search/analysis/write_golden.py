"""Write the tokens of `golden.tsv` anew, after `ANALYSE_STAND` was raised on purpose.

PYTHONPATH=. python tests/search/analysis/write_golden.py
"""

from __future__ import annotations

from pathlib import Path

from search.analysis import ANALYSE_STAND, analyse

GOLDEN = Path(__file__).with_name("golden.tsv")


def tokens_of(text: str) -> str:
    """Return the tokens of one line: `genau|stamm|teil+teil`, separated by blanks."""
    return " ".join(f"{t.genau}|{t.stamm}|{'+'.join(t.teile)}" for t in analyse(text))


def main() -> None:
    """Keep the first column, write the state and the second column."""
    lines = GOLDEN.read_text(encoding="utf-8").splitlines()
    texts = [line.partition("\t")[0] for line in lines if not line.startswith("#")]
    rows = [f"{text}\t{tokens_of(text)}" for text in texts]
    GOLDEN.write_text("\n".join([f"# {ANALYSE_STAND}", *rows]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
