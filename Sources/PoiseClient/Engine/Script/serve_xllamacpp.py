"""Serve a GGUF file with the llama.cpp inside the xllamacpp package: the flags are llama-server's own.

It ends when its standard input closes, so that it never outlives the program that started it, and on SIGTERM.
"""

import sys

# Run by `-c`, Python looks for modules in the working folder first: a signal.py there is not ours.
sys.path[:] = [folder for folder in sys.path if folder]

import argparse
import json
import os
import signal


def version():
    from importlib.metadata import version as installed

    number = installed("xllamacpp")
    # The wheel is built without git, so llama.cpp itself says "unknown"; the package's last component is its build.
    return f"xllamacpp {number} (llama.cpp b{number.split('.')[-1]})"


def details(xllamacpp, params):
    """What llama.cpp was told and found, for the log; versions of the package lack one or the other."""
    flash_attention = {-1: "auto", 0: "off", 1: "on"}

    def cache_type(kind):
        return kind.name.removeprefix("GGML_TYPE_").lower()

    facts = {
        "threads": lambda: params.cpuparams.n_threads,
        "batchThreads": lambda: params.cpuparams_batch.n_threads,
        "batchSize": lambda: min(params.n_batch, params.n_ctx or params.n_batch),
        "microBatchSize": lambda: params.n_ubatch,
        "flashAttention": lambda: flash_attention[int(params.flash_attn_type)],
        "keyCacheType": lambda: cache_type(params.cache_type_k),
        "valueCacheType": lambda: cache_type(params.cache_type_v),
        "devices": lambda: [f"{device['name']} ({device['description']})" for device in xllamacpp.get_device_info()],
        "instructions": lambda: [
            part.split("=")[0].split(":")[-1].strip()
            for part in xllamacpp.get_system_info().split("|")
            if part.strip().endswith("= 1")
        ],
    }
    known = {}
    for name, fact in facts.items():
        try:
            value = fact()
        except Exception:
            continue  # the run does without it
        if not isinstance(value, int) or value > 0:  # -1: left to the library, which did not write it back
            known[name] = value
    return json.dumps(known)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", action="store_true", help="print the package's version and end")
    parser.add_argument("--model")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int)
    parser.add_argument("--ctx-size", type=int, default=0)
    parser.add_argument("--parallel", type=int, default=1)
    parser.add_argument("--threads", type=int)
    parser.add_argument("--n-gpu-layers", type=int)
    parser.add_argument("--alias", help="the name that responses carry, in place of the path")
    options = parser.parse_args()
    if options.version:
        print(version())
        return
    # Ends at once also while a model loads, which a handler in Python would not; the parent ignores it, we inherit that.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's to handle
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = options.model
    params.hostnames = [options.host]
    params.port = options.port
    params.n_ctx = options.ctx_size
    params.n_parallel = options.parallel
    if options.alias:
        params.model_alias = {options.alias}
    if options.threads:
        params.cpuparams.n_threads = options.threads
        params.cpuparams_batch.n_threads = options.threads
    if options.n_gpu_layers is not None:  # 0 is a choice: no layer
        params.n_gpu_layers = options.n_gpu_layers
    server = xllamacpp.Server(params)  # returns when the model is loaded
    print(f"engine details: {details(xllamacpp, params)}", file=sys.stderr, flush=True)
    print(f"listening on {server.listening_address}", file=sys.stderr, flush=True)
    sys.stdin.buffer.read()
    os._exit(0)  # the server's destructor waits for ever where a stream is in flight


if __name__ == "__main__":
    main()
