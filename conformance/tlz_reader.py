#!/usr/bin/env python3
"""Reads a .tlz stream as codec-core/docs/FORMAT.md defines it, written from that text alone.

    tlz_reader.py [--ids] [--sum] [FILE]      (standard input without FILE)

Prints one token ID a line, or with --sum their number and the SHA-256 of the IDs as little-endian 32-bit numbers. It has no
codecs: a stream that names one is refused, or with --ids read as far as the codec's IDs. What the format refuses ends with
one line on standard error and exit status 1; then nothing is printed. Numbers in comments are sections of FORMAT.md.
"""
import hashlib, struct, sys
from array import array

TOKENS_LIMIT = 1 << 28          # section 10: limits of this reader's own, for a stream ...
DOCUMENTS_LIMIT = 1 << 24       # ... and for what an index claims in few bytes
CRC = [0] * 256
for i in range(256):
    c = i
    for _ in range(8):
        c = c >> 1 ^ (0x82F63B78 if c & 1 else 0)
    CRC[i] = c


class Refused(Exception):
    pass


def need(condition, message):
    if not condition:
        raise Refused(message)


def crc32c(data, crc=0):
    crc ^= 0xFFFFFFFF
    for byte in data:
        crc = crc >> 8 ^ CRC[(crc ^ byte) & 255]
    return crc ^ 0xFFFFFFFF


class Source:
    """Bytes from `at` to `end`, and what is said when more are asked for."""
    def __init__(self, data, at=0, end=None, what="the stream is cut"):
        self.data, self.at, self.end, self.what = data, at, len(data) if end is None else end, what

    def take(self, count):
        need(count <= self.end - self.at, self.what)
        self.at += count
        return self.data[self.at - count:self.at]

    def part(self, count, what):
        self.take(count)
        return Source(self.data, self.at - count, self.at, what)

    def byte(self):
        need(self.at < self.end, self.what)
        self.at += 1
        return self.data[self.at - 1]

    def varint(self, most=(1 << 63) - 1):                                   # 2
        value = shift = 0
        while True:
            byte = self.byte()
            need(byte or not shift, "a varint in more bytes than it needs")
            value |= (byte & 127) << shift
            need(value <= most and shift < 63, f"a varint above {most}")
            if byte < 128:
                return value
            shift += 7

    def finish(self):
        need(self.at == self.end, f"{self.end - self.at} bytes too many")


class Bits:
    """A bit stream (2): takes a byte of its source only when a bit of it is needed."""
    def __init__(self, source):
        self.source, self.held, self.count = source, 0, 0

    def take(self, count):
        while self.count < count:
            self.held |= self.source.byte() << self.count
            self.count += 8
        value = self.held & (1 << count) - 1
        self.held >>= count
        self.count -= count
        return value


def varints(source, count):                                                 # 7.1
    return [source.varint((1 << 31) - 1) for _ in range(count)]


def packed(source, count):                                                  # 7.2
    mask = source.varint((1 << 32) - 1)
    widths = [k for k in range(32) if mask >> k & 1]
    need(1 <= len(widths) <= 8, f"a packed list of {len(widths)} classes")
    bits, width = Bits(source), (len(widths) - 1).bit_length()
    classes = [bits.take(width) for _ in range(count)]
    need(max(classes, default=0) < len(widths), "a class without a width")
    bits = Bits(source)
    return [bits.take(widths[c]) for c in classes]


