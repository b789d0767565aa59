"""Reads exported files with Python's standard library, NumPy and SciPy only, as other people's programs do.

Usage: read_space.py FOLDER; each file in it is called FORMAT.CONVENTION.ending. Prints JSON: by file, its unit, which axis it
says is up, and by person and keypoint (or joint) its places in every frame, in the file's own numbers: `people` in space,
`flat` in the picture, with scores.
"""
import csv
import json
import struct
import sys
import zipfile
from pathlib import Path

import numpy
from scipy.spatial.transform import Rotation

folder = Path(sys.argv[1])
csv.field_size_limit(10**8)


def plain(array):
    return [[None if value != value else float(value) for value in row] for row in numpy.asarray(array)]


def trc(path):
    """As Pose2Sim and OpenSim: names in the fourth line, three columns for each, numbers from the seventh on."""
    people = {}
    with zipfile.ZipFile(path) as archive:
        for name in archive.namelist():
            if not name.endswith('.trc'):
                continue
            lines = archive.read(name).decode().splitlines()
            facts = dict(zip(lines[1].split('\t'), lines[2].split('\t')))
            space = json.loads(lines[0].split('\t')[3])['space']
            names = [cell for cell in lines[3].split('\t')[2:] if cell]
            data = numpy.genfromtxt(lines[6:], delimiter='\t')
            assert len(data) == int(facts['NumFrames']) and len(names) == int(facts['NumMarkers'])
            assert data[:, 0].tolist() == list(range(1, len(data) + 1))
            person = name.rsplit('_', 1)[1].removesuffix('.trc')
            people[person] = {each: plain(data[:, 2 + 3 * i : 5 + 3 * i]) for i, each in enumerate(names)}
    return {'unit': facts['Units'], 'up': space['up'], 'people': people, 'rate': float(facts['DataRate'])}


def c3d(path):
    """The C3D File Format User Guide: header, parameters, and floats of x, y, z, residual."""
    data = path.read_bytes()
    first_block, key = data[0], data[1]
    points, channels = struct.unpack_from('<HH', data, 2)
    first, last = struct.unpack_from('<HH', data, 6)
    scale, = struct.unpack_from('<f', data, 12)
    start, = struct.unpack_from('<H', data, 16)
    rate, = struct.unpack_from('<f', data, 20)
    assert key == 0x50 and scale < 0
    at = (first_block - 1) * 512
    assert data[at + 3] == 84
    at += 4
    groups, parameters = {}, {}
    while True:
        length, group = struct.unpack_from('<bb', data, at)
        length = abs(length)
        if length == 0:
            break
        name = data[at + 2 : at + 2 + length].decode()
        link_at = at + 2 + length
        link, = struct.unpack_from('<H', data, link_at)
        if group < 0:
            groups[-group] = name
        else:
            kind, count = struct.unpack_from('<bB', data, link_at + 2)
            sizes = list(data[link_at + 4 : link_at + 4 + count])
            parameters[group, name] = kind, sizes, link_at + 4 + count
        if link == 0:
            break
        at = link_at + link

    def texts(group, name):
        kind, sizes, place = parameters[next(id for id, each in groups.items() if each == group), name]
        assert kind == -1
        width, count = (sizes + [1])[:2]
        return [data[place + i * width : place + (i + 1) * width].decode().rstrip() for i in range(count)]

    frames = last - first + 1
    row = points * 4 + channels
    rows = numpy.frombuffer(data, '<f4', frames * row, (start - 1) * 512).reshape(frames, row)
    values = rows[:, : points * 4].reshape(frames, points, 4)
    places = numpy.where(values[..., 3:] < 0, numpy.nan, values[..., :3])
    people = {}
    for i, label in enumerate(texts('POINT', 'LABELS')):
        person, name = label[1:].split('_', 1)
        people.setdefault(person, {})[name] = plain(places[:, i])
    up = texts('POINT', 'Y_SCREEN')[0]
    return {'unit': texts('POINT', 'UNITS')[0], 'up': up[1].lower(), 'people': people, 'rate': rate}


