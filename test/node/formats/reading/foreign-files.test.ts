import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { planOpening } from '../../../../src/app/opening/opening-plan.ts';
import { readRecordings } from '../../../../src/formats/readers.ts';
import { isSurelyKeypoints } from '../../../../src/formats/reading/glance.ts';
import { recognizeNetworkFile } from '../../../../src/importers/recognize/recognize.ts';
import { describeForeign, fileType } from '../../../../src/sources/files/file-types.ts';

/*
 * Files that other programs write, in forms that Limn doesn't read: each is refused by its name. Their forms are those of the
 * programs' documents and sources, which `foreign-json.ts` and `foreign-texts.ts` cite.
 */
const read = (name: string, content: unknown) =>
  readRecordings([{ name, bytes: strToU8(typeof content === 'string' ? content : JSON.stringify(content)) }]);
const landmark = { x: 0.5, y: 0.2, z: -0.1, visibility: 0.9 };
const instance = { keypoints: [[1, 2]], keypoint_scores: [0.9], bbox: [[1, 2, 3, 4]], bbox_score: 0.9 };
const flat = [1, 2, 0.9];

describe('JSON of other programs is refused by name', () => {
  it.each<[string, string, unknown]>([
    ['MediaPipe landmarks', 'of a task', { landmarks: [[landmark]], worldLandmarks: [[landmark]] }],
    ['MediaPipe landmarks', 'of a solution', { poseLandmarks: [landmark] }],
    ['MediaPipe landmarks', 'of hands', { multiHandLandmarks: [[landmark]] }],
    ['MediaPipe landmarks', 'of Python', [{ frame: 0, pose_landmarks: [landmark] }]],
    ['MediaPipe landmarks', 'one frame', [landmark, landmark]],
    ['MediaPipe landmarks', 'many frames', [[landmark], [landmark]]],
    ['MMPose predictions', 'of a picture', [instance]],
    ['MMPose predictions', 'of a video', [{ frame_id: 0, instances: [instance] }]],
    ['MMPose predictions', 'of a video without anybody', [{ frame_id: 0, instances: [] }]],
    ['MMPose predictions', 'of a demo', { meta_info: {}, instance_info: [{ frame_id: 1, instances: [] }] }],
    [
      'Ultralytics results',
      'as JSON',
      [{ name: 'person', class: 0, box: { x1: 1 }, keypoints: { x: [1], y: [2] } }],
    ],
    ['easy_ViTPose keypoints', 'y before x', { keypoints: [{ 0: [[2, 1, 0.9]] }], skeleton: { 0: 'nose' } }],
    [
      'poses as TensorFlow.js and ml5',
      'of detectors',
      [{ keypoints: [{ x: 1, y: 2, score: 0.9, name: 'nose' }] }],
    ],
    ['poses as TensorFlow.js and ml5', 'of PoseNet', [{ score: 1, keypoints: [{ score: 1, part: 'nose' }] }]],
    ['OpenPifPaf predictions', 'of a video', { frame: 1, predictions: [{ keypoints: flat }] }],
    [
      'OpenPifPaf predictions',
      'of a picture',
      [{ keypoints: flat, bbox: [1, 2, 3, 4], score: 1, category_id: 1 }],
    ],
    ['PoseFlow tracks', 'by picture', { '0.jpg': [{ keypoints: flat, scores: 2, idx: 1 }] }],
    ['DeepLabCut keypoints', 'of SuperAnimal', [{ bodyparts: [[flat]], bboxes: [[1, 2, 3, 4]] }]],
    ['EasyMocap keypoints', 'in space', [{ id: 0, keypoints3d: [[1, 2, 3, 1]] }]],
    [
      'a Kinetics skeleton sequence',
      'as ST-GCN reads',
      { data: [{ frame_index: 1, skeleton: [{ pose: [0.5] }] }] },
    ],
    [
      'Label Studio annotations',
      'as exported',
      [{ id: 1, annotations: [{ result: [{ value: { x: 50 } }] }] }],
    ],
    [
      'labelme annotations',
      'one picture',
      { shapes: [{ label: 'nose', points: [[1, 2]], shape_type: 'point' }] },
    ],
    [
      'a Datumaro data set',
      'as exported',
      { categories: { points: {} }, items: [{ id: 'a', annotations: [] }] },
    ],
    ['poses of animals', 'of ControlNet', [{ version: 'ap10k', animals: [[[1, 2, 1]]], canvas_width: 512 }]],
    ['OpenPose’s “people” inside other JSON', 'of an answer', { poses: [{ people: [] }], info: 'Success' }],
  ])('%s, %s', (label, _, content) => {
    expect(() => read('x.json', content)).toThrow(`x.json holds ${label}`);
    expect(() => read('x.json', content)).toThrow(
      /, which Limn doesn’t read\. Limn reads \.pose files, NPZ, /,
    );
  });

  it('and no other JSON is taken for them', () => {
    expect(() => read('x.json', { hello: 1 })).toThrow(
      /^x\.json holds no keypoints that Limn can read\. Limn reads /,
    );
  });
});