def entropy(source, count):                                                 # 7.3
    form = source.byte()
    need(form <= 2, f"form {form} of an entropy list")
    if form == 0:
        return packed(source, count)
    if form == 1:
        return [source.varint((1 << 31) - 1)] * count
    longest = source.byte()
    need(1 <= longest <= 14, f"codes of {longest} bits")
    counts = [source.varint(1 << longest) for _ in range(longest)]
    need(sum(n << longest - 1 - i for i, n in enumerate(counts)) == 1 << longest, "a prefix code that is not complete")
    gaps, codes, code = iter(packed(source, sum(counts))), {}, 0
    for length, n in enumerate(counts, 1):
        symbol = -1
        for _ in range(n):
            symbol += next(gaps) + 1
            need(symbol <= (1 << 31) + 31, f"symbol {symbol}")
            codes[length, code] = symbol
            code += 1
        code <<= 1
    lengths = [source.varint() for _ in range(1 if count < 256 else 4)]
    parts = [source.part(length, "a list ends behind its stream") for length in lengths]
    streams, numbers = [Bits(part) for part in parts], []
    for i in range(count):
        bits, code, length = streams[i % len(streams)], 0, 0
        while (length, code) not in codes:
            code, length = code << 1 | bits.take(1), length + 1
        symbol = codes[length, code]
        numbers.append(symbol - 32 if symbol >= 32 else
                       1 << symbol - 1 | bits.take(symbol - 1) if symbol else 0)
    for part in parts:
        part.finish()
    return numbers


LISTS = varints, packed, entropy


