"""Reads exported files with nothing but Python's standard library and NumPy, and says where noses are.

Usage: read_formats.py FOLDER; the files in it are named after their formats. Prints JSON: by format, what was found.
"""
import csv
import io
import json
import struct
import sys
import zipfile
from pathlib import Path

import numpy

folder = Path(sys.argv[1])
csv.field_size_limit(10**8)


def none_if_nan(value):
    return None if value != value else value


def numbers(row):
    return [none_if_nan(float(value)) for value in row]


def openpose_json():
    with zipfile.ZipFile(folder / 'openpose-json') as archive:
        assert archive.testzip() is None
        names = archive.namelist()
        frames = [json.loads(archive.read(name)) for name in names if name.endswith('_keypoints.json')]
        making = json.loads(archive.read('how-it-was-made.json'))
    return {'frames': len(frames), 'nose': openpose_nose(frames[0]), 'made': making['info']['source']['name']}


def openpose_nose(frame):
    return frame['people'][0]['pose_keypoints_2d'][:3]


def openpose_jsonl():
    frames = [json.loads(line) for line in (folder / 'openpose-jsonl').read_text().splitlines()]
    return {
        'frames': len(frames),
        'nose': openpose_nose(frames[0]),
        'made': frames[0]['limn']['info']['source']['name'],
    }


def table(name):
    with open(folder / name, newline='') as file:
        return list(csv.DictReader(file))


def csv_wide():
    rows = table('csv')
    first = rows[0]
    return {
        'frames': len({row['frame'] for row in rows}),
        'nose': numbers([first['nose_x'], first['nose_y'], first['nose_score']]),
        'made': json.loads(first['made'])['info']['source']['name'],
    }


def csv_long():
    rows = table('csv-long')
    nose = next(row for row in rows if row['name'] == 'nose')
    return {
        'frames': len({row['frame'] for row in rows}),
        'nose': numbers([nose['x'], nose['y'], nose['score']]),
        'made': json.loads(rows[0]['made'])['info']['source']['name'],
    }


def coco():
    results = json.loads((folder / 'coco').read_text())
    return {
        'frames': len({result['image_id'] for result in results}),
        'nose': results[0]['keypoints'][:3],
        'made': results[0]['limn']['info']['source']['name'],
    }


def coco_annotations():
    document = json.loads((folder / 'coco-annotations').read_text())
    names = document['categories'][0]['keypoints']
    assert names[0] == 'nose' and len(names) == 17
    # A visibility stands where results have a score.
    return {
        'frames': len(document['images']),
        'nose': document['annotations'][0]['keypoints'][:2],
        'made': document['info']['limn']['info']['source']['name'],
    }


def npz():
    file = numpy.load(folder / 'npz')
    info = json.loads(zipfile.ZipFile(folder / 'npz').read('info.json'))
    keypoints = file['keypoints']
    assert keypoints.shape[2:] == (33, 3) and file['world'].shape == keypoints.shape
    return {
        'frames': keypoints.shape[0],
        'nose': numbers(keypoints[0, 0, 0]),
        'times': file['times'].tolist(),
        'made': info['info']['source']['name'],
    }


def detectron_npz():
    file = numpy.load(folder / 'detectron-npz', encoding='latin1', allow_pickle=True)
    keypoints = file['keypoints']
    first = keypoints[0][1][0]
    assert first.shape == (4, 17)
    metadata = file['metadata'].item()
    return {
        'frames': len(keypoints),
        'nose': numbers([first[0][0], first[1][0], first[3][0]]),
        'made': json.loads(metadata['limn'])['info']['source']['name'],
    }


def pose():
    data = (folder / 'pose').read_bytes()
    stream = io.BytesIO(data)

    def read(form):
        return struct.unpack('<' + form, stream.read(struct.calcsize('<' + form)))

    def text():
        (length,) = read('H')
        return stream.read(length).decode()

    read('f')
    read('HHH')
    (components,) = read('H')
    points = 0
    dimensions = 0
    first_name = None
    for _ in range(components):
        name = text()
        form = text()
        count, limbs, colors = read('HHH')
        names = [text() for _ in range(count)]
        first_name = first_name or (name, names[0])
        read(f'{2 * limbs}H')
        read(f'{3 * colors}H')
        points += count
        dimensions = len(form) - 1
    assert first_name == ('POSE_LANDMARKS', 'NOSE')
    (rate,) = read('f')
    (frames,) = read('I')
    (people,) = read('H')
    places = numpy.frombuffer(stream.read(frames * people * points * dimensions * 4), '<f4')
    scores = numpy.frombuffer(stream.read(frames * people * points * 4), '<f4')
    places = places.reshape(frames, people, points, dimensions)
    making = json.loads(stream.read())
    nose = [*places[0, 0, 0, :2].tolist(), float(scores[0])]
    return {'frames': frames, 'nose': nose, 'made': making['info']['source']['name']}


readers = {
    'openpose-json': openpose_json,
    'openpose-jsonl': openpose_jsonl,
    'csv': csv_wide,
    'csv-long': csv_long,
    'coco': coco,
    'coco-annotations': coco_annotations,
    'npz': npz,
    'detectron-npz': detectron_npz,
    'pose': pose,
}
print(json.dumps({name: read() for name, read in readers.items()}))
