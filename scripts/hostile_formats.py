"""Sound image files of every format that tenfold reads, and the parts that they are made of.

Formats that are little more than their pixels are written here; JPEG, WebP and some TIFFs, which need an encoder,
are kept below as they came from one: the same 24x16 picture in each.
"""

import base64
import struct
import zlib

WIDTH, HEIGHT = 24, 16


def pattern(channels, width=WIDTH, height=HEIGHT):
    """Samples of 8 bits, row by row."""
    return bytes((x * 9 + y * 15 * (c + 1) + x * y) % 256
                 for y in range(height) for x in range(width) for c in range(channels))


def png_chunk(kind, payload, length=None):
    body = kind + payload
    return struct.pack(">I", len(payload) if length is None else length) + body + struct.pack(">I", zlib.crc32(body))


def png(color_type=2, depth=8, rows=None, before=b"", behind=b"", size=(WIDTH, HEIGHT), interlace=0, palette=b""):
    """`rows` are the filtered rows; `before` and `behind` are chunks around the image data."""
    if rows is None:
        row_bytes = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[color_type] * depth // 8 * size[0]
        samples = pattern(row_bytes // size[0] or 1, *size)
        rows = b"".join(b"\0" + samples[y * row_bytes:(y + 1) * row_bytes] for y in range(size[1]))
    head = struct.pack(">IIBBBBB", *size, depth, color_type, 0, 0, interlace)
    colors = png_chunk(b"PLTE", palette) if palette else b""
    data = png_chunk(b"IDAT", zlib.compress(rows))
    return (b"\x89PNG\r\n\x1a\n" + png_chunk(b"IHDR", head) + colors + before + data + behind
            + png_chunk(b"IEND", b""))


def bmp(bits, data, size=(WIDTH, HEIGHT), compression=0, palette=b"", offset=None, masks=b""):
    start = 14 + 40 + len(masks) + len(palette)
    return (b"BM" + struct.pack("<IHHI", start + len(data), 0, 0, start if offset is None else offset)
            + struct.pack("<IiiHHIIiiII", 40, *size, 1, bits, compression, len(data), 0, 0, len(palette) // 4, 0)
            + masks + palette + data)


class Tiff:
    """A TIFF of one directory behind its data."""

    def __init__(self, order="<", big=False):
        self.order, self.big = order, big

    def pack(self, code, *values):
        return struct.pack(self.order + code, *values)

    def start(self, directory):
        magic = b"II" if self.order == "<" else b"MM"
        return magic + (self.pack("HHHQ", 43, 8, 0, directory) if self.big else self.pack("HI", 42, directory))

    def entry(self, tag, kind, count, field):
        return self.pack("HHQ" if self.big else "HHI", tag, kind, count) + field.ljust(8 if self.big else 4, b"\0")

    def file(self, entries, data, following=0):
        """`entries` are of entry(), in order; `data` begin at offset 16."""
        start = self.start(16 + len(data)).ljust(16, b"\0")
        count = self.pack("Q" if self.big else "H", len(entries))
        return start + data + count + b"".join(entries) + self.pack("Q" if self.big else "I", following)

    def number(self, tag, value):
        return self.entry(tag, 4, 1, self.pack("I", value))

    def directory_first(self, strip):
        """A grey image as writers make it that know all sizes before: what is cut off are pixels."""
        entries = [(256, WIDTH), (257, HEIGHT), (258, 8), (259, 1), (262, 1), (273, 8 + 2 + 9 * 12 + 4), (277, 1),
                   (278, HEIGHT), (279, len(strip))]
        return self.start(8) + self.pack("H", 9) + b"".join(self.number(*entry) for entry in entries) + bytes(4) + strip

    def image(self, strip, size=(WIDTH, HEIGHT), compression=1, photometric=1, samples=1, bits=8, extra=(), **changed):
        """`changed` replaces values by the tag's number: t273=8."""
        values = {256: size[0], 257: size[1], 258: bits, 259: compression, 262: photometric, 273: 16, 277: samples,
                  278: size[1], 279: len(strip)}
        values.update({int(name[1:]): value for name, value in changed.items()})
        entries = [(tag, self.number(tag, value)) for tag, value in values.items()] + list(extra)
        return self.file([entry for _, entry in sorted(entries)], strip)


def packbits(data):
    return b"".join(bytes([len(data[i:i + 128]) - 1]) + data[i:i + 128] for i in range(0, len(data), 128))


def handmade():
    grey, color = pattern(1), pattern(3)
    palette = bytes(v for i in range(256) for v in (i, 255 - i, i // 2, 0))
    runs = b"".join(bytes([8, y, 8, y + 1, 8, y + 2, 0, 0]) for y in range(HEIGHT)) + b"\0\1"
    tiff = Tiff()
    text = " ".join(map(str, color)).encode() + b"\n"
    return {
        "color.png": png(),
        "grey.png": png(0),
        "grey16.png": png(0, 16),
        "alpha.png": png(6),
        "palette.png": png(3, palette=bytes(range(256)) * 3),
        "chunks.png": png(before=png_chunk(b"tEXt", b"Comment\0hello") + png_chunk(b"gAMA", b"\0\0\xb1\x8f")),
        "color.bmp": bmp(24, color),
        "palette.bmp": bmp(8, grey, palette=palette),
        "runs.bmp": bmp(8, runs, compression=1, palette=palette),
        "masks.bmp": bmp(32, pattern(4), compression=3, masks=struct.pack("<III", 0xFF0000, 0xFF00, 0xFF)),
        "plain.pbm": b"P4 24 16\n" + pattern(1, 3, 16),
        "plain.pgm": b"P5\n# a comment\n24 16\n255\n" + grey,
        "deep.pgm": b"P5 24 16 65535\n" + pattern(2),
        "plain.ppm": b"P6 24 16 255\n" + color,
        "text.ppm": b"P3 24 16 255\n" + text,
        "grey.tif": tiff.image(grey),
        "directory_first.tif": tiff.directory_first(grey),
        "big_endian.tif": Tiff(">").image(grey),
        "big.tif": Tiff(big=True).image(grey),
        "color.tif": tiff.image(color, photometric=2, samples=3, t258=8),
        "deflate.tif": tiff.image(zlib.compress(grey), compression=8),
        "packbits.tif": tiff.image(packbits(grey), compression=32773),
    }


def sound_files():
    """Name -> bytes. 24x16 pixels each."""
    files = handmade()
    files.update({name: base64.b85decode(text) for name, text in ENCODED.items()})
    return files


ENCODED = {
    "color.jpg":
        "|JeWF01!$>Nk#wx0RR9200961|JwjV01yid4h#wq4h;?x5fBp?C>j_R78o%jB^@X_Gd(;xGdMRuNL)@pL{~*OI8bd-S6^ahXlFi6"
        "ad~iLcwA*?WB=O#Lje&I5*QU2FB%#zV?sDWV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`Klo"
        "01*fP5C9kh0U`hb5di}c0sq7R7XSbQ0RR910000000000000041qT1b03Hwk0R#dA0RR9100000000000RjUA5it@WVIu#;02cuO"
        "0|5X40000000000000020|W*C!~h@>009C81poj500000000000RRI61Q8M;6BIE~@c-HX3<CiG0ucid06zfBLqoylQo}XAixAN8"
        "ZM43cn9w@*Ku>s5%TCmcsPWP5sem+b(q2lq(g3~lZIgegg}B_|F!I0u*#",
    "progressive.jpg":
        "|JeWF01!$>Nk#wx0RR9200961|JwjV01yid4h#wq4h;?x5fBp?C>j_R78o%jB^@X_Gd(;xGdMRuNL)@pL{~*OI8bd-S6^ahXlFi6"
        "ad~iLcwA*?WB=O#Lje&I5*QU2FB%#zV?sDWV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`F1uV`Klq"
        "01*fP5C9kh0U`hb5di}c0sq7R7XSbQ0RR910000000000000031O@-Z02cuO0|5X40000000000000010s{p9+5ij#0RRFJ0}ucJ"
        "0m^-j5{%IocmKoy7Z3mg0RR910000000000000010uuk)00;pA009L8P+(9fFepF&!~ho&00RL400000000000000000ILc|Jncu"
        "0RsU6KLMSEwjck*02&bh0s;d70000000000000000s#>c6EXkV00;pB0RcY&&Y<3_)BnT(6c7Ob000000000000000001EW+5iXv"
        "0RRR+0$=~c02mMe0|5a50000000000000000U;1E|Jncu0RaF3KOr>-9MvL+|Jncy0|5X600RI301)8M|HJ?o5di@J0{{R300000"
        "000000096IAu<2j00;pC0RcY{&YO|y|HJ?p5dZ@K0{{R300000000000003Y5mE5}+5iXv0s#R(5WVgh53(Qs!~hu(00IL600000"
        "000000000001*KpF=7AO00;pA00BP`;x9WzkVg`cVJk|=KmXY",
    "grey.jpg":
        "|JeWF01!$>Nk#wx0RR9200961|JwjV01yid4h#wq4h;?x5fBp?C>j_R78o%jB^@X_Gd(;xGdMRuNL)@pL{~*OI8bd-S6^ahXlFi6"
        "ad~iLcwA*?WB<Sa3kU!Z02l!Q5di<h02KfM0RR910000000000000042LHqW9uNQk2LJ;B0000000000000010s{mQF%ltRBLCU|"
        "2mt{A06zehW(R@Dg-FflEx0|Ts5O`#1*R9$O0X@sN65~whyU3",
    "cmyk.jpg":
        "|JeWT01iQ9Z(?NtWB>pF0095n07C#24i6F!4HOa(5*HN|7#=bq9vmDVJuEIHGD$#8OGiLPMNnFEVo+6WRz*f+h-Gbedx3(1PGF6f"
        "jD41Ket~@dzyK5o01yBe1Va%3O%VWD5dcdO0RO}Q7ytkR0RaF20000000000000051_A;9!~iA`009F70|WvC00000000000RRF7"
        "0}(+LAz}p*6CyEzVUe-_+5ip&LjX+xSpZ7_06zejhlGbs;-_Oq_ZurT_8t+Y@lIrq2T5=p!PQ*aV7K;f_^=@f>^vh);<@8tkp_@H"
        "?GAAk!L`4I3Kkv}hMUD^G;eXT6WDl0o5gFXcD{6I?EsohE^!Agw${hMKWI;3;Tmrhw?3mM*QgrX#-r(R^Je#N_E5k7*#",
    "lossy.webp":
        "Qb|TeegFUfS4BclR!}$~asU7T5Cj070V)^(5CA^yXsu1Drlg`U2mvr1iEIF@F9La7NB|fVQuO9jKmh*n4jX!i7tHbGw^K5!J>f&M"
        "@G}yz4`9$d&Y8hXCB7<$faVP$5>`*gq+*ztoBqD3WE4@b<#PXn*YNAi5lsPG3GRRZ000",
    "lossless.webp":
        "Qb|Teh5!HnS4BclR!}%hc>n+aFBiZA06#z^0O5f(nr64AIVcuP@q{u<O(ZGI2LrT80sj49gL3|ZZAmtw;ZtGk9@x~j+r|*m_XvUo"
        "Au@mzQIJ<};(yvXVGz;(2`E<mU__JlXr4tz7nRwH?;Qz9oB+?x7VLAUI8l+9o2iIM#Pl_^7r8%?4*&",
    "alpha.webp":
        "Qb|Te)&KwiS4BclR!}%t3IG5A5C8xG7XSbc002QuP)I!h0004hK%{L$$F}?TdkqnhxUN7I*)~*AK?N05P(cM1R8T<$6;x0`1%I0%"
        "qW>8fnV4Bv+1NQaxwv_F`S=L{R!}$~asU7T5Cj070V)^(5CA^yWUWo9rKF-T2mvr1iEIF@F9La7NB|fVQuO9jKmh*n4jX!i7tHbG"
        "w^K5!QLNq+J3j+4D-iY#1I+216vA8LsCW)w(h((O{CY+xs$PGus#yLHx)a0x4`0KtFGYsCthV#O000",
    "animated.webp":
        "Qb|TeGywnrS4BclR!}%t3IG5A0ssI27XSbc002QwNlgX-0000000000K~7CZga7~l00000000*N01p5F00002R!}$~YybcN5CZ_6"
        "0V)^(5CA_BPQO|#BB&&o0e~V2Yyhk;00RG*0092o4-@?Njnn`84Q2>eIGbxaV<enXfI{o>EA{9+NrPM$TKDxBaqo@2RlM8Rm{WS&"
        "pfxGw82>(_ulkVrNEB?cmG+WN167a!K~7CZd;kCd00000000*N01p5F00000R!}$~WB>pF^a22#0V)^(5CA_Bbg)o^0Du4jAeO)h"
        "(<n!91Wv{P0RDrm{<?tw{Rk;=cl}R|6BKUVrns|Dy%Q*9%ukKl*Y#$KvT;SIP2>4<OG7evoH5B(e8d?i+i295(BsWd0N?-s",
    "jpeg.tif":
        "Nl7XI1OWg5|JeV)01*fP5C9khQV{@05dcCF0RP$m3<FXCM*u<q06zfn?GyNG%>Mx45&r<Df2Da&m8E|DeqQzI8Yl44{{RS&{WJY5"
        "&^1;5&G0<2shK3bmOEr<&M}j@fjQ_^7#_LKIul-#qJIq^@QD8a(?8Oi_DCO8@ZFl6+(jIcx@|lwlnQgxl8yO&E9UJJ_-o#O;Sv7;"
        "rhlbFrD<QkUzfdlMv441f5IdG08IY?N|VKYRnLhujV?7tYdBg-8C((?LOxPE5D*`5<MH&J6ZmNV0E9>Wnf{exY3^<OQK{UdP?yrQ"
        "@#F%h4T!wayPke$BaCs6t$+X73jhEC0{{U4000;O000320{{U4000mG000630{{a60052w000940{{U4000L7000I70{{U400062"
        "000pI1ONd5000O8000#M0{{U400093000&N0{{U4000mG000*O1ONd5008^|000~T0{{U400031003J72LK@f005K$00000000O8"
        "2mlBG|JeWA07C!>1_lQP1qcTR2MGxX3Jeqt3=0bk84?o@6df8L9vvDS93UhvCm<p$BODwkHz_PIF*GzZA166II5IpgGc+>)!~h=v"
        "009L70RaI40RR9100000009C61O)~M2nh-c|HJ^b5C8%J0|NpC0|f;H1ONa5eE|Xk00a>Q5+N}`1`|<X2O@D4GJ%ny2qQwV!4*=`"
        "@FX*0a)Jp878e*98YLztC@Cs5H8wXmIXXi`MMg(RNlH^xRaRG6Sz2RcWoBn+X=-zHb#`}nd3u9{g@%WSiHeewl$Dm3n3<ZQqok##"
        "r>Lo_va__cwzs&sy28W6#m2|T$;#5x)YaD4*xB0Q;^XAy=I7|?>hbdP^!4`l`1$((*#",
    "lzw.tif":
        "Nl7XIr~v=~fB*nsU`R9|6buJMB4Jp>Y&?dJ2jo$(^omUd0|DVMuxLCYh71Oyq5!;VJ0Ow?<MKH;tsD%81Oh=gvP3!`kqIM#@f4O)"
        "ERsqEg8+0uBNGZmqZt_ZhDawA$W;QVY{XM77>zWUu*_~dAJfUDBDr*!QY;sYro!Qn)^ivP#>0{60EkE?luE_32|lV}G#k#QV`<d-"
        "Iv!X^#G-LZ_FyuaizV|ZtmJsWozKW(85ojGC>09j%z>!hbTOI@$5Yw}<at0M5(LtLOsrWhm~tlLnc&WB%b$>_v*HaDl1%ONhBG;="
        "-@QJdjt67n2@sA-p;3uM+Kj+sGa5~&1EJvhfkPtCNB$Z`FrP=Ild4r|sM*gu9*@W`N<k_@5hQskO_Wb@K2w#%_~ttgBjEr-5aeV0"
        "O%ViXCQK8>DOUm&C4q2MkE8(xLlGotB1)4)@kU6J<l#hA6~(DaRu*N^gjvLpktR!%Wcfx^6{OifQx%1ga9>6x;fQ6Ign=eY6C~+C"
        "Qb+}fKvI=Od1_slCP8ptn8s<UV;~>^2><{A0{{U4000;O000320{{U4000mG000630{{U4000O8000940{{U4000F5000I70{{U4"
        "00031000pI1ONd5000O8000&N0{{U4000mG000*O1ONd5005r>000~T0{{U40003100000000",
    "fax.tif":
        "Nl7XId;kCdlcMOlBceJ9Pa#PrxIqaW1QQ5C354MUBEk@YVKA{HqB;Z#AV87`EhM0U3tM0IP~egXCKC((mO4QN|7<1+B$7!al0hgz"
        "Fu(rNRu})+TVMN01QSV8NhPE#CJ?JhAcAP2!34q(f@vXP3kiZ40DuSp2><{A0{{U4000;O000320{{U4000mG000630{{U400031"
        "000940{{U4000C4000I70{{U400031000pI1ONd5000O8000&N0{{U4000mG000*O1ONd50046U000~T0{{U40003100000000",
}
