"""Set this project up and open it. Needs nothing but Python 3.11 or newer.

python start.py                          set up, then open JupyterLab on the first notebook
python start.py test [...]               set up, then run every test; what follows goes to pytest
python start.py doctor [--room CODES]    say whether this machine is ready, or who of a room needs help with what
python start.py refresh [...]            run the notebooks again and store their outputs
python start.py new-lesson NUMBER NAME   begin a lesson: a small one that runs, and a list of what to write next
python start.py site [FOLDER]            build the lessons as a static web site (--serve shows it)
python start.py board [--host 0.0.0.0]   show where a room of learners is, and who raised a hand
python start.py release NUMBER           give what is unreleased a number, and say what to tag
python start.py rehearse --learners 30   let scripted learners do lessons on this machine, all at once
python start.py bundle [FOLDER]          make a folder from which other machines set up without a network
python start.py twin [--stage] NOTEBOOK  run a notebook locally and live, and list what TaskRouter answered differently
"""

# No `from __future__ import annotations` here: Python 3.6 must get as far as `main`, which says what is wrong.
import argparse
import contextlib
import errno
import hashlib
import importlib.util
import io
import json
import os
import platform
import shutil
import signal
import socket
import subprocess
import sys
import sysconfig
import time
from collections.abc import Iterator
from pathlib import Path

__all__ = ["LOCAL_MODE", "SetupError", "lab_command", "lab_environment", "main", "prepare_lab_home"]

# Python 2 stops at this line and shows it.
NEEDED: str = "Python 3.11 or newer is needed; try: python3 start.py"

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
LOCAL = ROOT / ".local"
WHEELS = ROOT / "wheels"
STAMP = VENV / "set-up-complete"
START_NOTEBOOK = "notebooks/00_start_here.ipynb"

# Wins over the reader's environment and .env where stored outputs are checked or written: those are local mode's, of
# somebody who begins.
LOCAL_MODE = {"TASKROUTER_MODE": "local", "TASKROUTER_URL": "", "TASKROUTER_PROGRESS": ""}

# How pip, uv and their TLS libraries say that they could not reach the package index.
NETWORK_TROUBLE = (
    "failed to establish a new connection",
    "name resolution",
    "name or service not known",
    "getaddrinfo failed",
    "connecttimeouterror",
    "proxyerror",
    "dns error",
    "error sending request",
    "network is unreachable",
)
CERTIFICATE_TROUBLE = ("certificate_verify_failed", "invalid peer certificate")


class SetupError(Exception):
    """Problem the reader can solve; the text says what was seen and what to do next."""


def main(argv: "list[str]") -> int:
    """Run one command line and return its exit code; a problem the reader can solve is one sentence on stderr."""
    try:
        check_python(sys.version_info[:2])
        return run(argv)
    except SetupError as error:
        sentence = str(error)
    except KeyboardInterrupt:  # of the set-up: a command that was stopped says so itself
        sentence = "Stopped. Run the same line again: it starts from the beginning."
    print(f"start: {sentence}", file=sys.stderr)
    return 1


