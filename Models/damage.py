"""Damages a GGUF file on purpose: the same model with noise on its weights, as a broken conversion would leave it.

    python damage.py quantized/tiny-m-q8_0.gguf quantized/tiny-m-damaged.gguf

A gate that lets such a file pass is no gate. To each matrix normal noise is added, as large as a share of the matrix's
own spread; types, metadata and size stay as they were. The same seed makes the same file.
"""

import argparse
import sys
from pathlib import Path

import gguf
import numpy

from quantize import UnusableModel, copy_metadata, put


def damage(source, path, noise, seed):
    """Writes the source with noise on its matrices to a file."""
    try:
        reader = gguf.GGUFReader(source)
        architecture = reader.fields["general.architecture"].contents()
    except (ValueError, IndexError, KeyError, OSError) as error:
        raise UnusableModel(f"{source}: not a whole GGUF file ({error}). Run quantize.py first.") from error
    writer = gguf.GGUFWriter(path, architecture)
    copy_metadata(reader, writer)
    for name, add in (
        ("general.file_type", writer.add_file_type),
        ("general.quantization_version", writer.add_quantization_version),
    ):
        if name in reader.fields:
            add(reader.fields[name].contents())
    writer.add_string("poise.damage", f"noise {noise}, seed {seed}")
    generator = numpy.random.default_rng(seed)
    for tensor in reader.tensors:
        if len(tensor.shape) == 1:
            writer.add_tensor(tensor.name, tensor.data, raw_dtype=tensor.tensor_type)
            continue
        weights = gguf.dequantize(tensor.data, tensor.tensor_type)
        spoilt = weights + generator.normal(0, noise * weights.std(), weights.shape).astype(weights.dtype)
        writer.add_tensor(tensor.name, gguf.quantize(spoilt, tensor.tensor_type), raw_dtype=tensor.tensor_type)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("source", type=Path, help="a GGUF file that works")
    parser.add_argument("path", type=Path, help="where the damaged one goes")
    parser.add_argument("--noise", type=float, default=0.5, metavar="SHARE", help="of each matrix's spread (0.5)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args()


def main():
    chosen = options()
    try:
        if not chosen.noise > 0:
            raise UnusableModel(f"--noise {chosen.noise} would damage nothing. Give a share above 0.")
        chosen.path.parent.mkdir(parents=True, exist_ok=True)
        put(chosen.path, lambda partial: damage(chosen.source, partial, chosen.noise, chosen.seed))
    except (UnusableModel, OSError) as error:
        sys.exit(f"damage.py: {error}")


if __name__ == "__main__":
    main()
