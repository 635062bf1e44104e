"""Rules about the shape of the code that no import linter can see."""

import ast
import inspect
import re
import tomllib
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings

from musubi.flow import STAGES

ROOT = Path(__file__).parents[2]
SOURCES = ("src", "engine/src")


def layers() -> list[list[str]]:
    config = tomllib.loads((ROOT / "pyproject.toml").read_text())
    contracts = config["tool"]["importlinter"]["contracts"]
    flow = next(contract for contract in contracts if contract["id"] == "flow")
    return [re.split(r"\s*\|\s*", layer) for layer in reversed(flow["layers"])]


def python_files(*folders: str) -> list[Path]:
    return [
        path
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
        if "migrations" not in path.parts
    ]


def test_the_flow_is_told_once() -> None:
    from_contract = [m[0] for m in layers() if m[0].startswith("musubi.flow.")]
    from_settings = [a for a in settings.INSTALLED_APPS if a.startswith("musubi.flow.")]
    assert from_contract == from_settings == [f"musubi.flow.{stage}" for stage in STAGES]


def test_foreign_keys_point_back_up_the_flow() -> None:
    height = {name: i for i, level in enumerate(layers()) for name in level}
    wrong = []
    for model in apps.get_models(include_auto_created=True):
        home = model._meta.app_config.name
        for field in model._meta.get_fields():
            if not field.is_relation or field.auto_created or field.related_model is None:
                continue
            target = field.related_model._meta.app_config.name
            if target != home and {target, home} <= height.keys() and height[target] >= height[home]:
                wrong.append(f"{model.__name__}.{field.name} -> {target}")
    assert wrong == []


def test_the_log_has_no_foreign_keys() -> None:
    event = apps.get_model("audit", "Event")
    assert [f.name for f in event._meta.get_fields() if f.is_relation] == []


def test_every_row_of_a_city_carries_its_municipality() -> None:
    """A stage's model has a municipality, or hangs on exactly one that has."""

    def owned(model: type, seen: frozenset[type] = frozenset()) -> bool:
        names = {f.name for f in model._meta.get_fields()}
        if "municipality" in names:
            return True
        parents = [
            f.related_model
            for f in model._meta.get_fields()
            if f.is_relation and f.many_to_one and not f.null and f.related_model not in seen
        ] + [f.related_model for f in model._meta.get_fields() if f.one_to_one and not f.auto_created]
        return any(owned(parent, seen | {model}) for parent in parents)

    stray = [
        m.__name__
        for m in apps.get_models()
        if m._meta.app_config.name.startswith("musubi.flow.") and not owned(m)
    ]
    assert stray == []


def test_web_reads_only_through_queries() -> None:
    offenders = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in python_files("src/musubi/web")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]
    assert offenders == []


PRIVATE = {"workflow", "notifications", "adapter", "tasks", "admin"}


def test_a_stage_keeps_its_innards_to_itself() -> None:
    import grimp

    graph = grimp.build_graph("musubi", cache_dir=None)
    leaks = [
        f"{importer} -> {module}"
        for stage in STAGES
        for name in PRIVATE
        if (module := f"musubi.flow.{stage}.{name}") in graph.modules
        for importer in graph.find_modules_that_directly_import(module)
        if not importer.startswith(f"musubi.flow.{stage}.") and importer != "musubi.config.flow_document"
    ]
    assert leaks == []


def service_files() -> list[Path]:
    return [p for p in python_files("src/musubi/flow") if "services" in p.parts or p.stem == "services"]


def test_services_never_look_at_the_clock() -> None:
    assert [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for path in service_files()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (node.func.attr in {"now", "today"} or (node.func.attr == "localdate" and not node.args))
    ] == []


def test_verbs_are_keyword_only() -> None:
    """What a stage's services offer to others is called with names, so that a call reads as a sentence."""
    wrong = []
    for stage in STAGES:
        services = import_module(f"musubi.flow.{stage}.services")
        names = getattr(services, "__all__", [name for name in vars(services) if not name.startswith("_")])
        for name in names:
            verb = getattr(services, name)
            if not inspect.isfunction(verb) or not verb.__module__.startswith(
                f"musubi.flow.{stage}.services"
            ):
                continue
            parameters = inspect.signature(verb).parameters
            if not {"by", "now"} & parameters.keys():
                continue  # reads or arranges, and does nothing to anybody
            kinds = {parameter.kind for parameter in parameters.values()}
            if kinds - {inspect.Parameter.KEYWORD_ONLY, inspect.Parameter.VAR_KEYWORD}:
                wrong.append(f"{stage}.{name}")
    assert wrong == []


def test_no_file_outgrows_its_reader() -> None:
    def length(path: Path) -> int:
        return len(path.read_text().splitlines())

    long_sources = {str(p.relative_to(ROOT)): n for p in python_files(*SOURCES) if (n := length(p)) > 500}
    long_tests = {
        str(p.relative_to(ROOT)): n for p in python_files("tests", "engine/tests") if (n := length(p)) > 1000
    }
    assert (long_sources, long_tests) == ({}, {})
