"""Philox4x32-10 in plain integers, after Salmon et al., "Parallel random numbers: as easy as 1, 2, 3", SC 2011,
and the words that a row of an image gets. Shared by the references of the transforms that use pixel noise."""

WORD = 0xFFFFFFFF


def philox(counter, key):
    """Four words for a counter of four words and a key of two."""
    (a, b, c, d), (k, l) = counter, key
    for _ in range(10):
        p, q = 0xD2511F53 * a, 0xCD9E8D57 * c
        a, b, c, d = (q >> 32) ^ b ^ k, q & WORD, (p >> 32) ^ d ^ l, p & WORD
        k, l = (k + 0x9E3779B9) & WORD, (l + 0xBB67AE85) & WORD
    return a, b, c, d


def row_words(key, row, count):
    """The first words of a row under a 64-bit key."""
    words = []
    for block in range((count + 3) // 4):
        words += philox((block, row, 0, 0), (key & WORD, key >> 32))
    return words[:count]