describe('Tables of other programs are refused by name', () => {
  it.each([
    ['a DeepLabCut table', 'scorer,DLC_resnet50\nbodyparts,nose\ncoords,x\n0,1.0\n'],
    ['a SLEAP table', 'track,frame_idx,instance.score,nose.x,nose.y,nose.score\n,0,0.9,1,2,0.9\n'],
    ['a FreeMoCap table', 'timestamp,timestamp_by_camera,body_nose_x\n0,0,1\n'],
    ['a Kinovea table', 'Time;Trajectory 1/0/X;Trajectory 1/0/Y\n0,00;1,5;2,5\n'],
    ['a table with a row a person and frame', 'frame,x0,y0,c0\n0,1,2,0.9\n'],
  ])('%s', (label, text) => {
    expect(() => read('x.csv', text)).toThrow(
      `x.csv is ${label}, which Limn doesn't read. Limn reads tables`,
    );
  });
});

const LABELS = `0 0.5 0.5 0.2 0.7 ${'0.5 0.25 2 '.repeat(17).trim()}\n`;
const sentence = (name: string, head: string) => describeForeign(name, fileType(strToU8(head, true), name));

describe('Other files with keypoints or motion', () => {
  it.each([
    [
      'v_1.txt',
      LABELS,
      /is labels in YOLO’s format, as Ultralytics writes them, which Limn doesn’t read\. Export/,
    ],
    ['data.yaml', 'train: a\nkpt_shape: [17, 3]\n', /is a data set in YOLO’s format/],
    ['v.kva', '<?xml version="1.0"?>\n<KinoveaVideoAnalysis>', /is a Kinovea file\. .* give it the video/],
    ['v.txt', '#Kinovea Trajectory data export\n#T X Y\n0 1 2\n', /is a Kinovea file/],
    ['a.xml', '<?xml version="1.0"?>\n<annotations><version>1.1', /is a CVAT file .*“COCO Keypoints”/],
    ['v_pose.yml', '%YAML:1.0\npose_0: !!opencv-nd-matrix\n', /is an OpenCV file, .*--write_json/],
    ['v_pose.xml', '<?xml version="1.0"?>\n<opencv_storage>\n', /is an OpenCV file, .*--write_json/],
    ['ik.mot', 'Coordinates\nversion=1\n', /is an OpenSim file .* Limn reads markers \(\.trc\)/],
    ['vDLC.h5', '\x89HDF\r\n\x1a\n\0\0', /is an HDF5 file, as DeepLabCut and SLEAP write them/],
    ['labels.slp', '\x89HDF\r\n\x1a\n\0\0', /is an HDF5 file, as DeepLabCut and SLEAP write them/],
    ['v_meta.pickle', '\x80\x04\x95\x10\0\0', /is a Python pickle\. Limn runs no foreign code/],
  ])('%s is named, and never said to hold none', (name, head, expected) => {
    expect(sentence(name, head)).toMatch(expected);
    expect(sentence(name, head)).not.toMatch(/no picture, video or keypoint file/);
  });

  it('numbers and texts are no labels', () => {
    for (const text of [
      '0 0.5 0.5 0.2 0.7\n',
      '1 2 3\n4 5 6\n',
      'Ada 0.5 0.5 0.5 0.5 1 2 3 4\n',
      `${LABELS}by Ada\n\n`,
    ]) {
      expect(sentence('notes.txt', text)).toMatch(/is a text file/);
    }
  });

  it('a pickle that is called so is no network, but for PyTorch’s', () => {
    const glance = (name: string, head: string) => ({ name, head: strToU8(head, true), zipNames: [] });
    expect(recognizeNetworkFile(glance('v_full.pickle', '\x80\x04\x95\x10\0\0\0\0\0\0\0}\x94.'))).toBeNull();
    expect(recognizeNetworkFile(glance('net.pkl', '\x80\x02\x8a\x0al\xfc\x9cF\xf9 j'))?.kind).toBe(
      'checkpoint',
    );
  });

  it('are said beside what is opened, not passed over as texts', () => {
    const plan = planOpening(
      Object.entries({ 'v.mp4': '\0\0\0\x18ftypisom', 'labels/v_1.txt': LABELS, 'notes.txt': 'by Ada' }).map(
        ([name, text]) => {
          const head = strToU8(text, true);
          return { file: { name }, type: fileType(head, name), isSure: isSurelyKeypoints(head, name) };
        },
      ),
    );
    expect(plan.videos.map(({ name }) => name)).toEqual(['v.mp4']);
    expect(plan.said.join(' ')).toMatch(/^labels\/v_1\.txt is labels in YOLO’s format/);
    expect(plan.said.join(' ')).not.toContain('notes.txt');
  });

  it('in a ZIP are named, and so is what else it is', () => {
    const readZip = (files: Record<string, string>) => () => {
      const entries = Object.entries(files).map(([name, text]) => [name, strToU8(text, true)]);
      return readRecordings([{ name: 'x.zip', bytes: zipSync(Object.fromEntries(entries)) }]);
    };
    expect(readZip({ 'data.yaml': 'kpt_shape: [17, 3]\n', 'labels/a.txt': LABELS })).toThrow(
      /^x\.zip\/data\.yaml is a data set in YOLO’s format/,
    );
    expect(readZip({ 'a.jpg': '\xff\xd8\xff', 'b.jpg': '\xff\xd8\xff' })).toThrow(
      'x.zip holds no keypoints that Limn can read. Pictures and videos are not read out of ZIPs: unpack x.zip, and drop them.',
    );
  });
});
