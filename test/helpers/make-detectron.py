"""Makes what VideoPose3D's scripts make of videos, and says which numbers are in it. Usage: make-detectron.py FOLDER

In our own words, after inference/infer_video.py, inference/infer_video_d2.py and data/prepare_data_2d_custom.py.
"""
import io
import json
import os
import pickle
import struct
import sys
import zipfile
from pathlib import Path

import numpy

folder = Path(sys.argv[1])
random = numpy.random.default_rng(4)
COUNTS = [1, 2, 0, 3, 1]


class Python2(pickle._Pickler):
    """Pickles as Python 2 does: texts and bytes alike are strings."""

    dispatch = dict(pickle._Pickler.dispatch)

    def save_string(self, value):
        data = value.encode('latin1') if isinstance(value, str) else value
        if len(data) < 256:
            self.write(pickle.SHORT_BINSTRING + bytes([len(data)]) + data)
        else:
            self.write(pickle.BINSTRING + struct.pack('<i', len(data)) + data)
        self.memoize(value)

    dispatch[bytes] = save_string
    dispatch[str] = save_string


def write_npy(array, protocol):
    out = io.BytesIO()
    numpy.lib.format.write_array_header_1_0(out, numpy.lib.format.header_data_from_array_1_0(array))
    if protocol == 'python2':
        Python2(out, 2).dump(array)
    else:
        pickle.dump(array, out, protocol=protocol)
    return out.getvalue()


def save(name, protocol=None, **arrays):
    if protocol is None:
        numpy.savez_compressed(folder / name, **arrays)
        return
    with zipfile.ZipFile(folder / name, 'w') as archive:
        for key, array in arrays.items():
            archive.writestr(f'{key}.npy', write_npy(array, protocol))


def alone(value):
    array = numpy.empty((), dtype=object)
    array[()] = value
    return array


people = []
for count in COUNTS:
    # As Detectron has them, keypoints × (x, y, logit, probability); what is saved is turned.
    points = random.uniform(1, 600, (count, 17, 4)).astype('f4')
    points[:, :, 2] = 0
    points[:, :, 3] = random.uniform(0.1, 1, (count, 17))
    boxes = random.uniform(1, 600, (count, 5)).astype('f4')
    boxes[:, 4] = random.uniform(0.5, 1, count)
    people.append((points, boxes))

second = {
    'boxes': numpy.array([[[], boxes if len(boxes) else []] for _, boxes in people], dtype=object),
    'segments': numpy.array([None] * len(people), dtype=object),
    'keypoints': numpy.array(
        [[[], points.transpose(0, 2, 1) if len(points) else []] for points, _ in people], dtype=object
    ),
    'metadata': alone({'w': 640, 'h': 480}),
}
save('walk.mp4.npz', **second)
for protocol in (2, 3, 4, 'python2'):
    save(f'walk_{protocol}.npz', protocol, **second)
# Of a number of NumPy's own, and of other widths.
save('walk_scalar.npz', **{**second, 'metadata': alone({'w': numpy.int64(640), 'h': numpy.float32(480)})})
save(
    'walk_f8.npz',
    **{
        **second,
        'keypoints': numpy.array(
            [[[], points.transpose(0, 2, 1).astype('>f8') if len(points) else []] for points, _ in people],
            dtype=object,
        ),
    },
)

# Detectron's first version lists people, and has nothing at all for frames without any.
first_keypoints = numpy.empty(len(people), dtype=object)
first_boxes = numpy.empty(len(people), dtype=object)
for i, (points, boxes) in enumerate(people):
    first_keypoints[i] = [[], [each.T.copy() for each in points]] if len(points) else None
    first_boxes[i] = [[], boxes]
first = {**second, 'keypoints': first_keypoints, 'boxes': first_boxes}
save('walk_first.npz', **first)
save('walk_first_python2.npz', 'python2', **first)

walk = random.uniform(1, 600, (6, 17, 2)).astype('f4')
run = random.uniform(1, 600, (4, 17, 2)).astype('f4')
walk[2, 5] = numpy.nan
save(
    'data_2d_custom_mine.npz',
    positions_2d=alone({'walk.mp4': {'custom': [walk]}, 'run.mp4': {'custom': [run]}}),
    metadata=alone(
        {
            'layout_name': 'coco',
            'num_joints': 17,
            'keypoints_symmetry': [[1, 3, 5], [2, 4, 6]],
            'video_metadata': {'walk.mp4': {'w': 640, 'h': 480}, 'run.mp4': {'w': 1920, 'h': 1080}},
        }
    ),
)
save(
    'data_2d_h36m_mine.npz',
    positions_2d=alone({'S1': {'Walking 1': [run.astype('f8'), run + 1]}}),
    metadata=alone({'layout_name': 'h36m', 'num_joints': 17, 'keypoints_symmetry': [[4], [1]]}),
)
save('humaneva.npz', positions_2d=alone({}), metadata=alone({'layout_name': 'humaneva15'}))
wrong = numpy.array([[[], points] for points, _ in people], dtype=object)
save('wrong.npz', **{**second, 'keypoints': wrong})


class Harm:
    def __reduce__(self):
        return os.system, ('touch harmed',)


save('harm.npz', keypoints=alone([Harm()]))

print(
    json.dumps(
        {
            'people': [[points.tolist(), boxes.tolist()] for points, boxes in people],
            'walk': numpy.nan_to_num(walk, nan=-1).tolist(),
            'run': run.tolist(),
        }
    )
)