def run(argv: "list[str]") -> int:
    """Run the command that ``argv`` names; without one, open JupyterLab."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")  # a path can have letters that a Windows console can't show
    command = argv[0] if argv and not argv[0].startswith("-") else "lab"
    if command == "lab":
        return open_lab(argv)
    scripts = {
        "test": ["-m", "pytest"],
        "doctor": ["-P", "-m", "helpers.doctor"],
        "refresh": ["-m", "tests.notebooks.refresh"],
        "new-lesson": ["-m", "tests.notebooks.new_lesson"],
        "site": ["-m", "deploy.site"],
        "release": ["-m", "deploy.release"],
        "board": ["-m", "helpers.room"],
        "rehearse": ["-m", "deploy.rehearsal"],
        "bundle": ["-P", "-m", "deploy.bundle"],
        "twin": ["-m", "tests.contract.twin"],
    }
    if command not in scripts:
        raise SetupError(f"There's no command {command!r}. The commands are {', '.join(scripts)} (see --help).")
    python = venv_python()
    try:
        environment = prepare(dev=command not in ("board", "bundle", "doctor", "rehearse", "release", "site"))
    except NotInstalled as error:
        if command != "doctor":
            raise
        print(f"start: {error}", file=sys.stderr)  # what doctor does then needs no packages
        python, argv, environment = Path(sys.executable), [*argv, f"--not-installed={error.why}"], {**os.environ}
    if command not in ("doctor", "twin"):
        environment.update(LOCAL_MODE)
    folder: Path | None = ROOT
    if command in ("bundle", "doctor"):  # the files that the reader names are sought from where the reader is
        folder, environment["PYTHONPATH"] = None, str(ROOT)
    if command == "test":  # what tests need and the packages don't bring; the tests say so where it can't be had
        for tool in ("tests.browser.chromium", "tests.node_packages"):
            subprocess.call([str(python), "-m", tool, *argv[1:]], cwd=ROOT, env=environment)
    return wait_for([str(python), *scripts[command], *argv[1:]], environment, folder)


def wait_for(command: "list[str]", environment: "dict[str, str]", folder: "Path | None" = ROOT) -> int:
    """Run ``command`` in ``folder`` and return its exit code, also where Ctrl+C or SIGTERM lets it end by itself."""
    with subprocess.Popen(command, cwd=folder, env=environment) as child:
        signal.signal(signal.SIGTERM, lambda *_: child.terminate())  # a terminal sends Ctrl+C to both
        try:
            return child.wait()
        except KeyboardInterrupt:
            return child.wait()  # subprocess.call would kill it


def check_python(version: "tuple[int, ...]") -> None:
    """Raise SetupError if Python is too old."""
    if version < (3, 11):
        found = ".".join(str(part) for part in version)
        raise SetupError(f"This is Python {found}. {NEEDED}, or install it from python.org.")


# --- the virtual environment ---------------------------------------------------------------------------------------


def prepare(*, dev: bool) -> "dict[str, str]":
    """Set up, and return the environment for this project's commands.

    Raises:
        NotInstalled: nothing can be installed here, or nothing written.
    """
    try:
        set_up(dev=dev)
        return project_environment()
    except OSError as error:
        if error.errno not in (errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EROFS):
            raise
        raise NotWritable(
            f"Can't write {error.filename or ROOT}: {error.strerror}. Move this folder, or a copy of it, to a place "
            "that is yours and has room, then try again."
        ) from None


def set_up(*, dev: bool) -> None:
    """Install what pyproject.toml asks for in ``.venv``, unless the stamp there says it's done.

    The stamp is words: the fingerprint, that of the folder ``wheels`` if there was one, and ``dev`` with what tests
    need. A folder ``wheels`` that is deleted later changes nothing.
    """
    wanted = {fingerprint(), *["dev"] * dev}
    manifest = WHEELS / "manifest.json"
    offered = {hashlib.sha256(manifest.read_bytes()).hexdigest()} if manifest.exists() else set()
    with others_kept_waiting():
        stamp = set(STAMP.read_text(encoding="utf-8").split()) if STAMP.exists() and venv_python().exists() else set()
        if wanted | offered <= stamp:
            return
        wanted |= stamp & {"dev"}
        if not stamp:
            make_venv()
        machine = machine_of_venv()
        wheels = find_wheels(machine)
        if wheels or not wanted <= stamp:
            STAMP.unlink(missing_ok=True)  # whatever is interrupted from here on starts from scratch next time
            install(".[dev]" if "dev" in wanted else ".", wheels, machine)
        STAMP.write_text(" ".join(sorted(wanted | offered)), encoding="utf-8")


@contextlib.contextmanager
def others_kept_waiting() -> "Iterator[None]":
    """Wait for any other start.py that sets up this folder, then let others wait; a lock ends with its process."""
    from helpers.emulator.store.file.lock import FileLock, InUse  # here, as Python 3.6 can't read it

    LOCAL.mkdir(exist_ok=True)
    with contextlib.ExitStack() as stack:
        is_said = False
        while True:
            try:
                stack.callback(FileLock(LOCAL / "set-up.lock").release)
                break
            except InUse:
                if not is_said:
                    say("waiting for another start.py, which sets up this folder")
                is_said = True
                time.sleep(0.5)
            except OSError as error:
                if error.errno not in (errno.ENOLCK, errno.ENOSYS, errno.EOPNOTSUPP):
                    raise
                break  # a disk without locks
        yield


def make_venv() -> None:
    """Make an empty ``.venv`` with this Python; one that is there wasn't completed."""
    if Path(sys.prefix).resolve() == VENV.resolve():
        raise NotInstalled(
            "This is the Python in .venv, and .venv has to be created again. Use a different Python, for example "
            "python3."
        )
    check_venv_modules()
    say(f"creating .venv with Python {sys.version.split()[0]}")
    shutil.rmtree(VENV, ignore_errors=True)
    call([sys.executable, "-m", "venv", str(VENV)])


