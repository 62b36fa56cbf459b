"""Compile the C extension into the folder named on the command line: ``python hatch_native.py FOLDER``.

The build hook runs this at the top of the source, in a process of its own, whose output says why if it fails.
"""

from __future__ import annotations

import sys

from setuptools import Distribution, Extension
from setuptools.command.build_ext import build_ext
from setuptools.errors import BaseError, CCompilerError

#: No debug information: it has the paths of the machine that builds.
UNIX = ["-O3", "-g0", "-fvisibility=hidden", "-Wall", "-Wextra"]
#: Untried. Without timestamps in the file, two builds have the same bytes.
MSVC = ["/Brepro"]


class Build(build_ext):
    """The build_ext of setuptools, with flags for the compiler that it found."""

    def build_extensions(self) -> None:
        (extension,) = self.extensions
        if self.compiler.compiler_type == "msvc":
            extension.extra_compile_args = extension.extra_link_args = MSVC
        else:
            extension.extra_compile_args = UNIX
            # Python's own search path for libraries is a path of this machine, and the extension needs none.
            self.compiler.linker_so = [word for word in self.compiler.linker_so if "-rpath" not in word]
            if sys.platform == "linux":
                extension.extra_link_args = ["-Wl,--build-id=none"]
        super().build_extensions()


def compile_extension(folder: str) -> None:
    extension = Extension(
        "nofields._native",
        # Relative, so that `__FILE__` does not have the folder.
        ["src/native/reader.c", "src/native/dates.c"],
        depends=[f"src/native/{name}.h" for name in ("column", "number", "rows", "words")],
        define_macros=[("Py_LIMITED_API", "0x030B0000")],
        py_limited_api=True,
    )
    command = Build(Distribution({"name": "nofields", "ext_modules": [extension]}))
    command.build_lib = folder
    command.build_temp = f"{folder}/objects"
    command.ensure_finalized()
    command.run()


if __name__ == "__main__":
    try:
        compile_extension(sys.argv[1])
    except (BaseError, CCompilerError) as error:
        sys.exit(str(error))
