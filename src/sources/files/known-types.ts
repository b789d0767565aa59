/** What Limn does with a file of a type; `foreign`: nothing, and it says what the file is. */
export type FileKind = 'picture' | 'keypoints' | 'video' | 'foreign';

export interface FileType {
  readonly kind: FileKind;
  /** As it stands in a sentence: "HEIC", "a PDF document". */
  readonly label: string;
  /** What to do instead, as sentences; absent: what is usual for its kind. */
  readonly advice?: string;
  /** Of pictures: most browsers can't show them. */
  readonly isRare?: true;
  /** Of what Limn does nothing with: keypoints or motion may be in it, so that it isn't passed over beside other files. */
  readonly holdsData?: true;
}

export interface KnownType extends FileType {
  /** Any of these at the beginning. */
  readonly signatures?: readonly (readonly [at: number, bytes: string])[];
  /** Brands of an ISO base media file (ISO/IEC 14496-12 §4.3), any of them. */
  readonly brands?: readonly string[];
  /** Names that are told by their ending where the bytes may be anything, or have to agree with it. */
  readonly endings?: RegExp;
  /** Both the signature and the ending have to be right. */
  readonly needsBoth?: true;
}

const SAVE_AS_PHOTO = 'Open it in the program that it is from, and save it as JPEG or PNG.';
export const EXPORT_KEYPOINTS =
  'Of keypoints, Limn reads Limn JSON, OpenPose JSON, COCO, NPZ, NPY, TRC, CSV and .pose.';
export const NO_FRAMES_INSIDE = 'Give Limn a video, pictures or keypoints.';
const UNPACK = 'Unpack it, and drop the folder that comes out.';

/** Read as a video, to be told that it has no picture. */
export const SOUND = { kind: 'video', label: 'sound' } as const satisfies FileType;

