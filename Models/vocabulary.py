"""The byte-level vocabulary of the tiny models: 256 bytes, 8 special tokens, and the chat format that they make."""

BYTES = 256
SPECIALS = ["<|bos|>", "<|user|>", "<|assistant|>", "<|end|>", "<think>", "</think>", "<|pad|>", "<|unused|>"]
SIZE = BYTES + len(SPECIALS)

BOS, USER, ASSISTANT, END, PAD = (
    BYTES + SPECIALS.index(name) for name in ("<|bos|>", "<|user|>", "<|assistant|>", "<|end|>", "<|pad|>")
)

CHAT_TEMPLATE = (
    "{{ '<|bos|>' }}{% for m in messages %}{% if m.role == 'user' %}{{ '<|user|>' + m.content }}"
    "{% endif %}{% endfor %}{{ '<|assistant|>' }}"
)


def conversation(prompt, answer):
    """The tokens of one prompt with its answer, and where among them the answer starts."""
    asked = [BOS, USER, *prompt.encode(), ASSISTANT]
    return [*asked, *answer.encode(), END], len(asked)


def printable_bytes():
    """One printable character for each byte, in the order of the bytes, as byte-level BPE vocabularies write them.

    The table is GPT-2's: bytes that print stand for themselves, the others take the characters from U+0100 on.
    """
    printable = {*range(ord("!"), ord("~") + 1), *range(0xA1, 0xAD), *range(0xAE, 0x100)}
    others = [byte for byte in range(BYTES) if byte not in printable]
    return [chr(byte) if byte in printable else chr(BYTES + others.index(byte)) for byte in range(BYTES)]
