"""The C extension is built where it can be, and NOFIELDS_NATIVE decides what happens where it cannot."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import sysconfig
import zipfile
from importlib.machinery import ModuleSpec, SourceFileLoader
from importlib.util import module_from_spec
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from hatchling.bridge.app import Application

from helpers.building import build_with

ROOT = Path(__file__).parents[1]
#: Environments in which the extension cannot be built, with what the build says about it, whatever the version of setuptools.
UNBUILDABLE = {
    "no compiler": ({"CC": "/nonexistent/cc"}, "/nonexistent/cc"),
    "a compiler that fails": ({"CC": "false"}, "false"),
    "no headers": ({"CFLAGS": "-include missing_header.h"}, "fatal error: missing_header.h: No such file or directory"),
}
unbuildable = pytest.mark.parametrize(("environment", "reason"), UNBUILDABLE.values(), ids=UNBUILDABLE)


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of what is built, with the extension of an earlier build in place, as in a checkout."""
    copy = tmp_path_factory.mktemp("source")
    for name in ("pyproject.toml", "hatch_build.py", "hatch_native.py", "README.md", "LICENSE", ".gitignore"):
        shutil.copyfile(ROOT / name, copy / name)
    for name in ("src", "locales"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__", "_native*.so"))
    return copy


@pytest.fixture
def in_place(source: Path) -> Path:
    """Where the extension of an editable install is. A file that is no extension is there."""
    file = source / "src" / "nofields" / "_native.abi3.so"
    file.write_bytes(b"an earlier build")
    return file


def wheel_of(source: Path, target: Path, environment: dict[str, str]) -> tuple[Path, str]:
    """Build a wheel; return it with what the build prints."""
    output = build_with(environment, source, target, "--wheel", "--no-isolation")
    (wheel,) = target.iterdir()
    return wheel, output


def extensions(wheel: Path) -> list[str]:
    return [name for name in zipfile.ZipFile(wheel).namelist() if "_native" in name and not name.endswith(".pyi")]


@pytest.mark.usefixtures("in_place")
@pytest.mark.parametrize("environment", [{}, {"NOFIELDS_NATIVE": ""}, {"NOFIELDS_NATIVE": "1"}], ids=str)
def test_native_wheel(source: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    """One file for Python 3.11 and later, without paths of the machine that built it, and no other public name."""
    wheel, output = wheel_of(source, tmp_path / "dist", environment)
    assert "cp311-abi3" in wheel.name
    assert extensions(wheel) == ["nofields/_native.abi3.so"]
    with zipfile.ZipFile(wheel) as archive:
        library = archive.read("nofields/_native.abi3.so")
        tags = archive.read(next(name for name in archive.namelist() if name.endswith("/WHEEL"))).decode()
    assert re.findall("^Tag: cp311-abi3-|^Root-Is-Purelib: false$", tags, re.MULTILINE) == [
        "Root-Is-Purelib: false",
        "Tag: cp311-abi3-",
    ]
    paths = (source, tmp_path, Path.home(), Path(sys.base_prefix))
    assert [path for path in paths if os.fsencode(path) + b"/" in library] == []
    assert "plain Python" not in output


def test_warnings(source: Path, tmp_path: Path) -> None:
    """The build shows what the compiler warns of."""
    copy = shutil.copytree(source, tmp_path / "source")
    with (copy / "src" / "native" / "reader.c").open("a", encoding="utf-8") as code:
        code.write("#warning This is tried\n")
    _, output = wheel_of(copy, tmp_path / "dist", {"NOFIELDS_NATIVE": "1"})
    assert "warning: #warning This is tried" in output


@pytest.mark.usefixtures("in_place")
def test_no_extension(source: Path, tmp_path: Path) -> None:
    """NOFIELDS_NATIVE=0 builds the plain wheel, without a message, whatever is in place."""
    wheel, output = wheel_of(source, tmp_path / "dist", {"NOFIELDS_NATIVE": "0"})
    assert (wheel.name.partition("-py3")[2], extensions(wheel)) == ("-none-any.whl", [])
    assert "plain Python" not in output


@pytest.mark.usefixtures("in_place")
@unbuildable
def test_cannot_be_built(source: Path, tmp_path: Path, environment: dict[str, str], reason: str) -> None:
    """The plain wheel, with one sentence that says why."""
    wheel, output = wheel_of(source, tmp_path / "dist", environment)
    assert (wheel.name.partition("-py3")[2], extensions(wheel)) == ("-none-any.whl", [])
    (sentence,) = [line for line in output.splitlines() if "plain Python" in line]
    assert reason in sentence


@unbuildable
def test_must_be_built(source: Path, tmp_path: Path, environment: dict[str, str], reason: str) -> None:
    """With NOFIELDS_NATIVE=1 the same is an error, with the compiler's output."""
    with pytest.raises(RuntimeError) as failed:
        wheel_of(source, tmp_path / "dist", environment | {"NOFIELDS_NATIVE": "1"})
    before, _, sentence = str(failed.value).partition("nofields: the C extension cannot be built")
    assert reason in before
    assert reason in sentence.splitlines()[0]
    assert not (tmp_path / "dist").exists() or not list((tmp_path / "dist").iterdir())


def test_unknown_choice(source: Path, tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="NOFIELDS_NATIVE is 1"):
        wheel_of(source, tmp_path / "dist", {"NOFIELDS_NATIVE": "yes"})


@pytest.fixture
def hook() -> ModuleType:
    """hatch_build.py as a module."""
    loader = SourceFileLoader("hatch_build", str(ROOT / "hatch_build.py"))
    module = module_from_spec(ModuleSpec("hatch_build", loader))
    loader.exec_module(module)
    return module


def build_editable(hook: ModuleType, source: Path) -> None:
    """Run the build hook as `pip install -e` does."""
    build: dict[str, dict[str, str]] = {"force_include": {}}
    editable = hook.Hook(str(source), {}, None, None, "", "wheel", Application())
    editable.initialize("editable", build)
    editable.finalize("editable", build, "")
    assert build == {"force_include": {}}


def test_editable(hook: ModuleType, source: Path, in_place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It is built in place, where Python can load it."""
    monkeypatch.setenv("NOFIELDS_NATIVE", "1")
    build_editable(hook, source)
    # In a process of its own, since other tests write to the file.
    script = (
        "import sys; from importlib.machinery import ExtensionFileLoader, ModuleSpec\n"
        "from importlib.util import module_from_spec\n"
        "name, file = 'nofields._native', sys.argv[1]\n"
        "print(module_from_spec(ModuleSpec(name, ExtensionFileLoader(name, file), origin=file)).__name__)"
    )
    ended = subprocess.run([sys.executable, "-c", script, in_place], capture_output=True, text=True, check=False)
    assert (ended.stdout.strip(), ended.stderr) == ("nofields._native", "")


@pytest.mark.parametrize("environment", [{"NOFIELDS_NATIVE": "0"}, {"NOFIELDS_NATIVE": "", "CC": "/nonexistent/cc"}], ids=str)
def test_editable_without(
    hook: ModuleType, source: Path, in_place: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str]
) -> None:
    """The extension of an earlier build goes: it may not fit the sources."""
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    build_editable(hook, source)
    assert not in_place.exists()


def test_free_threaded(hook: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Python without the GIL has no stable ABI, so that nothing is compiled."""
    monkeypatch.setattr(sysconfig, "get_config_var", {"Py_GIL_DISABLED": 1}.get)
    with pytest.raises(hook.NotBuiltError, match="free-threaded"):
        hook.compile_extension(ROOT, tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_other_implementation(hook: ModuleType, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "implementation", SimpleNamespace(name="pypy"))
    with pytest.raises(hook.NotBuiltError, match="pypy"):
        hook.compile_extension(ROOT, tmp_path)
    assert list(tmp_path.iterdir()) == []
