"""Programs that try to get out of the sandbox, and how one sees from outside whether they did.

`{canary}` is a file with a secret, `{folder}` a folder of its own, `{tcp}`, `{udp}` and `{local}`
are addresses that somebody listens on. A program that says DONE believes that the kernel let it;
that alone counts only for acts that leave no trace outside.
"""

import select
import signal
import socket
import stat
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import psutil

SECRET = "canary-5f2c81"


class World:
    """What is around the sandbox, and may be reached from it or not."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.canary = folder / "canary.txt"
        self.canary.write_text(SECRET)
        self.canary.chmod(0o640)
        self.module = folder / "evil.py"
        self.module.write_text(f"open({str(folder / 'mark')!r}, 'w').close()")
        self.local = folder / "socket"
        self._listening = [socket.create_server(("127.0.0.1", 0))]
        self._listening.append(socket.socket(socket.AF_UNIX))
        self._listening[1].bind(str(self.local))
        self._listening[1].listen()
        self._listening.append(socket.socket(socket.AF_INET, socket.SOCK_DGRAM))
        self._listening[2].bind(("127.0.0.1", 0))
        self.signals: list[int] = []
        self._before = signal.signal(signal.SIGUSR1, lambda number, _: self.signals.append(number))
        #: What the program printed, and the process that ran it, once it has run.
        self.output = ""
        self.process = psutil.Process()

    def fill_in(self, code: str) -> str:
        values = {
            "canary": str(self.canary),
            "folder": str(self.folder),
            "module": str(self.module),
            "local": str(self.local),
            "tcp": str(self._listening[0].getsockname()[1]),
            "udp": str(self._listening[2].getsockname()[1]),
        }
        for name, value in values.items():
            code = code.replace(f"{{{name}}}", value)
        return code

    def reached(self, which: int) -> bool:
        """Whether a connection or a datagram has arrived."""
        return bool(select.select([self._listening[which]], [], [], 0)[0])

    def close(self) -> None:
        for one in self._listening:
            one.close()
        signal.signal(signal.SIGUSR1, self._before)


@dataclass(frozen=True)
class Attack:
    """A program, and whether it had an effect."""

    code: str
    succeeded: Callable[[World], bool]


def _said(world: World) -> bool:
    return "DONE" in world.output


def _read(world: World) -> bool:
    return SECRET in world.output


def _made(world: World) -> bool:
    return (world.folder / "mark").exists() or (world.folder / "mark").is_symlink()


def _tcp(world: World) -> bool:
    return world.reached(0)


def _local(world: World) -> bool:
    return world.reached(1)


def _udp(world: World) -> bool:
    return world.reached(2)


def _listens(world: World) -> bool:
    try:
        port = int(world.output)
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except (ValueError, OSError):
        return False
    return True


_C = "import ctypes\nlibc = ctypes.CDLL(None, use_errno=True)\n"
_SOCKET = "import _socket\n"

ATTACKS = {
    "read a file": Attack("print(open('{canary}').read())", _read),
    "read a file by its descriptor": Attack(
        "import os\nprint(os.read(os.open('{canary}', 0), 99).decode())", _read
    ),
    "write a file": Attack("open('{folder}/mark', 'w').close()", _made),
    "append to a file": Attack(
        "f = open('{canary}', 'a')\nf.write('more')\nf.close()",
        lambda world: world.canary.read_text() != SECRET,
    ),
    "truncate a file": Attack(
        "import os\nos.truncate('{canary}', 0)", lambda world: not world.canary.read_text()
    ),
    "learn that a file exists": Attack(
        "import os\nprint('size', os.stat('{canary}').st_size)",
        lambda world: f"size {len(SECRET)}" in world.output,
    ),
    "list a folder": Attack(
        "import os\nprint(os.listdir('{folder}'))", lambda world: "canary.txt" in world.output
    ),
    "change the mode of a file": Attack(
        "import os\nos.chmod('{canary}', 0o777)",
        lambda world: stat.S_IMODE(world.canary.stat().st_mode) == 0o777,
    ),
    "delete a file": Attack(
        "import os\nos.unlink('{canary}')", lambda world: not world.canary.exists()
    ),
    "rename a file": Attack("import os\nos.rename('{canary}', '{folder}/mark')", _made),
    "make a folder": Attack("import os\nos.mkdir('{folder}/mark')", _made),
    "make a symbolic link": Attack("import os\nos.symlink('{canary}', '{folder}/mark')", _made),
    "make a hard link": Attack("import os\nos.link('{canary}', '{folder}/mark')", _made),
    "make a named pipe": Attack("import os\nos.mkfifo('{folder}/mark')", _made),
    "change the folder": Attack(
        "import os\nos.chdir('{folder}')",
        lambda world: Path(world.process.cwd()) == world.folder,
    ),
    "connect by TCP": Attack(
        _SOCKET + "s = _socket.socket()\ns.connect(('127.0.0.1', {tcp}))", _tcp
    ),
    "send by UDP": Attack(
        _SOCKET + "s = _socket.socket(_socket.AF_INET, _socket.SOCK_DGRAM)\n"
        "s.sendto(b'x', ('127.0.0.1', {udp}))",
        _udp,
    ),
    "connect to a local socket": Attack(
        _SOCKET + "s = _socket.socket(_socket.AF_UNIX)\ns.connect('{local}')", _local
    ),
    "listen": Attack(
        _SOCKET + "s = _socket.socket()\ns.bind(('127.0.0.1', 0))\ns.listen()\n"
        "print(s.getsockname()[1])",
        _listens,
    ),
    "fork": Attack(
        "import os\npid = os.fork()\nif pid == 0:\n    os._exit(0)\n"
        "os.waitpid(pid, 0)\nprint('DONE')",
        _said,
    ),
    "replace itself by a shell": Attack(
        "import os\nos.execv('/bin/sh', ['sh', '-c', 'touch {folder}/mark'])", _made
    ),
    "os.system": Attack("import os\nos.system('touch {folder}/mark')", _made),
    "posix_spawn": Attack(
        "import os\npid = os.posix_spawn('/bin/sh', ['sh', '-c', 'touch {folder}/mark'], {})\n"
        "os.waitpid(pid, 0)",
        _made,
    ),
    "subprocess": Attack("import subprocess\nsubprocess.run(['touch', '{folder}/mark'])", _made),
    "open by libc": Attack(
        _C + "buffer = ctypes.create_string_buffer(99)\n"
        "libc.read(libc.open(b'{canary}', 0), buffer, 99)\nprint(buffer.value.decode())",
        _read,
    ),
    "openat by number of the call": Attack(
        _C + "import platform\nnumber = {'x86_64': 257, 'aarch64': 56}[platform.machine()]\n"
        "buffer = ctypes.create_string_buffer(99)\n"
        "libc.read(libc.syscall(number, -100, b'{canary}', 0), buffer, 99)\n"
        "print(buffer.value.decode())",
        _read,
    ),
    "open its own memory": Attack("open('/proc/self/mem', 'r+b')\nprint('DONE')", _said),
    "look at the parent process": Attack(
        "import os\nprint(open(f'/proc/{os.getppid()}/cmdline').read())",
        lambda world: psutil.Process().cmdline()[0] in world.output,
    ),
    "read the memory of the parent process": Attack(
        "import os\nmaps = open(f'/proc/{os.getppid()}/maps').readline()\n"
        "memory = open(f'/proc/{os.getppid()}/mem', 'rb', 0)\n"
        "memory.seek(int(maps.split('-')[0], 16))\nprint('DONE', memory.read(4)[1:])",
        lambda world: "DONE b'ELF'" in world.output,
    ),
    "send the parent a signal": Attack(
        "import os, signal\nos.kill(os.getppid(), signal.SIGUSR1)",
        lambda world: world.signals == [signal.SIGUSR1],
    ),
    "send the parent a signal by libc": Attack(
        _C + "libc.kill(libc.getppid(), 10)", lambda world: world.signals == [signal.SIGUSR1]
    ),
    "ptrace": Attack(_C + "print('DONE' if libc.ptrace(0, 0, 0, 0) == 0 else 'no')", _said),
    "make a file in memory": Attack(
        _C + "print('DONE' if libc.memfd_create(b'x', 0) >= 0 else 'no')", _said
    ),
    "make executable memory": Attack(
        _C + "libc.mmap.restype = ctypes.c_void_p\n"
        "address = libc.mmap(None, ctypes.c_size_t(4096), 7, 34, -1, ctypes.c_long(0))\n"
        "print('DONE' if address not in (None, 2**64 - 1) else 'no')",
        _said,
    ),
    "make its memory executable": Attack(
        _C + "libc.mmap.restype = ctypes.c_void_p\n"
        "address = libc.mmap(None, ctypes.c_size_t(4096), 3, 34, -1, ctypes.c_long(0))\n"
        "status = libc.mprotect(ctypes.c_void_p(address), ctypes.c_size_t(4096), 5)\n"
        "print('DONE' if status == 0 else 'no')",
        _said,
    ),
    "start a thread": Attack(
        "import _thread\nlock = _thread.allocate_lock()\nlock.acquire()\n"
        "_thread.start_new_thread(lock.release, ())\nlock.acquire(timeout=5) and print('DONE')",
        _said,
    ),
    "load a module from a file": Attack(
        "import sys\nloader = sys.modules['importlib._bootstrap_external'].SourceFileLoader\n"
        "loader('evil', '{module}').load_module()",
        _made,
    ),
    "unpickle": Attack(
        "import pickle\npickle.loads(b\"cposix\\nsystem\\n(S'touch {folder}/mark'\\ntR.\")", _made
    ),
    "find a way by subclasses": Attack(
        "[cls for cls in ().__class__.__base__.__subclasses__() if cls.__name__ == 'FileLoader']"
        "[0]('x', '{canary}').get_data('{canary}').decode()",
        _read,
    ),
    "raise its limits": Attack(
        "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (10**9, 10**9))\nprint('DONE')",
        _said,
    ),
    "make a user namespace": Attack(
        _C + "print('DONE' if libc.unshare(0x10000000) == 0 else 'no')", _said
    ),
    "change its own name": Attack(
        _C + "libc.prctl(15, b'evil', 0, 0, 0)",
        lambda world: world.process.name() == "evil",
    ),
    "change the mode of new files": Attack(
        "import os\nos.umask(0o123)",
        lambda world: "0123" in Path(f"/proc/{world.process.pid}/status").read_text(),
    ),
    "change its priority": Attack(
        "import os\nos.nice(5)", lambda world: world.process.nice() == 5 + psutil.Process().nice()
    ),
    "read the environment": Attack(
        "import os\nprint(os.environ.get('A_SECRET'))", _read
    ),
    "watch files": Attack(_C + "print('DONE' if libc.inotify_init() >= 0 else 'no')", _said),
    "catch the interrupt": Attack(
        "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nprint('DONE')", _said
    ),
}  # fmt: skip
