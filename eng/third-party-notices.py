#!/usr/bin/env python3
"""Writes THIRD-PARTY-NOTICES.md from the licences that the restored packages of src/ state in their own nuspec files.

  dotnet restore RankNas.Core.sln && eng/third-party-notices.py            writes the file
  eng/third-party-notices.py --check                                       fails where the file is not what would be written
"""
import json
import pathlib
import sys
import xml.etree.ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "THIRD-PARTY-NOTICES.md"
TOOL = "RankNas.Tool"

# Whose licence is a file in the package, or a link: what that is, read by a person.
FILES = {"Apache.Arrow": "Apache-2.0", "K4os.Compression.LZ4": "MIT", "Microsoft.ML.OnnxRuntime": "MIT", "Microsoft.ML.OnnxRuntime.Managed": "MIT"}

# The licences that may be among what is shipped. Another one is for a person to decide.
PERMITTED = {"MIT", "BSD-3-Clause", "Apache-2.0", "Apache-2.0 OR MPL-2.0"}

HEAD = """# Third-party notices

Written by `eng/third-party-notices.py` from the licences that the packages state; `.ci/run` checks that it is current.

The packages of RankNas's libraries contain no third-party code, with one exception: `RankNas.Plotting` embeds the font Noto Sans, © The Noto Project Authors, under the SIL Open Font License 1.1, whose text is in the
package. The libraries depend on packages, which NuGet restores from their authors:

"""

TOOL_HEAD = """
## The command `ranknas`

The packages of `RankNas.Tool` contain what it needs of the above, and:

"""

TAIL = """
## Native libraries

| library | comes with | licence |
|---|---|---|
| libtorch, with what it is built from (oneDNN, MKL, OpenMP, protobuf and others) | `libtorch-cpu-…`, `libtorch-cuda-…` | BSD-3-Clause of PyTorch, and those in `LICENSE-LIBTORCH.txt` of the package, which the packages of `RankNas.Tool` have too |
| Skia, with what it is built from (libpng, libjpeg-turbo, libwebp, zlib, FreeType and others) | `SkiaSharp.NativeAssets.…` | BSD-3-Clause of Skia, and those of SkiaSharp's own third-party notices |
| HarfBuzz | `HarfBuzzSharp.NativeAssets.…` | MIT, in its older form |
| ONNX Runtime, with what it is built from | `Microsoft.ML.OnnxRuntime` | MIT, and those in `ThirdPartyNotices.txt` of the package |
| SQLite | `SQLitePCLRaw.lib.e_sqlite3` | public domain |

## Texts

**MIT.** Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated documentation files (the "Software"), to deal in the Software without restriction, including
without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so, subject to the
following conditions: The above copyright notice and this permission notice shall be included in all copies or substantial portions of the Software. THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND,
EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM,
DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER DEALINGS IN THE SOFTWARE.

**BSD-3-Clause.** Redistribution and use in source and binary forms, with or without modification, are permitted provided that the following conditions are met: 1. Redistributions of source code must retain the
above copyright notice, this list of conditions and the following disclaimer. 2. Redistributions in binary form must reproduce the above copyright notice, this list of conditions and the following disclaimer in
the documentation and/or other materials provided with the distribution. 3. Neither the name of the copyright holder nor the names of its contributors may be used to endorse or promote products derived from this
software without specific prior written permission. THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED
WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR
CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO, PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN
CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH DAMAGE.

**Apache-2.0.** <https://www.apache.org/licenses/LICENSE-2.0>
"""


def packages_of(project):
    """The packages that a project's users get: (name, version) and the nuspec's metadata; analysers, build tools and what only they need are left out."""
    assets = ROOT / "artifacts" / "obj" / project / "project.assets.json"
    if not assets.exists():
        sys.exit(f"{assets.relative_to(ROOT)} is missing: run 'dotnet restore RankNas.Core.sln' first.")
    read = json.loads(assets.read_text(encoding="utf-8"))
    needed = {key.split("/")[0]: library.get("dependencies", {}) for target in read["targets"].values() for key, library in target.items()}
    shipped = set()
    waiting = [name for framework in read["project"]["frameworks"].values()
               for name, dependency in framework.get("dependencies", {}).items() if dependency.get("suppressParent") != "All"]
    waiting += [key.split("/")[0] for key, library in read["libraries"].items() if library["type"] == "project"]
    while waiting:
        name = waiting.pop()
        if name not in shipped:
            shipped.add(name)
            waiting += needed.get(name, {})
    for key, library in read["libraries"].items():
        name, version = key.split("/")
        if library["type"] == "package" and name in shipped:
            folders = [pathlib.Path(folder) / library["path"] for folder in read["packageFolders"]]
            yield (name, version), metadata_of(next(folder for folder in folders if folder.exists()), name)


def metadata_of(folder, name):
    root = xml.etree.ElementTree.parse(folder / f"{name.lower()}.nuspec").getroot()
    space = root.tag[:root.tag.index("}") + 1]
    metadata = root.find(f"{space}metadata")
    stated = metadata.find(f"{space}license")
    licence = stated.text if stated is not None and stated.get("type") == "expression" else FILES.get(name)
    if licence not in PERMITTED:
        sys.exit(f"{name} is under '{licence or 'a licence of its own'}': look at {folder}, and add it to {pathlib.Path(__file__).name} if it may be shipped.")
    return licence, " ".join((metadata.findtext(f"{space}copyright") or metadata.findtext(f"{space}authors") or "").split())


def table(packages):
    versions = {}
    for (name, version), metadata in packages.items():
        versions.setdefault(name, (set(), metadata))[0].add(version)
    rows = [f"| {name} | {', '.join(sorted(of))} | {licence} | {owner} |" for name, (of, (licence, owner)) in sorted(versions.items(), key=lambda item: item[0].lower())]
    return "\n".join(["| package | version | licence | copyright |", "|---|---|---|---|", *rows]) + "\n"


def main():
    libraries = {}
    for project in sorted((ROOT / "src").glob("*/*.csproj")):
        if project.stem != TOOL:
            libraries.update(packages_of(project.stem))
    tool = {package: metadata for package, metadata in packages_of(TOOL) if package not in libraries}
    page = HEAD + table(libraries) + TOOL_HEAD + table(tool) + TAIL
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page:
            sys.exit("THIRD-PARTY-NOTICES.md is out of date: run eng/third-party-notices.py, and look at the difference.")
    else:
        PAGE.write_text(page, encoding="utf-8")


main()
