"""Say what llama.cpp allocates where: python buffers.py MODEL WINDOW LAYERS STEP.

Prints a line for each buffer: the device, what it is for, MiB.
"""

import ctypes
import re
import sys

import llama_cpp

_BUFFER = re.compile(r": +(\S+) (model|KV|compute|output) buffer size = +([0-9.]+) MiB")


def main() -> None:
    path, window, layers, step = sys.argv[1], *map(int, sys.argv[2:])
    lines: list[str] = []

    @llama_cpp.llama_log_callback
    def keep(_level: int, text: bytes, _data: object) -> None:
        lines.append(text.decode(errors="replace"))

    llama_cpp.llama_log_set(keep, ctypes.c_void_p(0))
    llama_cpp.llama_backend_init()
    model_parameters = llama_cpp.llama_model_default_params()
    model_parameters.n_gpu_layers = layers
    model = llama_cpp.llama_model_load_from_file(path.encode(), model_parameters)
    parameters = llama_cpp.llama_context_default_params()
    parameters.n_ctx = window
    parameters.n_batch = parameters.n_ubatch = step
    parameters.n_seq_max = 64
    parameters.kv_unified = True
    context = llama_cpp.llama_init_from_model(model, parameters)
    for device, purpose, size in _BUFFER.findall("".join(lines)):
        print(device, purpose, size)
    llama_cpp.llama_free(context)
    llama_cpp.llama_model_free(model)


if __name__ == "__main__":
    main()
