// Compiles all wheels of a folder into another: node compile_wheels.mjs RUNTIME SOURCE TARGET

import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const [runtime, source, target] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(`${runtime}/package/pyodide.mjs`));
const python = await loadPyodide();
for (const [place, root] of Object.entries({ "/source": source, "/target": target })) {
  python.FS.mkdir(place);
  python.FS.mount(python.FS.filesystems.NODEFS, { root }, place);
}
python.runPython(readFileSync(new URL("compile_wheels.py", import.meta.url), "utf8"));
python.runPython(`
for wheel in Path("/source").glob("*.whl"):
    compile_wheel(wheel, Path("/target") / wheel.name)
`);