def check_venv_modules() -> None:
    """Raise NotInstalled if Python can't make virtual environments."""
    if not (importlib.util.find_spec("venv") and importlib.util.find_spec("ensurepip")):
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise NotInstalled(
            f"This Python lacks its venv or ensurepip module. On Debian and Ubuntu: sudo apt install {package}"
        )


def fingerprint() -> str:
    """Return a hash of everything an installation depends on: this folder's path, and the files that pip reads."""
    digest = hashlib.sha256(str(ROOT).encode("utf-8", "surrogateescape"))
    for_jupyter = sorted(path for path in (ROOT / "helpers/lab").rglob("*.*") if path.is_file())  # pip copies them
    for path in (ROOT / "pyproject.toml", *for_jupyter):
        if not path.exists():
            raise SetupError(f"{path} is missing. start.py works only in a clone of the project. Clone it again.")
        digest.update(path.read_bytes())
    return digest.hexdigest()


def install(project: str, wheels: "list[str]", machine: str) -> None:
    """Install the project in editable mode, from these wheels if there are any.

    What only tests need comes from the index in any case; the versions of everything else stay as they are.
    """
    if wheels:
        install_wheels(wheels)
        if project == ".":
            return
    try:
        install_from_index(project)
    except NoNetwork as error:
        what_helps = "The folder wheels has only what lessons need, not what tests need."
        if not wheels:
            what_helps = (
                f"Without a network, ask your instructor for the folder wheels for {machine}, and put it beside "
                "start.py."
            )
        raise NoNetwork(f"{error} {what_helps}") from None


def install_from_index(project: str) -> None:
    """Install the project with whatever versions are newest."""
    say("installing the packages (about 10 seconds with a good connection)")
    run_installers([["-e", project]], uv="uv", pip_options=["--retries", "1"])


def run_installers(
    steps: "list[list[str]]",
    *,
    uv: "str | None",
    pip_options: "list[str]",
    uv_options: "tuple[str, ...]" = (),
    environment: "dict[str, str] | None" = None,
) -> None:
    """Install what each of ``steps`` names with uv, which is fast, or with pip if uv doesn't work or isn't named."""
    python = str(venv_python())
    pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *pip_options]
    try:
        if uv:
            call([*pip, uv], environment)
    except NoNetwork:
        raise
    except SetupError:
        uv = None
    for step in steps:
        if uv:
            try:
                call([python, "-m", "uv", "pip", "install", "--python", python, *uv_options, *step], environment)
                continue
            except SetupError:  # also where only pip's settings name an index that can be reached
                say("uv doesn't work here: installing with pip (about a minute)")
                uv = None
        call([*pip, *step], environment)


class NotInstalled(SetupError):
    """Installation that failed; ``why`` is one word for the instructor."""

    why = "installation"


class NoNetwork(NotInstalled):
    """No connection to the package index."""

    why = "network"


class DamagedWheels(NotInstalled):
    """Folder ``wheels`` that isn't as it was made."""

    why = "wheels"


class NotWritable(NotInstalled):
    """Folder that can't be written, or a disk that is full."""

    why = "disk"


def call(command: "list[str]", environment: "dict[str, str] | None" = None) -> str:
    """Run ``command`` in the project's folder, and return its output, also in a log; raise SetupError if it fails."""
    LOCAL.mkdir(exist_ok=True)
    log = LOCAL / "set-up.log"
    done = subprocess.run(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
    )
    output = done.stdout.decode("utf-8", "replace")
    log.write_text(" ".join(command) + "\n" + output, encoding="utf-8", errors="replace")
    if done.returncode == 0:
        return output
    if any(trouble in output.lower() for trouble in CERTIFICATE_TROUBLE):
        raise NoNetwork(
            "This machine doesn't trust the package index's certificate, as behind some companies' proxies. Set "
            f"SSL_CERT_FILE and PIP_CERT to your company's certificate file, then try again ({log})."
        )
    if any(trouble in output.lower() for trouble in NETWORK_TROUBLE):
        raise NoNetwork(f"The package index can't be reached. Check network and proxy, then try again ({log}).")
    last = output.strip().splitlines()[-1:] or ["no message"]
    raise NotInstalled(f"The installation failed: {last[0].strip()} (full output in {log}). Fix this, then try again.")