def sequences(source, read, n, window, ids):                                # 6
    """Appends the frame's n IDs to `ids`, all IDs so far."""
    start, last = len(ids), [1, 2, 3]
    literal_count, match_count = source.varint(n), source.varint(n // 2)
    literals = read(source, literal_count)
    runs, lengths, distances = (read(source, match_count) for _ in range(3))
    need(literal_count + sum(lengths) + 2 * match_count == n and sum(runs) <= literal_count, "sequences of another number of IDs")
    used = 0
    for run, length, number in zip(runs, lengths, distances):
        ids += literals[used:used + run]
        used += run
        distance = last[number] if number < 3 else number - 2
        last.insert(0, distance)
        del last[min(number + 1, 3)]
        need(distance <= len(ids) - start + window, f"a match at distance {distance}, out of reach")
        for _ in range(length + 2):
            ids.append(ids[-distance])
    ids += literals[used:]


M = 0xFFFFFFFF
K1, K2, K3, K4 = 0x9E3779B1, 0x85EBCA6B, 0xC2B2AE35, 0x27D4EB2F
NEW = 0x80000000
E = [1 << 30]
for i in range(255):
    E.append(E[-1] * 1076653033 >> 30)


def squash(x):                                                              # 8.2
    x = max(-4096, min(4095, x))
    n, r, o = x >> 8, E[x & 255], 1 << 30
    r, o = (r << n, o) if n >= 0 else (r, o << -n)
    return max(1, min(65535, (r << 16) // (r + o)))


SQUASHED = [squash(x) for x in range(-4096, 4096)]
S, x = [], -4096
for i in range(4096):
    while x < 4095 and SQUASHED[x + 4096] < 16 * i + 8:
        x += 1
    S.append(x)
EXPERIENCE = [0, 1, 1, 2, 2, 2, 2, 2] + [3] * 248
SLOW, FAST = 250, 60


def scramble(x, shift):
    return x ^ x >> shift


def learned(counter, bit, most):
    chance, used = counter >> 10, counter & 1023
    chance += (((bit << 22) - bit - chance) * (655360 // (10 * used + 15))) >> 16
    return chance << 10 & M | min(used + 1, most)


class Model:                                                                # 8
    def __init__(self, id_count):
        counters = lambda n: array("I", [NEW]) * n
        self.id_count, self.literal_bits = id_count, max(1, (id_count - 1).bit_length())
        self.history, self.t, self.past = [], (0, 0, 0), 0
        self.at, self.length, self.misses = -1, 0, 0
        self.slots = {3: {}, 2: {}, 1: {}}          # what is not there is all -1
        self.matches = {}
        self.flags, self.by_length, self.by_order = counters(1 << 20), counters(1 << 11), counters(20480)
        self.trees = [counters(16 << k) for k in (14, 16, 15, 16)]
        self.candidate_weights, self.literal_weights = {}, {}

    def decode(self, source, n, ids):
        self.source, self.low, self.high, self.code = source, 0, M, 0
        for _ in range(4):
            self.shift()
        for _ in range(n):
            token = self.token()
            need(token < self.id_count, f"ID {token} of {self.id_count}")
            ids.append(token)

    def shift(self):
        source = self.source
        self.code = (self.code << 8 | (source.byte() if source.at < source.end else 0)) & M

    def coded(self, p):                                                     # 8.1
        middle = self.low + ((self.high - self.low) * p >> 16)
        bit = int(self.code <= middle)
        if bit:
            self.high = middle
        else:
            self.low = middle + 1
        while (self.low ^ self.high) >> 24 == 0:
            self.low, self.high = self.low << 8 & M, self.high << 8 & M | 255
            self.shift()
        return bit

    def mixed(self, counters, weights, rate):
        """A bit of counters as (table, place, value read, most)."""
        stretched = [S[counter[2] >> 20] for counter in counters]
        p = squash(sum(s * w for s, w in zip(stretched, weights)) >> 16)
        bit = self.coded(p)
        for i, s in enumerate(stretched):
            weights[i] += (s * ((bit << 16) - p) * rate + 131072) >> 18
        for table, place, value, most in counters:
            table[place] = learned(value, bit, most)
        return bit

    def token(self):                                                        # 8.3
        t1, t2, t3 = self.t
        h1 = (t1 + 1) * K1 & M
        h2 = scramble((h1 + t2 + 1) * K2 & M, 15)
        h3 = scramble((h2 + t3 + 1) * K3 & M, 15)
        self.hashes = h1, h2, h3
        self.here = {o: self.slots[o].setdefault((h * K1 & M) >> 15, []) for o, h in ((3, h3), (2, h2), (1, h1))}
        matched = self.history[self.at] if self.at >= 0 else -1
        candidates = [(matched, 0, 1)] if self.at >= 0 else []
        candidates += [(c, 1 + i, 2) for i, c in enumerate(self.here[3])]
        candidates += [(c, 3 + i, 2) for i, c in enumerate(self.here[2])]
        candidates += [(c, 6 + min(i, 3), 3) for i, c in enumerate(self.here[1])]
        tried, how = set(), 0
        for token, source, how_if in candidates:
            if token not in tried:
                if self.is_token(token, source, len(tried), token == matched):
                    how = how_if
                    break
                tried.add(token)
        if how == 0:
            token = self.literal()
        self.past = self.past * 4 + how & M
        self.learn(token, matched)
        return token

    def is_token(self, c, source, tried, is_match):
        h1, h2, h3 = self.hashes
        m = scramble(c * K2 & M, 15)
        column = (m * K1 & M) >> 28
        n = self.length
        length_class = 0 if not is_match else n if n < 8 else 8 if n < 16 else 9 if n < 32 else 10 if n < 400 else 11
        places = [(self.flags, (m * K3 & M) >> 12, FAST),
                  (self.flags, ((h1 * K3 & M) >> 16) * 16 + column, FAST),
                  (self.flags, ((h2 * K3 & M) >> 16) * 16 + column, FAST),
                  (self.flags, ((h3 * K4 & M) >> 16) * 16 + column, FAST),
                  (self.by_length, (source * 12 + length_class) * 16 + (self.past & 15), SLOW),
                  (self.by_order, ((source * 8 + min(tried, 7)) * 4 + min(self.misses, 3)) * 64 + (self.past & 63), SLOW)]
        counters = [(table, place, table[place], most) for table, place, most in places]
        e1, e2, e3 = (EXPERIENCE[counter[2] & 255] for counter in counters[1:4])
        weights = self.candidate_weights.setdefault(source * 64 + e1 * 16 + e2 * 4 + e3, [12000] * 6)
        return self.mixed(counters, weights, 10)

    def literal(self):                                                      # 8.4
        t1, h1 = self.t[0], self.hashes[0]
        b = t1.bit_length()
        kind = t1 if b < 3 else 4 * b + (t1 >> b - 3 & 3)
        first = self.here[1][0] if self.here[1] else -1
        contexts = 0, h1, (kind + 999) * K2 & M, (first + 9) * K3 & M
        left, value = self.literal_bits, 1
        while left:
            g = scramble((value * K2 ^ left * K4) & M, 15)
            lines = [self.line(tree, g, x, k) for tree, x, k in zip(self.trees, contexts, (14, 16, 15, 16))]
            group, node = (left - 1 & 3) + 1, 1
            for _ in range(group):
                counters = [(tree, line + node, tree[line + node], most)
                            for tree, line, most in zip(self.trees, lines, (SLOW, FAST, FAST, FAST))]
                e0, e1, e2, e3 = (EXPERIENCE[counter[2] & 255] for counter in counters)
                weights = self.literal_weights.setdefault(e0 * 64 + e1 * 16 + e2 * 4 + e3, [12000] * 4)
                bit = self.mixed(counters, weights, 3)
                value, node = value * 2 + bit, node * 2 + bit
            left -= group
        return value - (1 << self.literal_bits)

    def line(self, tree, g, x, k):
        q = scramble((g ^ x) * K1 & M, 13) * K3 & M
        line, check = (q >> 32 - k) * 16, scramble(q, 15) * K2 & M
        if tree[line] == check:
            return line
        beside = line ^ 16
        if tree[beside] == check:
            return beside
        if tree[beside + 1] & 1023 < tree[line + 1] & 1023:
            line = beside
        tree[line:line + 16] = array("I", [check] + [NEW] * 15)
        return line

    def learn(self, token, matched):                                        # 8.5
        for order, places in ((3, 2), (2, 3), (1, 6)):
            slot = self.here[order]
            if token in slot:
                slot.remove(token)
            slot.insert(0, token)
            del slot[places:]
        history = self.history                      # all of it: no place further back than 2^20 is ever asked for
        history.append(token)
        position = len(history)
        if self.at >= 0:
            if matched == token:
                self.length += 1
                if self.length > 15:
                    self.misses = 0
            else:
                self.length, self.misses = 0, self.misses + 1
            self.at = -1 if self.misses > 16 else self.at + 1
        self.t = token, self.t[0], self.t[1]
        if position >= 4:
            h = 0
            for i in range(1, 5):
                h = (h + history[position - i] + 1) * K1 & M
            h = (scramble(h, 15) * K2 & M) >> 15
            early = self.matches.get(h, -1)
            self.matches[h] = position
            if self.length == 0 and early >= 0 and position - early <= (1 << 20) - 41:
                n = 0
                while n < min(32, early) and history[early - 1 - n] == history[position - 1 - n]:
                    n += 1
                if n >= 4:
                    self.at, self.length, self.misses = early, n, 0
        if position - self.at > (1 << 20) - 41:
            self.at, self.length = -1, 0


class Reader:
    def __init__(self, data, ids_only):
        self.source = Source(data)
        self.ids, self.tokens, self.model = [], 0, None
        self.unchecked, self.id_restart, self.restarts, self.index_bytes = 0, 0, [], None
        self.header(ids_only)
        self.span, self.span_tokens = self.source.at, 0
        while self.frame():
            pass

    def header(self, ids_only):                                             # 3
        source = self.source
        need(source.take(3) == b"TLZ", "not a TLZ stream")
        version, flags = source.byte(), source.byte()
        need(version == 0x81, f"version {version:02X}")
        need(flags & 14 == 0, f"flags {flags:02X}")
        self.stored = flags & 1
        fields = source.part(source.varint(65536), "a field ends behind the header")
        check = crc32c(source.data[:source.at])
        need(source.take(4) == struct.pack("<I", check), "the header's check is wrong")
        before, known = -1, {}
        while fields.at < fields.end:
            tag = fields.byte()
            need(tag > before, f"field {tag} after field {before}")
            need(tag % 2 == 0 or tag in (1, 2, 3, 5, 7), f"unknown field {tag}")
            before, known[tag] = tag, fields.part(fields.varint(65536), f"field {tag} ends too early")
        need(1 in known, "no vocabulary size")
        vocabulary = self.number(known[1], (1 << 31) - 1)
        self.window = self.number(known[5], 1 << 28) if 5 in known else 0
        for tag in {2, 7} & known.keys():
            need(1 <= known[tag].end - known[tag].at <= 32, f"a fingerprint of another length in field {tag}")
        if 7 in known:
            raise Refused(f"dictionary {bytes(known[7].take(known[7].end - known[7].at)).hex()} is not at hand")
        self.id_count, self.codec = vocabulary, 3 in known
        if self.codec:
            self.name_codec(known[3], vocabulary, ids_only)

    @staticmethod
    def number(field, most):
        value = field.varint(most)
        need(value, "a zero in the header")
        field.finish()
        return value

    def name_codec(self, field, vocabulary, ids_only):                      # 3.3, HYPERTOKENS.md 7, META-TOKENS.md 6
        length = field.varint(64)
        need(length, "a codec without a name")
        name = bytes(field.take(length)).decode("ascii", "replace")
        need(ids_only, f"no codec {ascii(name)} here: --ids decodes its IDs")
        configuration = field.take(field.end - field.at)
        if name == "hypertokens" and len(configuration) >= 18 and configuration[0] == 1:
            self.id_count = vocabulary + struct.unpack_from("<I", configuration, 2)[0]
        elif name == "meta-tokens" and len(configuration) >= 26 and len(configuration) % 8 == 2 and configuration[0] == 1:
            numbers = struct.unpack_from(f"<{(len(configuration) - 2) // 4}I", configuration, 2)
            self.id_count = max(vocabulary - 1, *numbers[1:3], *numbers[4:]) + 1
        else:
            raise Refused(f"codec {ascii(name)}, or its configuration, is unknown")
        need(self.id_count <= 1 << 31, "IDs of more than 31 bits")

    def frame(self):                                                        # 4; False after the last
        source, start = self.source, self.source.at
        first = source.byte()
        kind = first >> 1
        need(bin(first).count("1") % 2 == 0, f"first byte {first:02X} of a frame at token {self.tokens}")
        need(self.index_bytes is None or kind == 102, "a frame between index and end")
        if kind < 96 or kind == 103:                                        # 4.1
            if kind < 64:
                token = kind << 8 | source.byte()
            elif kind < 96:
                token = (1 << 14) + (kind - 64 << 16 | source.byte() << 8 | source.byte())
            else:
                token = source.varint((1 << 31) - 1)
                need(token >= (1 << 14) + (1 << 21), f"ID {token} in a longer form than it needs")
            self.count(1, False)
            self.known([token])
            self.ids.append(token)
            self.model = None
        elif kind <= 98:
            self.data(kind, start)
        elif kind == 99:                                                    # 4.4
            need(start > self.span, "a checkpoint without a frame before it")
            self.check()
        elif kind == 100:                                                   # 4.5
            need(not self.stored, "a stored stream without an index")
            total = source.varint()
            self.check()
            need(total == self.tokens, f"the end says {total} tokens, there are {self.tokens}")
            return False
        elif kind == 101:
            need(self.stored and start == self.span, "an index in a stream that is not stored, or behind unchecked frames")
            body = source.part(source.varint((1 << 31) - 1), "the index is cut")
            self.check()
            self.index(body)
            self.index_bytes = source.at - start
        elif kind == 102:                                                   # 9
            need(self.index_bytes is not None, "the end of a stored stream without an index")
            total, length = struct.unpack("<QI", source.take(12))
            self.check()
            need((total, length) == (self.tokens, self.index_bytes), "the end says other lengths")
            return False
        else:
            need(kind >= 120, f"a frame of kind {kind}")
            source.take(source.varint((1 << 31) - 1))
        return True

    def count(self, tokens, checked):
        """Counts a frame's tokens against the limits."""
        need(checked or not self.stored, "an unchecked frame in a stored stream")
        if not checked:
            self.unchecked += tokens
            need(self.unchecked <= 256, f"more than 256 tokens without a check, at token {self.tokens}")
        self.tokens += tokens
        need(self.tokens <= TOKENS_LIMIT, f"more than {TOKENS_LIMIT} tokens, a limit of this reader")

    def known(self, ids):
        need(max(ids, default=0) < self.id_count, f"ID {max(ids, default=0)} of {self.id_count}")

    def check(self):                                                        # 4.4
        source = self.source
        crc = crc32c(source.data[self.span:source.at], crc32c(struct.pack("<Q", self.span_tokens)))
        need(source.take(4) == struct.pack("<I", crc), f"a check is wrong, behind token {self.span_tokens}")
        self.span, self.span_tokens, self.unchecked = source.at, self.tokens, 0

    def data(self, kind, start):                                            # 4.2
        source, before = self.source, self.tokens
        t = source.varint(1 << 20)
        need(t and (kind > 96 or t <= 63), f"a frame of {t} tokens at token {before}")
        n = source.varint(2 * t + 16) if self.codec else t
        encoding = source.byte()
        payload = source.part(source.varint(5 * n + 16), f"a list ends behind the payload at token {before}")
        need(kind == 98 or not self.stored or before, "a stored stream that begins without a restart")
        self.count(t, kind > 96)
        if kind == 98:                                                      # 4.3
            need(start == self.span, "a restart behind frames without a check")
            self.restarts.append((before, start))
            self.id_restart, self.model = len(self.ids), None
        if kind > 96:
            self.check()
        first = len(self.ids)
        if encoding == 3:
            self.model = self.model or Model(self.id_count)
            self.model.decode(payload, n, self.ids)
        else:
            self.model = None
            need(encoding & 15 < 3 and encoding < 32, f"encoding {encoding:02X} at token {before}")
            if encoding >= 16:
                sequences(payload, LISTS[encoding & 15], n, min(self.window, first - self.id_restart), self.ids)
            else:
                self.ids += LISTS[encoding](payload, n)
            self.known(self.ids[first:])
        payload.finish()

    def index(self, body):                                                  # 9
        restarts, documents = body.varint(len(self.restarts)), body.varint(DOCUMENTS_LIMIT)
        need(documents, "an index without a document")
        tokens, places, ends = (self.column(body, count) for count in (restarts, restarts, documents))
        body.finish()
        need(list(zip(tokens, places)) == self.restarts, "the index says other restarts")
        need(ends[-1] == self.tokens, "the documents do not fill the stream")

    @staticmethod
    def column(body, count):
        numbers, value = [], 0
        while len(numbers) < count:
            chunk = min(65536, count - len(numbers))
            for low, high in zip(entropy(body, chunk), entropy(body, chunk)):
                value += high << 31 | low
                numbers.append(value)
        return numbers


def main(arguments):
    files = [argument for argument in arguments if argument not in ("--ids", "--sum")]
    if len(files) > 1 or any(name.startswith("--") for name in files):
        sys.exit(__doc__)
    try:
        if files:
            with open(files[0], "rb") as file:
                data = file.read()
        else:
            data = sys.stdin.buffer.read()
        ids = Reader(data, "--ids" in arguments).ids
    except (Refused, OSError) as refusal:
        sys.exit(f"tlz_reader: {refusal}")
    if "--sum" in arguments:
        print(len(ids), hashlib.sha256(struct.pack(f"<{len(ids)}i", *ids)).hexdigest())
    else:
        sys.stdout.write("".join(f"{token}\n" for token in ids))


if __name__ == "__main__":
    main(sys.argv[1:])
