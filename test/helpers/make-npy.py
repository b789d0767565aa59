"""Makes .npy and .npz files as NumPy writes them, and says which numbers are in them. Usage: make-npy.py FOLDER"""
import json
import sys
from pathlib import Path

import numpy

folder = Path(sys.argv[1])
base = numpy.arange(2 * 17 * 2, dtype='f8').reshape(2, 17, 2) % 100 + 1
# Upright people in COCO's order, so that it can be told: heads above, feet below.
heights = [20, 17, 17, 19, 19, 40, 40, 60, 60, 78, 78, 80, 80, 115, 115, 150, 150]
sides = [50, 52, 48, 55, 45, 62, 38, 67, 33, 68, 32, 57, 43, 58, 42, 58, 42]
base[..., 0] = sides
base[..., 1] = heights
base[1] += 3
for kind in ['<f2', '<f4', '<f8', '>f4', '>f8', '>i2', '<i4', '>i8', '|u1', '<u2', '>u4']:
    name = kind.replace('<', 'little-').replace('>', 'big-').replace('|', '')
    numpy.save(folder / f'{name}.npy', base.astype(kind))
numpy.save(folder / 'fortran.npy', numpy.asfortranarray(base.astype('f4')))
scored = numpy.concatenate([base, numpy.full((2, 17, 1), 0.5)], axis=2)
numpy.save(folder / 'scored.npy', scored)
numpy.savez(folder / 'fortran.npz', keypoints=numpy.asfortranarray(scored[:, None].astype('f4')))
numpy.savez_compressed(folder / 'unnamed.npz', scored)
numpy.savez(folder / 'flat.npz', keypoints=scored)
numpy.save(folder / 'people.npy', numpy.stack([base, base + 200], axis=1))
numpy.save(folder / 'objects.npy', numpy.array([{'a': 1}], dtype=object))
numpy.save(folder / 'columns.npy', numpy.zeros(3, dtype=[('x', 'f4'), ('y', 'f4')]))
numpy.save(folder / 'complex.npy', base.astype('c8'))
numpy.savez(folder / 'objects.npz', poses=numpy.array({'S1': {}}, dtype=object))
print(json.dumps({'first': base[0].tolist(), 'second': base[1].tolist()}))
