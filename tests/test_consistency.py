"""Promises of the whole: what a review would otherwise have to find each time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from modeltranslation.translator import translator
from wagtail.models import DraftStateMixin, RevisionMixin
from wagtail.snippets.models import get_snippet_models

from zufi.common import changes
from zufi.common.models import Redaktionsobjekt
from zufi.common.sprachfest import Sprachfest, unsuffixed_fields

ROOT = Path(settings.BASE_DIR)
OWN_APPS = ("zufi", "behoerden", "leistungen", "search", "editorial_workflows")


def own_sources() -> Iterator[Path]:
    for app in OWN_APPS:
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" not in path.parts:
                yield path


def templates() -> list[Path]:
    return sorted((ROOT / "templates").rglob("*.html"))


def test_search_listens_to_changes() -> None:
    assert "search" in changes.registered()


def test_every_snippet_is_an_editorial_object() -> None:
    for model in get_snippet_models():
        assert issubclass(model, Redaktionsobjekt), model


def test_nothing_is_live_by_default() -> None:
    for model in apps.get_models():
        if issubclass(model, Redaktionsobjekt):
            assert model._meta.get_field("live").default is False, model


def test_no_revisions_without_drafts() -> None:
    for model in apps.get_models():
        if issubclass(model, RevisionMixin):
            assert issubclass(model, DraftStateMixin), model


def test_every_translated_model_is_language_safe() -> None:
    for model in translator.get_registered_models(abstract=False):
        assert issubclass(model, Sprachfest), model
        assert model.__mro__.index(Sprachfest) < model.__mro__.index(model._meta.model.__mro__[-2])


def test_every_template_is_used() -> None:
    code = "\n".join(path.read_text(encoding="utf-8") for path in own_sources())
    html = "\n".join(path.read_text(encoding="utf-8") for path in templates())
    # The last one overrides Wagtail's, to leave the search for pages out.
    by_convention = {"400.html", "403.html", "404.html", "500.html", "wagtailadmin/home.html"}
    for path in templates():
        name = path.relative_to(ROOT / "templates").as_posix()
        assert name in by_convention or f'"{name}"' in code + html, f"nobody uses {name}"


def test_templates_load_nothing_from_elsewhere() -> None:
    loading = re.compile(r"""(?:src|href)=["'](?:https?:)?//""")
    for path in templates():
        assert not loading.search(path.read_text(encoding="utf-8")), path


def test_templates_have_no_inline_style_or_script() -> None:
    inline = re.compile(r"<style|<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=", re.IGNORECASE)
    for path in templates():
        if "/wagtailadmin/" not in path.as_posix():
            assert not inline.search(path.read_text(encoding="utf-8")), path


def test_safe_appears_in_one_reviewed_place() -> None:
    marked = [
        path.relative_to(ROOT).as_posix()
        for path in own_sources()
        if re.search(r"\bmark_safe\(", path.read_text(encoding="utf-8"))
    ]
    assert marked == ["leistungen/seite/texte.py"]
    for path in templates():
        assert "|safe" not in path.read_text(encoding="utf-8"), path


@pytest.mark.parametrize("verb", ["filter", "exclude", "get", "order_by", "values", "values_list"])
def test_queries_name_the_language_of_translated_fields(verb: str) -> None:
    names = set().union(
        *(unsuffixed_fields(model) for model in translator.get_registered_models(abstract=False))
    )
    # These names also belong to untranslated models.
    names -= {"name", "slug", "beschreibung"}
    call = re.compile(rf"\.{verb}\(([^()]*)\)")
    for path in own_sources():
        for arguments in call.findall(path.read_text(encoding="utf-8")):
            for word in re.findall(r'\b([a-z_0-9]+)(?==)|"-?([a-z_0-9]+)"', arguments):
                word = word[0] or word[1]  # noqa: PLW2901 - the group that matched
                last = word.split("__")[-1]
                assert last not in names, f"{path.name}: .{verb}({word}) reads the active language"


def test_own_pages_and_code_reach_nothing_outside_the_project() -> None:
    for path in own_sources():
        assert "../shared" not in path.read_text(encoding="utf-8"), path