def venv_python() -> Path:
    """Return the path of the interpreter in ``.venv``, which may not exist yet."""
    return VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def say(step: str) -> None:
    """Print one step for the reader."""
    print(f"start: {step}", flush=True)


# --- the folder wheels ---------------------------------------------------------------------------------------------


def machine_name() -> str:
    """Return this machine with its Python as a bundle calls it, such as ``win-amd64 python 3.12``."""
    # What Python was built for: one for x64 on an ARM Windows counts as x64. On a Mac it may have been built for both.
    system = f"macos-{platform.machine()}" if sys.platform == "darwin" else sysconfig.get_platform()
    threads = "t" if sysconfig.get_config_var("Py_GIL_DISABLED") else ""
    return "{} python {}.{}{}".format(system, *sys.version_info[:2], threads)


def machine_of_venv() -> str:
    """Return ``machine_name`` of the Python in ``.venv``, which another one than this may have made."""
    return call([str(venv_python()), "-Ec", "import start; print(start.machine_name())"]).strip()


def find_wheels(machine: str) -> "list[str]":
    """Return the wheels for this machine in the folder ``wheels``, by their paths from here; none if it has none.

    Raises:
        DamagedWheels: the folder isn't complete, or a file in it is damaged.
    """
    if not WHEELS.is_dir():
        return []
    wheels, files = read_manifest(ROOT)
    if machine not in wheels:
        say(f"the folder wheels has nothing for {machine}, only for {', '.join(sorted(wheels))}")
        return []
    damaged = find_damage(ROOT, {path: files.get(path, "") for path in wheels[machine]})
    if damaged:
        raise DamagedWheels(
            f"The folder wheels isn't as it was made: {', '.join(damaged)}. Copy it again from your instructor's, then "
            "try again."
        )
    return wheels[machine]


