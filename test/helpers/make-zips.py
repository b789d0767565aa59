"""Makes ZIPs of OpenPose's frames as various programs do. Usage: make-zips.py FOLDER; 'many' behind it: the large one only."""
import io
import json
import struct
import sys
import zipfile
import zlib
from pathlib import Path

folder = Path(sys.argv[1])


def frame(i):
    keypoints = [value for k in range(25) for value in (100 + k, 200 + 4 * k + i, 0.5)]
    return json.dumps({'version': 1.3, 'people': [{'person_id': [-1], 'pose_keypoints_2d': keypoints}]})


def name(i, stem='walk'):
    return f'{stem}_{i:012d}_keypoints.json'


class NamedInfo(zipfile.ZipInfo):
    """An entry whose name is written in an encoding, and not flagged."""

    encoding = 'utf-8'

    def _encodeFilenameFlags(self):
        return self.filename.encode(self.encoding), self.flag_bits & ~0x800


class Stream(io.RawIOBase):
    """What can't be gone back in: sizes come behind the entries."""

    def __init__(self):
        super().__init__()
        self.bytes = bytearray()

    def writable(self):
        return True

    def write(self, data):
        self.bytes += data
        return len(data)


def write(method=zipfile.ZIP_DEFLATED, target=None, force=False, comment=b'', count=3):
    target = target or io.BytesIO()
    with zipfile.ZipFile(target, 'w', method) as archive:
        archive.comment = comment
        for i in range(count):
            with archive.open(zipfile.ZipInfo(name(i)) if method == 0 else name(i), 'w', force_zip64=force) as entry:
                entry.write(frame(i).encode())
    return bytes(target.bytes if isinstance(target, Stream) else target.getvalue())


def save(file, data):
    (folder / f'{file}.zip').write_bytes(data)


def named(names, encoding):
    out = io.BytesIO()
    with zipfile.ZipFile(out, 'w') as archive:
        for i, each in enumerate(names):
            entry = NamedInfo(each)
            entry.encoding = encoding
            archive.writestr(entry, frame(i))
    return out.getvalue()


def with_method(data, number, flags=0):
    """All entries say that they are packed otherwise, or have other flags."""
    data = bytearray(data)
    for signature, at in ((b'PK\x03\x04', 6), (b'PK\x01\x02', 8)):
        place = data.find(signature)
        while place >= 0:
            old_flags, old_method = struct.unpack_from('<HH', data, place + at)
            struct.pack_into('<HH', data, place + at, old_flags | flags, old_method if number is None else number)
            place = data.find(signature, place + 4)
    return bytes(data)


if sys.argv[2:] == ['many']:
    with zipfile.ZipFile(folder / 'many.zip', 'w') as archive:
        for i in range(66_000):
            archive.writestr(zipfile.ZipInfo(name(i)), frame(i) if i % 1000 == 999 else '{"people":[]}')
    sys.exit()

usual = write()
save('usual', usual)
save('stored', write(zipfile.ZIP_STORED))
save('forced-zip64', write(force=True))
save('streamed', write(target=Stream()))
save('streamed-stored', write(zipfile.ZIP_STORED, target=Stream()))
save('streamed-zip64', write(target=Stream(), force=True))
save('comment', write(comment=b'kept PK\x05\x06 here'))
save('before', b'#!/bin/sh\nexit\n' + usual)
save('empty-entry', write(count=3))
with zipfile.ZipFile(folder / 'empty-entry.zip', 'a', zipfile.ZIP_DEFLATED) as archive:
    archive.writestr('notes/', '')
    archive.writestr('empty.txt', '')
# Everything says that it is in the 64-bit extension.
limits = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = 10, 1
save('all-zip64', write(force=True))
zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = limits
save('utf-8-flagged', named([], 'utf-8'))
out = io.BytesIO()
with zipfile.ZipFile(out, 'w') as archive:
    archive.writestr(name(0, 'Dağ 一'), frame(0))
save('utf-8-flagged', out.getvalue())
save('utf-8-unflagged', named([name(0, 'Dağ 一')], 'utf-8'))
save('cp437', named([name(0, 'Grüße ½é')], 'cp437'))
out = io.BytesIO()
with zipfile.ZipFile(out, 'w') as archive:
    entry = zipfile.ZipInfo(name(0, 'Da_ _'))
    unicode = name(0, 'Dağ 一').encode()
    entry.extra = struct.pack('<HHBI', 0x7075, 5 + len(unicode), 1, zlib.crc32(entry.filename.encode())) + unicode
    archive.writestr(entry, frame(0))
save('unicode-extra', out.getvalue())
save('bzip2', write(zipfile.ZIP_BZIP2))
save('lzma', write(zipfile.ZIP_LZMA))
save('deflate64', with_method(usual, 9))
save('unknown', with_method(usual, 77))
save('encrypted', with_method(usual, None, 1))
stored = write(zipfile.ZIP_STORED)
save('bit', stored.replace(b'"pose_keypoints_2d": [100, 200', b'"pose_keypoints_2d": [100, 300', 1))
save('cut', usual[:-30])
save('part', usual[:-14] + struct.pack('<H', 9) + usual[-12:])
