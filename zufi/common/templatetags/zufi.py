"""Money, dates, counts and telephone numbers as citizens write them."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal

from django import template
from django.conf import settings

from zufi.common.zeitraum import MONATE

register = template.Library()

NO_BREAK_SPACE = "\u00a0"


@register.simple_tag
def brand_name() -> str:
    """Return the name of the site; for error pages, which get no context."""
    return str(settings.BRAND_NAME)


@register.filter
def telefon_link(nummer: str) -> str:
    """Return the `tel:` address of a German telephone number as people write it.

    An area code is given in the international form, "0361 1234" as "tel:+493611234". Short numbers
    without area code, such as 115, stay as they are. A bracketed zero after the country code is
    left out, and so is an extension in words.
    """
    text = nummer.replace("(0)", "").strip()
    number = re.match(r"[+\d\s()/.\-\u2010-\u2013]*", text)
    digits = re.sub(r"\D", "", number.group() if number else "")
    if not digits:
        return ""
    if text.startswith("+"):
        return f"tel:+{digits}"
    if digits.startswith("00"):
        return f"tel:+{digits[2:]}"
    if digits.startswith("0"):
        return f"tel:+49{digits[1:]}"
    return f"tel:{digits}"


@register.filter
def datum(tag: dt.date | dt.datetime | None) -> str:
    """Return a day as "12. Oktober 2026", and nothing for None."""
    if tag is None:
        return ""
    return f"{tag.day}.{NO_BREAK_SPACE}{MONATE[tag.month - 1]} {tag.year}"


@register.filter
def anzahl(menge: int, woerter: str) -> str:
    """Return a count with its noun: `3|anzahl:"Ort,Orte"` is "3 Orte".

    Thousands are separated by a point. One word serves for both forms: "Treffer".
    """
    singular, _, plural = woerter.partition(",")
    noun = singular if menge == 1 else plural or singular
    return f"{menge:,}{NO_BREAK_SPACE}{noun}".replace(",", ".")


@register.filter
def betrag(euro: Decimal | int) -> str:
    """Return an amount of euros as "8 €" or "22,80 €"; full euros have no cents."""
    amount = Decimal(euro)
    number = f"{amount:,.0f}" if amount == amount.to_integral_value() else f"{amount:,.2f}"
    german = number.replace(",", "_").replace(".", ",").replace("_", ".")
    return f"{german}{NO_BREAK_SPACE}€"