def read_manifest(folder: Path) -> "tuple[dict[str, list[str]], dict[str, str]]":
    """Return what is in a bundle by its manifest: paths of wheels by machine, and the SHA-256 of each file by path.

    Raises:
        DamagedWheels: there is no manifest, or it's damaged.
    """
    try:
        manifest = json.loads((folder / "wheels/manifest.json").read_bytes())
        files = {str(path): str(digest) for path, digest in manifest["files"].items()}
        wheels = {
            machine: [f"wheels/{Path(name).name}" for name in names] for machine, names in manifest["wheels"].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise DamagedWheels(
            f"{folder / 'wheels/manifest.json'} is missing or damaged. Copy the whole folder wheels again from your "
            "instructor's, then try again."
        ) from None
    return wheels, files


def find_damage(folder: Path, files: "dict[str, str]") -> "list[str]":
    """Return each of these files of ``folder``, given with its SHA-256, that is missing or damaged, and which it is."""
    damaged = []
    for path, digest in files.items():
        try:
            found = hashlib.sha256((folder / path).read_bytes()).hexdigest()
        except (FileNotFoundError, ValueError):  # no file's name has a NUL in it
            damaged.append(f"{path} is missing")
        except OSError as error:
            damaged.append(f"{path} can't be read ({error.strerror})")
        else:
            damaged += [f"{path} is damaged"] * (found != digest)
    return damaged


def install_wheels(wheels: "list[str]") -> None:
    """Install these wheels and nothing else, whatever the reader's settings of pip and uv are; then the project."""
    say("installing the packages from the folder wheels (less than a minute)")
    environment = {name: value for name, value in os.environ.items() if not name.upper().startswith(("PIP_", "UV_"))}
    try:
        run_installers(
            [["--no-deps", *wheels], ["--no-build-isolation", "-e", "."]],
            uv=next((wheel for wheel in wheels if wheel.startswith("wheels/uv-")), None),
            pip_options=["--no-index"],
            uv_options=("--quiet", "--no-config", "--offline", "--no-index"),
            environment={**environment, "PIP_CONFIG_FILE": os.devnull},
        )
    except NotInstalled as error:
        raise NotInstalled(
            f"{error} If the folder wheels was made for another version of this project, ask your instructor for the "
            "whole bundle."
        ) from None


# --- JupyterLab ----------------------------------------------------------------------------------------------------


def open_lab(argv: "list[str]") -> int:
    """Set up, then run JupyterLab in place of this process (on Windows as its child)."""
    options = read_options(argv)
    if not (ROOT / START_NOTEBOOK).exists():
        raise SetupError(f"{START_NOTEBOOK} is missing: clone the project again, or run `git restore notebooks`.")
    if options.port is not None:
        check_port(options.port)
    environment = prepare(dev=False)
    say("starting JupyterLab; stop it with Ctrl+C, then y")
    command = lab_command(venv_python(), ROOT, port=options.port, browser=not options.no_browser)
    if os.name != "nt":  # after exec on Windows, the console returns while JupyterLab still runs
        os.chdir(ROOT)
        os.execve(command[0], command, environment)
    return wait_for(command, environment)


def read_options(argv: "list[str]") -> argparse.Namespace:
    """Parse ``no_browser`` and ``port``; ``--help`` prints this module's docstring."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser("python start.py", description=__doc__, formatter_class=raw, allow_abbrev=False)
    parser.add_argument("--no-browser", action="store_true", help="only print the address (servers, tests)")
    parser.add_argument("--port", type=int, help="the port to use (default: 8888 or the next free one)")
    return parser.parse_args(argv)


def check_port(port: int) -> None:
    """Raise SetupError if another program uses the port, or it isn't a port number."""
    with socket.socket() as probe:
        if os.name != "nt":
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except (OSError, OverflowError) as error:
            raise SetupError(
                f"Port {port} can't be used ({error}). Choose a different one, or leave out --port."
            ) from None


def lab_command(python: Path, root: Path, *, port: "int | None" = None, browser: bool = True) -> "list[str]":
    """Return the command line of a JupyterLab on 127.0.0.1 that shows ``root`` and opens the first notebook."""
    command = [str(python), "-m", "jupyterlab", "--ServerApp.ip=127.0.0.1", f"--ServerApp.root_dir={root}"]
    command += [f"--LabApp.default_url=/lab/tree/{START_NOTEBOOK}", "--Application.log_level=ERROR"]
    command.append("--LanguageServerManager.autodetect=False")  # it asks npm, which leaves logs in the reader's home
    if port is not None:
        command += [f"--ServerApp.port={port}", "--ServerApp.port_retries=0"]
    if not browser:
        command.append("--no-browser")
    if hasattr(os, "geteuid") and os.geteuid() == 0:  # in containers; JupyterLab refuses root by default
        command.append("--allow-root")
    return command


def project_environment() -> "dict[str, str]":
    """Return the environment for this project's commands: ``.venv`` active, Jupyter's folders under ``.local``."""
    prepare_lab_home(LOCAL)
    path = os.pathsep.join([str(venv_python().parent), os.environ.get("PATH", "")])
    return lab_environment(LOCAL, {**os.environ, "PATH": path, "VIRTUAL_ENV": str(VENV)})


def lab_environment(home: Path, environment: "dict[str, str]") -> "dict[str, str]":
    """Return ``environment`` with everything that Jupyter and IPython read or write for themselves in ``home``."""
    ours = {
        "IPYTHONDIR": home / "ipython",
        "JUPYTER_CONFIG_DIR": home / "config",
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "runtime",
        "JUPYTERLAB_SETTINGS_DIR": home / "settings",
        "JUPYTERLAB_WORKSPACES_DIR": home / "workspaces",
    }
    if environment.get("PYTHONDONTWRITEBYTECODE"):  # set in containers: each kernel would compile its packages again
        ours["PYTHONPYCACHEPREFIX"] = home / "bytecode"
    jupyters = ("JUPYTER_CONFIG_PATH", "JUPYTER_PATH", "JUPYTERLAB_DIR")
    foreign = (*jupyters, "PYTHONDONTWRITEBYTECODE", "PYTHONHOME", "PYTHONSTARTUP")
    kept = {name: value for name, value in environment.items() if name not in foreign}
    return {**kept, **{name: str(path) for name, path in ours.items()}}


def prepare_lab_home(home: Path) -> None:
    """Make ``home``, for nobody else to read, and keep kernels from warning that they use TCP."""
    profile = home / "ipython/profile_default/ipython_kernel_config.json"
    profile.parent.mkdir(parents=True, exist_ok=True)
    home.chmod(0o700)  # IPython's history holds what was typed, tokens too
    profile.write_text('{"IPKernelApp": {"log_level": "ERROR"}}', encoding="utf-8")


if __name__ == "__main__":
    sys.path[:0] = [str(ROOT)]  # PYTHONSAFEPATH leaves it out
    sys.exit(main(sys.argv[1:]))