/** The first that fits counts. */
export const KNOWN_TYPES: readonly KnownType[] = [
  // Pictures (PNG §5.2; JFIF; RIFF WEBP; GIF89a; BMP; ISO/IEC 23008-12 and AV1 Image File Format; ISO/IEC 18181-2).
  { kind: 'picture', label: 'PNG', signatures: [[0, '\x89PNG']] },
  { kind: 'picture', label: 'JPEG', signatures: [[0, '\xff\xd8\xff']] },
  { kind: 'picture', label: 'GIF', signatures: [[0, 'GIF8']] },
  { kind: 'picture', label: 'AVIF', brands: ['avif', 'avis'] },
  {
    kind: 'picture',
    label: 'HEIC',
    brands: ['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'hevm', 'hevs', 'mif1', 'msf1'],
    isRare: true,
    advice:
      'Save it as JPEG: Preview and Photos do that on a Mac, Photos on Windows; an iPhone takes JPEG from the start with Settings › Camera › Formats › Most Compatible. Safari reads HEIC.',
  },
  {
    kind: 'picture',
    label: 'JPEG XL',
    signatures: [
      [0, '\xff\x0a'],
      [0, '\0\0\0\x0cJXL '],
    ],
    isRare: true,
    advice: SAVE_AS_PHOTO,
  },
  {
    kind: 'picture',
    label: 'JPEG 2000',
    signatures: [
      [0, '\0\0\0\x0cjP  '],
      [0, '\xff\x4f\xff\x51'],
    ],
    isRare: true,
    advice: SAVE_AS_PHOTO,
  },
  {
    kind: 'picture',
    label: 'an icon file (ICO)',
    signatures: [[0, '\0\0\x01\0']],
    endings: /\.ico$/i,
    needsBoth: true,
  },
  // Raw files of cameras: most are TIFF inside.
  {
    kind: 'foreign',
    label: 'a raw file of a camera',
    endings: /\.(cr2|cr3|crw|nef|nrw|dng|arw|sr2|srf|orf|rw2|raf|pef|srw|x3f|3fr|iiq|raw)$/i,
    signatures: [
      [0, 'FUJIFILMCCD-RAW'],
      [8, 'CR\x02'],
      [4, 'ftypcrx '],
    ],
    advice:
      'Develop it first: save it as JPEG or PNG in the camera’s program, Lightroom, darktable or RawTherapee.',
  },
  {
    kind: 'picture',
    label: 'TIFF',
    signatures: [
      [0, 'II*\0'],
      [0, 'MM\0*'],
      [0, 'II+\0'],
      [0, 'MM\0+'],
    ],
    isRare: true,
    advice: SAVE_AS_PHOTO,
  },
  {
    kind: 'foreign',
    label: 'a Photoshop file',
    signatures: [[0, '8BPS']],
    endings: /\.psd$/i,
    advice: SAVE_AS_PHOTO,
  },
  {
    kind: 'foreign',
    label: 'a Netpbm picture',
    signatures: [1, 2, 3, 4, 5, 6, 7].map((kind) => [0, `P${kind}`] as const),
    endings: /\.(p[bgpn]m|pam)$/i,
    needsBoth: true,
    advice: SAVE_AS_PHOTO,
  },
  { kind: 'foreign', label: 'a QOI picture', signatures: [[0, 'qoif']], advice: SAVE_AS_PHOTO },
  { kind: 'foreign', label: 'a DirectDraw surface (DDS)', signatures: [[0, 'DDS ']], advice: SAVE_AS_PHOTO },
  {
    kind: 'foreign',
    label: 'a Targa or PCX picture',
    endings: /\.(tga|pcx)$/i,
    advice: SAVE_AS_PHOTO,
  },
  { kind: 'foreign', label: 'a GIMP file', signatures: [[0, 'gimp xcf']], advice: SAVE_AS_PHOTO },
  { kind: 'foreign', label: 'OpenEXR', signatures: [[0, 'v/1\x01']], advice: SAVE_AS_PHOTO },
  { kind: 'foreign', label: 'Radiance HDR', signatures: [[0, '#?RADIANCE']], advice: SAVE_AS_PHOTO },
  {
    kind: 'foreign',
    label: 'a DICOM picture',
    signatures: [[128, 'DICM']],
    endings: /\.dcm$/i,
    advice: 'Export it as JPEG, PNG or a video from the program that shows it.',
  },

  // Videos and sound that mediabunny reads, and containers that no browser does: they have sentences of their own.
  { kind: 'video', label: 'Matroska or WebM', signatures: [[0, '\x1a\x45\xdf\xa3']] },
  {
    kind: 'video',
    label: 'MP4 or MOV',
    signatures: ['ftyp', 'moov', 'mdat', 'wide', 'free', 'skip', 'pnot'].map((box) => [4, box] as const),
  },
  { kind: 'video', label: 'Ogg', signatures: [[0, 'OggS']] },
  { kind: 'video', label: 'AVI', signatures: [[8, 'AVI ']] },
  { kind: 'video', label: 'Windows Media', signatures: [[0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11']] },
  { kind: 'video', label: 'Flash video', signatures: [[0, 'FLV']] },
  { kind: 'video', label: 'RealMedia', signatures: [[0, '.RMF']] },
  { kind: 'video', label: 'MXF', signatures: [[0, '\x06\x0e\x2b\x34']] },
  { kind: 'video', label: 'YUV4MPEG', signatures: [[0, 'YUV4MPEG2 ']] },
  {
    kind: 'video',
    label: 'MPEG',
    signatures: [
      [0, '\0\0\x01\xba'],
      [0, '\0\0\x01\xb3'],
    ],
  },
  {
    ...SOUND,
    signatures: [
      [0, 'ID3'],
      [0, 'fLaC'],
      [8, 'WAVE'],
    ],
  },

  // Keypoints: which ones, their readers say.
  { kind: 'keypoints', label: 'NumPy', signatures: [[0, '\x93NUMPY']] },
  {
    kind: 'foreign',
    label: 'an office document',
    endings: /\.(docx?|xlsx?|pptx?|odt|ods|odp|pages|numbers|key)$/i,
    advice: `${NO_FRAMES_INSIDE} A table can be saved as CSV.`,
  },
  {
    kind: 'foreign',
    label: 'an application or a package',
    endings: /\.(apk|jar|ipa|whl|exe|msi|dmg|deb|rpm)$/i,
    advice: NO_FRAMES_INSIDE,
  },
  {
    kind: 'keypoints',
    label: 'ZIP',
    signatures: [
      [0, 'PK\x03\x04'],
      [0, 'PK\x05\x06'],
    ],
  },
  { kind: 'keypoints', label: 'keypoints', endings: /\.(jsonl?|ndjson|zip|npz|npy|csv|tsv|pose|trc)$/i },

  // Motion and tables that are written by Limn or by others, and not read.
  {
    kind: 'foreign',
    label: 'a BVH motion file',
    signatures: [[0, 'HIERARCHY']],
    endings: /\.bvh$/i,
    advice: `Limn writes BVH, and doesn’t read it. ${EXPORT_KEYPOINTS}`,
  },
  {
    kind: 'foreign',
    label: 'a 3-D scene (glTF)',
    signatures: [[0, 'glTF']],
    endings: /\.(glb|gltf)$/i,
    advice: `Limn writes GLB, and doesn’t read it. ${EXPORT_KEYPOINTS}`,
  },
  {
    kind: 'foreign',
    label: 'a C3D motion file',
    endings: /\.c3d$/i,
    advice: `Limn writes C3D, and doesn’t read it. ${EXPORT_KEYPOINTS}`,
  },
  {
    kind: 'foreign',
    label: 'subtitles',
    signatures: [[0, 'WEBVTT']],
    endings: /\.(vtt|srt|ass)$/i,
    advice: `Limn writes WebVTT, and doesn’t read it. ${EXPORT_KEYPOINTS}`,
  },
  {
    kind: 'foreign',
    label: 'an OpenSim file (motion, forces or model), which Limn doesn’t read',
    endings: /\.(mot|sto|osim)$/i,
    advice: `Of OpenSim’s files and OpenCap’s, Limn reads markers (.trc). ${EXPORT_KEYPOINTS}`,
    holdsData: true,
  },
  {
    kind: 'foreign',
    label: 'a 3-D scene or motion file',
    endings: /\.(fbx|obj|dae|blend|usdz?|usda|usdc|ply|stl|amc|asf|trb|vmd|vrm)$/i,
    advice: EXPORT_KEYPOINTS,
  },
  {
    kind: 'foreign',
    label: 'a Parquet table',
    signatures: [[0, 'PAR1']],
    endings: /\.parquet$/i,
    advice: `Save it as CSV or JSON. ${EXPORT_KEYPOINTS}`,
  },
  {
    kind: 'foreign',
    label: 'a MATLAB file',
    signatures: [[0, 'MATLAB ']],
    endings: /\.mat$/i,
    advice: `Save it as NPY or CSV. ${EXPORT_KEYPOINTS}`,
  },
  {
    kind: 'foreign',
    label: 'a Python pickle',
    endings: /\.(pkl|pickle|joblib)$/i,
    advice: `Limn runs no foreign code, and a pickle is some: save it as NPY or JSON. ${EXPORT_KEYPOINTS}`,
    holdsData: true,
  },
  {
    kind: 'foreign',
    label: 'an HDF5 file, as DeepLabCut and SLEAP write them, which Limn doesn’t read',
    signatures: [[0, '\x89HDF\r\n\x1a\n']],
    endings: /\.(slp|hdf5)$/i,
    advice: `Save the arrays in it as NPY. ${EXPORT_KEYPOINTS}`,
    holdsData: true,
  },

  // Everything else that lies about.
  {
    kind: 'foreign',
    label: 'a PDF document',
    signatures: [[0, '%PDF']],
    advice: 'Save its pages as JPEG or PNG.',
  },
  {
    kind: 'foreign',
    label: 'an archive',
    signatures: [
      [0, 'Rar!'],
      [0, '7z\xbc\xaf\x27\x1c'],
      [0, '\x1f\x8b'],
      [0, 'BZh'],
      [0, '\xfd7zXZ'],
      [0, '\x28\xb5\x2f\xfd'],
      [257, 'ustar'],
    ],
    advice: UNPACK,
  },
  {
    kind: 'foreign',
    label: 'an address, not a file',
    endings: /\.(url|webloc|lnk|desktop)$/i,
    advice: 'Limn fetches nothing by itself: download what it leads to, and drop that.',
  },
  {
    kind: 'foreign',
    label: 'a download that isn’t finished',
    endings: /\.(crdownload|part|download|partial|icloud)$/i,
    advice: 'Wait until it is whole, and drop it then.',
  },
];
