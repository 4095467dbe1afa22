#!/usr/bin/env python3
"""Computes the positions of a draw again, with nothing but Python's standard library.

A second implementation of docs/waiting-room-draw.md, written against the text and not against the Java code.

usage: verify-draw.py RECORD.json ENTRY...     prints `entry position` for each entry
       verify-draw.py RECORD.json --all        prints how many, and the SHA-256 over all `entry position` lines
RECORD.json is a DrawRecord as the service publishes it, or an answer of GetRoom or VerifyPosition that has one.
"""
import base64
import hashlib
import hmac
import json
import sys
import uuid

ROUNDS = 12
WORD = (1 << 64) - 1


def rotate(x, bits):
    return ((x << bits) | (x >> (64 - bits))) & WORD


def sip_rounds(v, count):
    a, b, c, d = v
    for _ in range(count):
        a = (a + b) & WORD
        b = rotate(b, 13) ^ a
        a = rotate(a, 32)
        c = (c + d) & WORD
        d = rotate(d, 16) ^ c
        a = (a + d) & WORD
        d = rotate(d, 21) ^ a
        c = (c + b) & WORD
        b = rotate(b, 17) ^ c
        c = rotate(c, 32)
    return [a, b, c, d]


def siphash24(key, message):
    k0 = int.from_bytes(key[:8], "little")
    k1 = int.from_bytes(key[8:16], "little")
    v = [k0 ^ 0x736F6D6570736575, k1 ^ 0x646F72616E646F6D, k0 ^ 0x6C7967656E657261, k1 ^ 0x7465646279746573]
    padded = message + bytes(7 - len(message) % 8) + bytes([len(message) & 0xFF])
    for at in range(0, len(padded), 8):
        block = int.from_bytes(padded[at : at + 8], "little")
        v[3] ^= block
        v = sip_rounds(v, 2)
        v[0] ^= block
    v[2] ^= 0xFF
    v = sip_rounds(v, 4)
    return v[0] ^ v[1] ^ v[2] ^ v[3]


class Draw:
    def __init__(self, record):
        key = base64.b64decode(record["drawKey"])
        if hashlib.sha256(key).digest() != base64.b64decode(record["drawKeyHash"]):
            sys.exit("drawKeyHash is not the SHA-256 of drawKey")
        self.size = int(record.get("lobbySize", 0))
        message = b"onsale-draw-v1\0" + uuid.UUID(record["eventId"]).bytes + self.size.to_bytes(8, "big")
        message += base64.b64decode(record["lobbyDigest"]) + record.get("beaconValue", "").encode()
        seed = hmac.new(key, message, hashlib.sha256).digest()
        self.keys = [hashlib.sha256(seed + bytes([i])).digest()[:16] for i in range(ROUNDS)]
        self.half = 4
        while 1 << (2 * self.half) < self.size:
            self.half += 1

    def position(self, entry):
        if entry > self.size:
            return entry
        mask = (1 << self.half) - 1
        number = entry - 1
        while True:
            left, right = number >> self.half, number & mask
            for key in self.keys:
                left, right = right, left ^ (siphash24(key, right.to_bytes(8, "little")) & mask)
            number = left << self.half | right
            if number < self.size:
                return number + 1


def main(path, *entries):
    with open(path, encoding="utf-8") as file:
        record = json.load(file)
    record = record.get("room", record)
    draw = Draw(record.get("draw", record))
    if entries != ("--all",):
        for entry in map(int, entries):
            print(entry, draw.position(entry))
        return
    digest, taken = hashlib.sha256(), bytearray(draw.size + 1)
    for entry in range(1, draw.size + 1):
        position = draw.position(entry)
        taken[position] = 1
        digest.update(b"%d %d\n" % (entry, position))
    if sum(taken) != draw.size:
        sys.exit("not a permutation")
    print(draw.size, "positions", digest.hexdigest())


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    main(*sys.argv[1:])
