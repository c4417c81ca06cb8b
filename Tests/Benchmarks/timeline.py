"""Reads the arrival of every chunk from a timeline as Poise stores it (`TimelineCoding.swift`, version 1)."""

CONNECT, FIRST_BYTE, TOKENS, COALESCED, SHARED_TIMES = 1, 2, 4, 8, 16
KINDS = ["role", "reasoning", "answer", "toolCall", "usage", "done", "other"]
TOKEN_KINDS = {"reasoning", "answer", "toolCall"}


class Bytes:
    def __init__(self, data: bytes):
        self.data, self.offset = data, 0

    def byte(self) -> int:
        self.offset += 1
        return self.data[self.offset - 1]

    def unsigned(self) -> int:
        value, shift = 0, 0
        while True:
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                return value
            shift += 7

    def signed(self) -> int:
        value = self.unsigned()
        return value >> 1 ^ -(value & 1)


def token_times(data: bytes) -> list[int]:
    """Microseconds after the start of each chunk that holds tokens.

    Throws: `ValueError` for a version that is not known here; `IndexError` where bytes are missing.
    """
    source = Bytes(data)
    version, flags = source.byte(), source.byte()
    if version != 1:
        raise ValueError(f"a timeline of version {version}, which this reader does not know")
    for flag in (CONNECT, FIRST_BYTE):
        if flags & flag:
            source.signed()
    count = source.unsigned()
    coalesced = [False] * count
    if flags & COALESCED:
        packed = [source.byte() for _ in range((count + 7) // 8)]
        coalesced = [bool(packed[index // 8] >> index % 8 & 1) for index in range(count)]
    times, time, gap = [], 0, 0
    for shares in coalesced:
        if not (shares and flags & SHARED_TIMES):
            gap += source.signed()
            time += gap
        times.append(time)
    kinds: list[str] = []
    while len(kinds) < count:
        kind = KINDS[source.byte()]
        kinds += [kind] * source.unsigned()
    lengths = [source.byte() for _ in range((count + 1) // 2)]
    empty = [lengths[index // 2] >> 4 * (index % 2) & 15 == 0 for index in range(count)]
    return [time for time, kind, is_empty in zip(times, kinds, empty) if kind in TOKEN_KINDS and not is_empty]
