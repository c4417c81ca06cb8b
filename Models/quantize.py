"""Quantizes the tiny models beside this file into quantized/: tiny-SIZE-QUANTIZATION.gguf.

    python quantize.py

q8_0, q5_0 and q4_0 for each model, tq2_0 (two bits, three values) for those whose rows are wide enough; the f16 file
comes along under the same naming. The embedding, which is also the output matrix, stays at q8_0. A file that was made
from the same source is kept.
"""

import argparse
import hashlib
import os
import shutil
import sys
from pathlib import Path

import gguf

HERE = Path(__file__).resolve().parent
EMBEDDING = "token_embd.weight"
EMBEDDING_TYPE = gguf.GGMLQuantizationType.Q8_0

SOURCE_KEY = "poise.source.sha256"
RECIPE_KEY = "poise.recipe"
RECIPE = 1
"""Counted up when this file comes to write other bytes, so that what older versions left is made again."""

QUANTIZATIONS = {
    "q8_0": (gguf.GGMLQuantizationType.Q8_0, gguf.LlamaFileType.MOSTLY_Q8_0),
    "q5_0": (gguf.GGMLQuantizationType.Q5_0, gguf.LlamaFileType.MOSTLY_Q5_0),
    "q4_0": (gguf.GGMLQuantizationType.Q4_0, gguf.LlamaFileType.MOSTLY_Q4_0),
    "tq2_0": (gguf.GGMLQuantizationType.TQ2_0, gguf.LlamaFileType.MOSTLY_TQ2_0),
}
"""Each one's type of the matrices, and the file type that its metadata name."""


class UnusableModel(Exception):
    """A source that cannot be quantized, with what to do about it."""


class Source:
    """A model in half precision, to make the others from."""

    def __init__(self, path):
        self.path = path
        self.stem = path.name.removesuffix("-f16.gguf")
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            self.reader = gguf.GGUFReader(path)
        except (ValueError, IndexError, OSError) as error:
            raise UnusableModel(f"{path}: not a whole GGUF file ({error}). Check it out or train it again.") from error

    def tensor_types(self, quantization):
        """The type of each tensor, by name; None where a row does not hold a whole number of blocks."""
        matrix_type, _ = QUANTIZATIONS[quantization]
        types = {}
        for tensor in self.reader.tensors:
            wanted = EMBEDDING_TYPE if tensor.name == EMBEDDING else matrix_type
            block, _ = gguf.GGML_QUANT_SIZES[wanted]
            if len(tensor.shape) == 1:
                types[tensor.name] = tensor.tensor_type
            elif tensor.shape[0] % block == 0:
                types[tensor.name] = wanted
            else:
                return None
        return types


def write_quantized(source, quantization, types, path):
    """Writes the source with its tensors in other types to a file."""
    architecture = source.reader.fields["general.architecture"].contents()
    writer = gguf.GGUFWriter(path, architecture)
    copy_metadata(source.reader, writer)
    writer.add_file_type(QUANTIZATIONS[quantization][1])
    writer.add_quantization_version(gguf.GGML_QUANT_VERSION)
    writer.add_string(SOURCE_KEY, source.digest)
    writer.add_uint32(RECIPE_KEY, RECIPE)
    for tensor in source.reader.tensors:
        wanted = types[tensor.name]
        data = gguf.dequantize(tensor.data, tensor.tensor_type)
        writer.add_tensor(tensor.name, gguf.quantize(data, wanted), raw_dtype=wanted)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def copy_metadata(reader, writer):
    """Copies all but what the writer sets itself and what is true of one file type only."""
    own = {"general.architecture", "general.file_type", "general.quantization_version"}
    for field in reader.fields.values():
        if field.name.startswith("GGUF.") or field.name in own:
            continue
        item_type = field.types[-1] if field.types[0] == gguf.GGUFValueType.ARRAY else None
        writer.add_key_value(field.name, field.contents(), field.types[0], item_type)


def is_current(path, source):
    """Whether a file was made by this recipe from this very source."""
    if not path.exists():
        return False
    try:
        fields = gguf.GGUFReader(path).fields
    except (ValueError, IndexError, OSError):
        return False  # not ours, or cut short: made again
    made_from, recipe = fields.get(SOURCE_KEY), fields.get(RECIPE_KEY)
    if made_from is None or recipe is None:
        return False
    return made_from.contents() == source.digest and recipe.contents() == RECIPE


def is_same(path, source):
    """Whether a file has the source's bytes."""
    return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == source.digest


def link_or_copy(source, path):
    """Gives the source a second name, or copies it where the file system cannot."""
    try:
        os.link(source.path, path)
    except OSError:
        shutil.copyfile(source.path, path)


def put(path, write):
    """Lets `write` make a file beside the path and then moves it there: nobody ever sees half of one."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        write(partial)
        os.replace(partial, path)
    finally:
        partial.unlink(missing_ok=True)


def quantize_all(source, folder):
    """Makes what is missing or out of date, and says what became of each file."""
    path = folder / f"{source.stem}-f16.gguf"
    if is_same(path, source):
        yield path, False
    else:
        put(path, lambda partial: link_or_copy(source, partial))
        yield path, True
    for quantization in QUANTIZATIONS:
        types = source.tensor_types(quantization)
        if types is None:
            continue
        path = folder / f"{source.stem}-{quantization}.gguf"
        if is_current(path, source):
            yield path, False
        else:
            put(path, lambda partial: write_quantized(source, quantization, types, partial))
            yield path, True


def run(models, folder):
    sources = sorted(models.glob("tiny-*-f16.gguf"))
    if not sources:
        raise UnusableModel(f"{models}: no tiny-*-f16.gguf here. Check them out, or train them with train.py.")
    folder.mkdir(parents=True, exist_ok=True)
    kept = 0
    for path in sources:
        for made, is_new in quantize_all(Source(path), folder):
            if is_new:
                print(f"{made.name}  {made.stat().st_size / 1e6:.2f} MB", file=sys.stderr, flush=True)
            else:
                kept += 1
    if kept:
        print(f"up to date: {kept}", file=sys.stderr)


def options():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--models", type=Path, default=HERE, metavar="FOLDER", help="where the f16 files are")
    parser.add_argument("--out", type=Path, metavar="FOLDER", help="where the others go (default: quantized/ in there)")
    return parser.parse_args()


def main():
    chosen = options()
    try:
        run(chosen.models, chosen.out or chosen.models / "quantized")
    except (UnusableModel, OSError) as error:
        sys.exit(f"quantize.py: {error}")


if __name__ == "__main__":
    main()