def bvh(path):
    """Forward kinematics, each joint turned by its channels in their order (Biovision)."""
    people = {}
    with zipfile.ZipFile(path) as archive:
        space = json.loads(archive.read('how-it-was-made.json'))['space']
        for file in archive.namelist():
            if file.endswith('.bvh'):
                places, rate = bvh_places(archive.read(file).decode())
                people[file.rsplit('_', 1)[1].removesuffix('.bvh')] = places
    return {'unit': space['unit'], 'up': space['up'], 'people': people, 'rate': rate}


def bvh_places(text):
    head, motion = text.split('MOTION')
    joints, stack, name = [], [], None
    for line in head.splitlines():
        words = line.split()
        if not words:
            continue
        if words[0] in ('ROOT', 'JOINT', 'End'):
            joints.append({'name': ' '.join(words[1:]), 'parent': stack[-1] if stack else None, 'channels': []})
        elif words[0] == '{':
            stack.append(len(joints) - 1)
        elif words[0] == '}':
            stack.pop()
        elif words[0] == 'OFFSET':
            joints[-1]['offset'] = numpy.array(words[1:], dtype=float)
        elif words[0] == 'CHANNELS':
            joints[-1]['channels'] = words[2:]
    lines = motion.strip().splitlines()
    count, step = int(lines[0].split(':')[1]), float(lines[1].split(':')[1])
    rows = numpy.array([line.split() for line in lines[2:]], dtype=float)
    assert len(rows) == count
    places = {joint['name']: [] for joint in joints}
    for row in rows:
        at, turns, points = 0, [], []
        for joint in joints:
            values = dict(zip(joint['channels'], row[at : at + len(joint['channels'])]))
            at += len(joint['channels'])
            moved = [values.get(f'{axis}position', 0) for axis in 'XYZ']
            order = ''.join(each[0] for each in joint['channels'] if each.endswith('rotation'))
            angles = [values[f'{axis}rotation'] for axis in order]
            turn = Rotation.from_euler(order, angles, degrees=True) if order else Rotation.identity()
            parent = joint['parent']
            if parent is None:
                points.append(joint['offset'] + moved)
                turns.append(turn)
            else:
                points.append(points[parent] + turns[parent].apply(joint['offset'] + moved))
                turns.append(turns[parent] * turn)
            places[joint['name']].append(points[-1].tolist())
    return places, 1 / step


def viz_npy(path):
    names = [
        'hip', 'right_hip', 'right_knee', 'right_foot', 'left_hip', 'left_knee', 'left_foot', 'spine', 'thorax', 'neck', 'head',
        'left_shoulder', 'left_elbow', 'left_wrist', 'right_shoulder', 'right_elbow', 'right_wrist',
    ]
    people = {}
    with zipfile.ZipFile(path) as archive:
        for file in archive.namelist():
            if file.endswith('.npy'):
                with archive.open(file) as entry:
                    data = numpy.load(entry)
                person = file.removesuffix('.npy').removesuffix('_3d').rsplit('_', 1)[1]
                people[person] = {name: plain(data[:, i]) for i, name in enumerate(names)}
    return {'people': people}


BODY_25 = 'nose neck right_shoulder right_elbow right_wrist left_shoulder left_elbow left_wrist mid_hip right_hip right_knee ' \
    'right_ankle left_hip left_knee left_ankle'


def openpose_json(path):
    with zipfile.ZipFile(path) as archive:
        names = sorted(each for each in archive.namelist() if each.endswith('_keypoints.json'))
        return openpose_frames([json.loads(archive.read(name)) for name in names])


def openpose_jsonl(path):
    return openpose_frames([json.loads(line) for line in path.read_text().splitlines()])


