"""Files that are wrong on purpose: decompression bombs, loops, lies about sizes, other formats under an image's name.

Each entry is name -> (expectation, bytes); hostile_corpus.py says which expectations there are.
"""

import struct
import zlib

from hostile_formats import HEIGHT, WIDTH, Tiff, bmp, pattern, png, png_chunk, sound_files

MIB = 1 << 20


def zeros(mebibytes):
    return zlib.compress(bytes(mebibytes * MIB), 9)


def crafted_png():
    good = png()
    head, size = good[:8], (WIDTH, HEIGHT)
    ihdr = good[8:33]
    return {
        "huge_sides.png": ("bad", head + png_chunk(
            b"IHDR", struct.pack(">IIBBBBB", 2**31 - 1, 2**31 - 1, 8, 2, 0, 0, 0))),
        "many_pixels.png": ("bad", png(0, rows=bytes(2001 * 2000), size=(2000, 2000))),
        "long_side.png": ("bad", png(0, rows=b"", size=(2_000_000, 1))),
        "no_sides.png": ("bad", png(0, rows=b"", size=(0, 0))),
        "too_few_rows.png": ("bad", png(0, rows=bytes(900), size=(900, 900))),
        "bomb_behind_the_rows.png": ("either", png(0, rows=bytes(25 * 16 + 60 * MIB))),
        "icc_bomb.png": ("sample", png(before=png_chunk(b"iCCP", b"x\0\0" + zeros(64)))),
        "icc_claims_much.png": ("sample", png(before=png_chunk(b"iCCP", b"x\0\0" + zlib.compress(
            b"\xff\xff\xff\xff" + bytes(124))))),
        "text_bomb.png": ("sample", png(before=png_chunk(b"zTXt", b"x\0\0" + zeros(64)))),
        "international_text_bomb.png": ("sample", png(before=png_chunk(b"iTXt", b"x\0\1\0\0\0" + zeros(64)))),
        "long_text.png": ("sample", png(before=png_chunk(b"tEXt", b"x\0" + b"y" * 4 * MIB))),
        "many_texts.png": ("sample", png(before=png_chunk(b"tEXt", b"x\0y") * 100_000)),
        "unknown_chunks.png": ("sample", png(before=png_chunk(b"abCd", b"") * 100_000)),
        "chunk_beyond_the_end.png": ("bad", good[:33] + png_chunk(b"tEXt", b"x\0y", 2**31 - 1) + good[33:]),
        "negative_chunk.png": ("bad", good[:33] + png_chunk(b"tEXt", b"x\0y", 2**32 - 1) + good[33:]),
        "two_headers.png": ("bad", head + ihdr + ihdr + good[33:]),
        "no_header.png": ("bad", head + good[33:]),
        "no_data.png": ("bad", head + ihdr + png_chunk(b"IEND", b"")),
        "no_palette.png": ("bad", png(3)),
        "wrong_checksum.png": ("bad", good.replace(b"IDAT", b"IDAT\xff", 1)),
        "odd_depth.png": ("bad", png(2, rows=b"", before=b"").replace(ihdr[8:21], struct.pack(
            ">IIBBBBB", *size, 3, 2, 0, 0, 0))),
        "data_twice.png": ("either", good[:-12] + good[33:]),
        "exif_loop.png": ("sample", png(before=png_chunk(b"eXIf", b"II*\0\x08\0\0\0\xff\xff" + bytes(40)))),
        "polyglot.png": ("sample", good + b"PK\3\4 <script>alert(1)</script> %PDF-1.4"),
    }


def jpeg_segments(jpeg):
    """Offsets of the markers before the first scan."""
    offset, found = 2, {}
    while jpeg[offset + 1] != 0xDA:
        found.setdefault(jpeg[offset + 1], offset)
        offset += 2 + struct.unpack(">H", jpeg[offset + 2:offset + 4])[0]
    found[0xDA] = offset
    return found


def segment(marker, payload):
    return bytes([0xFF, marker]) + struct.pack(">H", len(payload) + 2) + payload


def many_scans(count):
    """A progressive grey image, whose DC scan is repeated: each one is a walk over all blocks."""
    table = segment(0xC4, b"\0" + b"\1" + bytes(15) + b"\0")  # one code, "no difference"
    frame = segment(0xC2, struct.pack(">BHHB", 8, 1000, 1000, 1) + b"\1\x11\0")
    scan = segment(0xDA, b"\1\1\0\0\0\0") + bytes(125 * 125 // 8 + 1)
    return b"\xff\xd8" + segment(0xDB, b"\0" + b"\1" * 64) + frame + table + scan * count + b"\xff\xd9"


def crafted_jpeg():
    files = sound_files()
    good, progressive = files["color.jpg"], files["progressive.jpg"]
    at = jpeg_segments(good)
    sof, sos = at[0xC0], at[0xDA]

    def with_size(height, width):
        return good[:sof + 5] + struct.pack(">HH", height, width) + good[sof + 9:]

    def behind_start(segments):
        return good[:2] + segments + good[2:]

    exif = b"Exif\0\0II*\0\x08\0\0\0\xff\xff" + b"\x12\x01\x03\0\xff\xff\xff\xff\x06\0\0\0" * 100
    last_scan = progressive.rindex(b"\xff\xda")
    return {
        "most_pixels.jpg": ("bad", with_size(65535, 65535)),
        "more_rows.jpg": ("bad", with_size(999, WIDTH)),
        "no_rows.jpg": ("bad", with_size(0, WIDTH)),
        "no_columns.jpg": ("bad", with_size(HEIGHT, 0)),
        "thousands_of_scans.jpg": ("bad", many_scans(3000)),
        "last_scan_missing.jpg": ("bad", progressive[:last_scan] + b"\xff\xd9"),
        "scan_without_frame.jpg": ("bad", good[:2] + good[sos:]),
        "no_scan.jpg": ("bad", good[:sos] + b"\xff\xd9"),
        "ended_within_the_scan.jpg": ("bad", good[:-30] + b"\xff\xd9"),
        "many_segments.jpg": ("bad", behind_start(segment(0xEF, b"") * 70_000)),
        "many_comments.jpg": ("sample", behind_start(segment(0xFE, b"x" * 60_000) * 20)),
        "fill_bytes.jpg": ("bad", good[:2] + b"\xff" * 200_000 + good[2:]),
        "stray_bytes.jpg": ("bad", good[:2] + b"\0" * 200_000 + good[2:]),
        "segment_beyond_the_end.jpg": ("bad", good[:2] + b"\xff\xe1\xff\xff" + good[2:]),
        "segment_without_length.jpg": ("bad", good[:2] + b"\xff\xe1\0\0" + good[2:]),
        "exif_loop.jpg": ("sample", behind_start(segment(0xE1, exif))),
        "icc_without_its_parts.jpg": ("sample", behind_start(segment(0xE2, b"ICC_PROFILE\0\7\xff" + bytes(200)))),
        "lossless.jpg": ("bad", good[:sof + 1] + b"\xc3" + good[sof + 2:]),
        "twelve_bits.jpg": ("bad", good[:sof + 4] + b"\x0c" + good[sof + 5:]),
        "wide_sampling.jpg": ("either", good[:sof + 11] + b"\x44" + good[sof + 12:]),
        "no_sampling.jpg": ("bad", good[:sof + 11] + b"\x00" + good[sof + 12:]),
        "many_components.jpg": ("bad", good[:sof + 9] + b"\xff" + good[sof + 10:]),
        "two_starts.jpg": ("bad", good[:2] + good),
        "polyglot.jpg": ("sample", good + b"PK\3\4 <script>alert(1)</script>"),
    }


def crafted_tiff():
    tiff, grey = Tiff(), pattern(1)
    good = sound_files()["grey.tif"]
    big = Tiff(big=True)
    shared = [tiff.entry(tag, 7, MIB, struct.pack("<I", 16)) for tag in range(50_000, 54_000)]
    tiles = [tiff.number(256, 900), tiff.number(257, 900), tiff.number(258, 8), tiff.number(259, 8),
             tiff.number(262, 1), tiff.number(277, 1), tiff.number(322, 16), tiff.number(323, 900_000),
             tiff.entry(324, 4, 57, struct.pack("<I", 16)), tiff.entry(325, 4, 57, struct.pack("<I", 16))]
    directory = len(good) - 4 - 9 * 12 - 2
    return {
        "loop.tif": ("sample", good[:-4] + struct.pack("<I", directory)),
        "next_beyond_the_end.tif": ("either", good[:-4] + struct.pack("<I", 2**32 - 1)),
        "directory_beyond_the_end.tif": ("bad", good[:4] + struct.pack("<I", 2**32 - 1) + good[8:]),
        "directory_in_the_header.tif": ("bad", good[:4] + struct.pack("<I", 0) + good[8:]),
        "no_entries.tif": ("bad", tiff.file([], grey)),
        "many_entries.tif": ("bad", good[:directory] + b"\xff\xff" + good[directory + 2:]),
        "many_tags.tif": ("sample", tiff.image(
            grey, extra=[(tag, tiff.number(tag, 1)) for tag in range(40_000, 44_000)])),
        "same_tag_often.tif": ("either", tiff.image(grey, extra=[(40_000, tiff.number(40_000, 1))] * 4_000)),
        "tag_bomb.tif": ("bad", tiff.file([tiff.number(256, 4), tiff.number(257, 4)] + shared, bytes(MIB))),
        "tile_bomb.tif": ("bad", tiff.file(tiles, zeros(1))),
        "strip_bomb.tif": ("either", tiff.image(zeros(60), compression=8)),
        "huge_sides.tif": ("bad", tiff.image(grey, t256=2**32 - 1, t257=2**32 - 1)),
        "many_pixels.tif": ("bad", tiff.image(grey, t256=1001, t257=1000)),
        "no_rows_a_strip.tif": ("either", tiff.image(grey, t278=0)),
        "rows_a_strip.tif": ("bad", tiff.image(grey, t257=999_999, t256=1, t278=1)),
        "many_samples.tif": ("bad", tiff.image(grey, t277=65_535)),
        "no_samples.tif": ("bad", tiff.image(grey, t277=0)),
        "seven_bits.tif": ("either", tiff.image(grey, bits=7)),
        "sixty_four_bits.tif": ("bad", tiff.image(grey, bits=64)),
        "unknown_compression.tif": ("bad", tiff.image(grey, compression=4711)),
        "old_jpeg.tif": ("bad", tiff.image(grey, compression=6)),
        "garbage_lzw.tif": ("bad", tiff.image(grey, compression=5)),
        "garbage_fax.tif": ("bad", tiff.image(grey, compression=4, bits=1)),
        "strip_beyond_the_end.tif": ("bad", tiff.image(grey, t273=2**31)),
        "long_strip.tif": ("either", tiff.image(grey, t279=2**31)),
        "short_strip.tif": ("bad", tiff.image(grey, t279=len(grey) - 1)),
        "big_count.tif": ("bad", big.file(
            [big.number(256, 4), big.number(257, 4), big.entry(273, 16, 2**60, b"\x10")], grey)),
        "separate_planes_missing.tif": ("bad", tiff.image(grey, photometric=2, samples=3, t284=2)),
    }


def riff(chunks, size=None):
    body = b"WEBP" + chunks
    return b"RIFF" + struct.pack("<I", len(body) if size is None else size) + body


def riff_chunk(kind, payload, length=None):
    return kind + struct.pack("<I", len(payload) if length is None else length) + payload + b"\0" * (len(payload) % 2)


def le24(value):
    return struct.pack("<I", value)[:3]


def crafted_webp():
    files = sound_files()
    lossy, lossless = files["lossy.webp"], files["lossless.webp"]
    frame = lossy[12:]

    def extended(flags, width, height, chunks):
        return riff(riff_chunk(b"VP8X", bytes([flags, 0, 0, 0]) + le24(width - 1) + le24(height - 1)) + chunks)

    def animated(width, height, frames):
        return extended(2, width, height, riff_chunk(b"ANIM", bytes(6)) + frames)

    def animation_frame(x, y, width, height, chunks):
        place = le24(x // 2) + le24(y // 2) + le24(width - 1) + le24(height - 1)
        return riff_chunk(b"ANMF", place + le24(100) + b"\0" + chunks)

    one = animation_frame(0, 0, WIDTH, HEIGHT, frame)
    return {
        "size_too_large.webp": ("bad", riff(frame, 2**32 - 2)),
        "size_too_small.webp": ("bad", riff(frame, 20)),
        "other_canvas.webp": ("bad", extended(0, 900, 900, frame)),
        "huge_canvas.webp": ("bad", animated(2**24, 2**24, one)),
        "large_canvas.webp": ("bad", animated(1001, 1000, one)),
        "sparse_canvas.webp": ("either", animated(900, 900, one)),
        "frame_outside.webp": ("bad", animated(30, 30, animation_frame(20, 20, WIDTH, HEIGHT, frame))),
        "frame_of_another_size.webp": ("bad", animated(900, 900, animation_frame(0, 0, 800, 800, frame))),
        "no_frame.webp": ("bad", extended(0, WIDTH, HEIGHT, b"")),
        "empty_frame.webp": ("bad", animated(WIDTH, HEIGHT, animation_frame(0, 0, WIDTH, HEIGHT, b""))),
        "many_frames.webp": ("either", animated(WIDTH, HEIGHT, one * 20_000)),
        "many_chunks.webp": ("either", extended(0, WIDTH, HEIGHT, riff_chunk(b"XXXX", b"") * 90_000 + frame)),
        "icc_bomb.webp": ("either", extended(0x20, WIDTH, HEIGHT, riff_chunk(b"ICCP", bytes(4 * MIB)) + frame)),
        "exif_beyond_the_end.webp": ("bad", extended(8, WIDTH, HEIGHT, frame + riff_chunk(b"EXIF", b"II*\0", 2**31))),
        "lossless_garbage.webp": ("bad", riff(riff_chunk(b"VP8L", lossless[20:25] + bytes(range(100))))),
        "empty_chunk.webp": ("bad", riff(riff_chunk(b"VP8L", b""))),
    }


def crafted_bmp_and_pnm():
    grey, palette = pattern(1), bytes(1024)
    end = b"\0\1"

    def runs(data, size=(WIDTH, HEIGHT)):
        return bmp(8, data, size, compression=1, palette=palette)

    return {
        "offset_beyond_the_end.bmp": ("bad", bmp(8, grey, palette=palette, offset=2**32 - 1)),
        "negative_width.bmp": ("bad", bmp(8, grey, (-WIDTH, HEIGHT), palette=palette)),
        "least_height.bmp": ("bad", bmp(8, grey, (1, -2**31), palette=palette)),
        "many_pixels.bmp": ("bad", bmp(1, bytes(1001 * 128), (1001, 1000), palette=bytes(8))),
        "three_bits.bmp": ("bad", bmp(3, grey, palette=palette)),
        "no_masks.bmp": ("either", bmp(32, pattern(4), compression=3, masks=bytes(12))),
        "jpeg_inside.bmp": ("bad", bmp(24, grey, compression=4)),
        "rows_missing.bmp": ("bad", bmp(8, grey[:-1], palette=palette)),
        "runs_leave_the_image.bmp": ("bad", runs(b"\xff\1\0\0" * 1000 + end)),
        "runs_without_end.bmp": ("bad", runs(b"\x08\1" * 3)),
        "moves_only.bmp": ("either", runs(b"\0\2\xff\0" * 100_000 + end)),
        "runs_of_nothing.bmp": ("sample", runs(end)),
        "literals_beyond_the_end.bmp": ("bad", runs(b"\0\xff\1\2\3")),
        "endless_number.ppm": ("bad", b"P6 " + b"9" * 100_000 + b" 1 255\n"),
        "endless_comment.ppm": ("bad", b"P6 #" + b"x" * 100_000),
        "huge_sides.ppm": ("bad", b"P6 999999999 999999999 255\n"),
        "no_pixels.ppm": ("bad", b"P6 900 900 255\n"),
        "no_largest_value.pgm": ("bad", b"P5 24 16 0\n" + grey),
        "largest_value_too_large.pgm": ("bad", b"P5 24 16 65536\n" + grey * 2),
        "above_the_largest_value.pgm": ("bad", b"P5 24 16 3\n" + grey),
        "negative_pixel.pgm": ("bad", b"P2 2 1 255\n-1 2\n"),
        "words.pgm": ("bad", b"P2 2 1 255\none two\n"),
    }


def foreign():
    """Files of other kinds under an image's name; all bad."""
    page = b"<!DOCTYPE html><html><body>404 Not Found</body></html>\n"
    files = {
        "gif": b"GIF89a\x18\0\x10\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x18\0\x10\0\0\2\2D\1\0;",
        "svg": b"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>\n",
        "entities": b"<!DOCTYPE x [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'>]><svg>&b;</svg>\n",
        "pdf": b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n",
        "html": page,
        "heic": b"\0\0\0\x18ftypheic" + bytes(40),
        "zip": b"PK\3\4" + bytes(60),
        "program": b"\x7fELF\2\1\1" + bytes(60),
        "script": b"#!/bin/sh\ntouch /tmp/pwned\n",
        "jxl": b"\xff\x0a" + bytes(60),
        "postscript": b"%!PS-Adobe-3.0\n",
        "text": b"push graphic-context\nimage over 0,0 0,0 'https://localhost/x'\npop graphic-context\n",
    }
    return {f"{kind}.{extension}": ("bad", data) for kind, data in files.items() for extension in ("jpg", "png")} | {
        "drawing.svg": ("bad", files["svg"]), "moving.gif": ("bad", files["gif"]), "page.html": ("ignored", page)}


def crafted_files():
    return {**crafted_png(), **crafted_jpeg(), **crafted_tiff(), **crafted_webp(), **crafted_bmp_and_pnm(), **foreign()}