def openpose_frames(frames):
    people, flat = {}, {}
    for frame in frames:
        for person in frame['people']:
            id = str(person['person_id'][0])
            picture = numpy.array(person['pose_keypoints_2d']).reshape(-1, 3)
            space = numpy.array(person['pose_keypoints_3d']).reshape(-1, 4)
            for i, name in enumerate(BODY_25.split()):
                place = space[i, :3] if space[i, 3] > 0 else [numpy.nan] * 3
                people.setdefault(id, {}).setdefault(name, []).append(plain([place])[0])
                flat.setdefault(id, {}).setdefault(name, []).append(scored(picture[i]))
    return {'people': people, 'flat': flat}


def scored(point):
    """x, y, score; missing where the score is 0."""
    x, y, score = point
    return [float(x), float(y), float(score)] if score > 0 else [None, None, 0]


# cocodataset.org, "Data format": the keypoints of people.
COCO = 'nose left_eye right_eye left_ear right_ear left_shoulder right_shoulder left_elbow right_elbow left_wrist right_wrist ' \
    'left_hip right_hip left_knee right_knee left_ankle right_ankle'


def coco(path):
    return {'flat': coco_flat(json.loads(path.read_text()), COCO.split())}


def coco_annotations(path):
    document = json.loads(path.read_text())
    return {'flat': coco_flat(document['annotations'], document['categories'][0]['keypoints'])}


def coco_flat(entries, names):
    flat = {}
    for entry in sorted(entries, key=lambda each: each['image_id']):
        points = numpy.array(entry['keypoints']).reshape(-1, 3)
        for name, point in zip(names, points, strict=True):
            flat.setdefault(str(entry['track_id']), {}).setdefault(name, []).append(scored(point))
    return flat


def detectron_npz(path):
    file = numpy.load(path, allow_pickle=True)
    flat = {}
    for _, people in file['keypoints']:
        for id, (x, y, _, probability) in enumerate(people):
            for i, name in enumerate(COCO.split()):
                point = [numpy.nan_to_num(x[i]), numpy.nan_to_num(y[i]), probability[i]]
                flat.setdefault(str(id), {}).setdefault(name, []).append(scored(point))
    return {'flat': flat}


# mediapipe, solutions/pose.py: PoseLandmark.
BLAZEPOSE = {'nose': 0, 'left_shoulder': 11, 'right_shoulder': 12, 'left_elbow': 13, 'left_wrist': 15, 'left_hip': 23,
             'right_hip': 24, 'left_knee': 25, 'right_ankle': 28}


def vtt(path):
    flat = {}
    for line in path.read_text().splitlines():
        if line.startswith('{'):
            for person in json.loads(line)['people']:
                points = person['poses'][0]['keypoints']
                for name, i in BLAZEPOSE.items():
                    point = [value or 0 for value in points[3 * i : 3 * i + 3]]
                    flat.setdefault(str(person['id']), {}).setdefault(name, []).append(scored(point))
    return {'flat': flat}


def limn_json(path):
    document = json.loads(path.read_text())
    people, flat = {}, {}
    for frame in document['frames']:
        for person in frame['people']:
            id, body = str(person['id']), person['body']
            for i, name in enumerate(document['keypointSets'][body['set']]):
                place = [body['world'][i][axis] for axis in 'xyz']
                people.setdefault(id, {}).setdefault(name, []).append(place)
                point = [body['keypoints'][i][each] for each in ('x', 'y', 'score')]
                flat.setdefault(id, {}).setdefault(name, []).append(point)
    return {'people': people, 'flat': flat}


def npz(path):
    file = numpy.load(path)
    info = json.loads(zipfile.ZipFile(path).read('info.json'))
    names = info['keypointNames']['keypoints']
    world = file['world']
    points = numpy.nan_to_num(file['keypoints'])
    ids = [str(person) for person in file['people']]
    return {
        'people': {
            id: {name: plain(world[:, column, i]) for i, name in enumerate(names)} for column, id in enumerate(ids)
        },
        'flat': {
            id: {name: [scored(point) for point in points[:, column, i]] for i, name in enumerate(names)}
            for column, id in enumerate(ids)
        },
    }


def csv_wide(path):
    people, flat = {}, {}
    with open(path, newline='') as file:
        for row in csv.DictReader(file):
            id = row['person']
            for column in row:
                if column.endswith('_world_x'):
                    name = column.removesuffix('_world_x')
                    place = [number(row[f'{name}_world_{axis}']) for axis in 'xyz']
                    people.setdefault(id, {}).setdefault(name, []).append(place)
                    point = [number(row[f'{name}_{each}']) for each in ('x', 'y', 'score')]
                    flat.setdefault(id, {}).setdefault(name, []).append(point)
    return {'people': people, 'flat': flat}


def number(cell):
    return float(cell) if cell else None


def csv_long(path):
    people, flat = {}, {}
    with open(path, newline='') as file:
        for row in csv.DictReader(file):
            if row['part'] == 'body':
                id, name = row['person'], row['name']
                place = [number(row[f'world_{axis}']) for axis in 'xyz']
                people.setdefault(id, {}).setdefault(name, []).append(place)
                point = [number(row[each]) for each in ('x', 'y', 'score')]
                flat.setdefault(id, {}).setdefault(name, []).append(point)
    return {'people': people, 'flat': flat}


def motion_csv(path):
    """Ranges of motion, beside what they are by the places in another file: 180 degrees less the angle between two bones."""
    told, own = {}, {}
    with open(path, newline='') as file:
        for row in csv.DictReader(file):
            if row['quantity'] in ('minimum', 'maximum'):
                told.setdefault(row['person'], {}).setdefault(row['joint'], {})[row['quantity']] = float(row['value'])
    for person, places in csv_wide(folder / 'csv.m-y-up.file')['people'].items():
        for side in ('left', 'right'):
            for joint, names in {'knee': 'hip knee ankle', 'elbow': 'shoulder elbow wrist'}.items():
                bend = bends(places, side, names)
                own.setdefault(person, {})[f'{side}_{joint}'] = {
                    'minimum': float(numpy.nanmin(bend)),
                    'maximum': float(numpy.nanmax(bend)),
                }
    return {'people': {}, 'ranges': told, 'ownRanges': own}


def angles_csv(path):
    """Knees and elbows by NumPy's own reader, beside what they are by the places in another file."""
    table = numpy.atleast_1d(numpy.genfromtxt(path, delimiter=',', names=True, usecols=range(14)))
    far, rows = 0.0, 0
    for person, places in csv_wide(folder / 'csv.m-y-up.file')['people'].items():
        own = table[table['person'] == float(person)]
        for side in ('left', 'right'):
            for joint, names in {'knee': 'hip knee ankle', 'elbow': 'shoulder elbow wrist'}.items():
                bend = bends(places, side, names)
                assert len(bend) == len(own)
                far = max(far, float(numpy.nanmax(numpy.abs(bend - own[f'{side}_{joint}']))))
                rows += int(numpy.isfinite(own[f'{side}_{joint}']).sum())
    return {'people': {}, 'columns': list(table.dtype.names), 'far': far, 'rows': rows}


def bends(places, side, names):
    """180 degrees less the angle between two bones, by frame."""
    a, b, c = (numpy.array(places[f'{side}_{name}'], dtype=float) for name in names.split())
    first, second = a - b, c - b
    lengths = numpy.linalg.norm(first, axis=1) * numpy.linalg.norm(second, axis=1)
    return 180 - numpy.degrees(numpy.arccos((first * second).sum(axis=1) / lengths))


readers = {
    'angles-csv': angles_csv,
    'motion-csv': motion_csv,
    'trc': trc,
    'c3d': c3d,
    'bvh': bvh,
    'viz-npy': viz_npy,
    'openpose-json': openpose_json,
    'openpose-jsonl': openpose_jsonl,
    'coco': coco,
    'coco-annotations': coco_annotations,
    'detectron-npz': detectron_npz,
    'vtt': vtt,
    'limn-json': limn_json,
    'npz': npz,
    'csv': csv_wide,
    'csv-long': csv_long,
}
print(json.dumps({path.name: readers[path.name.split('.')[0]](path) for path in sorted(folder.iterdir())}))
