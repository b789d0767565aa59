/** Something that browsers of the minimum lack and that sources use nevertheless. */
export interface KnownUse {
  /** Paths in MDN's data; those that end with `*` stand for all that begin so. */
  readonly features: readonly string[];
  readonly files: readonly string[];
  /** What happens where it is missing, or why it isn't what it looks like. */
  readonly why: string;
}

/** Each has been looked at: it is asked for first, or does no harm where it is missing. */
export const KNOWN_USES: readonly KnownUse[] = [
  {
    features: ['api.Navigator.gpu', 'api.GPU.requestAdapter', 'api.GPUAdapter.isFallbackAdapter'],
    files: [
      'src/families/runtimes/gather-facts.ts',
      'src/families/runtimes/gpu.ts',
      'src/tracking/engines/remembered.ts',
    ],
    why: 'asked for with ?., so that engines on WebGPU are not offered',
  },
  {
    features: ['api.GPU*'],
    files: [
      'src/families/mediapipe/graph/gpu-sampler.ts',
      'src/families/runtimes/litert-gpu-model.ts',
      'src/families/runtimes/ort/start.ts',
      'src/families/runtimes/tfjs-backend.ts',
      'src/app/device-check/lacks.ts',
    ],
    why: 'runs where an adapter was given only',
  },
  {
    features: ['api.MediaStreamTrackProcessor*'],
    files: ['src/sources/camera/camera.ts'],
    why: 'typeof is asked first; else a video element gives the frames',
  },
  {
    features: ['api.ImageDecoder*', 'api.ImageTrackList.selectedTrack'],
    files: ['src/sources/pictures/animation.ts'],
    why: 'typeof is asked first; else the first picture is taken, and that is said',
  },
  {
    features: ['api.Window.showSaveFilePicker'],
    files: ['src/ui/controls/save-file.ts'],
    why: 'where it is undefined, a link saves the file',
  },
  {
    features: ['api.Window.showDirectoryPicker'],
    files: ['src/ui/controls/save-file.ts'],
    why: 'where it is undefined, no folder is offered: all goes into a ZIP',
  },
  {
    features: ['api.Window.showOpenFilePicker'],
    files: ['src/ui/controls/pick-files.ts'],
    why: 'where it is undefined, an input asks for files, and nothing remembers where they lie',
  },
  {
    features: ['api.DataTransferItem.getAsFileSystemHandle'],
    files: ['src/ui/shell/dropped-files.ts'],
    why: 'called with ?.: else nothing remembers where dropped files lie',
  },
  {
    features: ['api.FileSystemFileHandle.createWritable'],
    files: ['src/workers/export/file-sink.ts', 'src/app/jobs/bundle.ts'],
    why: 'of files that a picker gave, and else within try: memory takes its place',
  },
  {
    features: ['api.Window.showOpenFilePicker'],
    files: ['src/ui/controls/pick-files.ts'],
    why: 'where it is undefined, an input asks for files',
  },
  {
    features: ['api.Window.showDirectoryPicker'],
    files: ['src/ui/controls/save-file.ts'],
    why: 'where it is undefined, no folder is offered',
  },
  {
    features: ['api.FileSystemFileHandle.createWritable'],
    files: ['src/app/jobs/bundle.ts'],
    why: 'of folders that a picker gave',
  },
  {
    features: ['api.DataTransferItem.getAsFileSystemHandle'],
    files: ['src/ui/shell/dropped-files.ts'],
    why: 'called with ?., where it is missing files are not remembered',
  },
  {
    features: [
      'api.Document.pictureInPictureEnabled',
      'api.Document.pictureInPictureElement',
      'api.Document.exitPictureInPicture',
      'api.HTMLVideoElement.leavepictureinpicture_event',
      'api.HTMLVideoElement.requestPictureInPicture',
    ],
    files: ['src/ui/stage/limn-stage-tools.ts'],
    why: 'pictureInPictureEnabled is asked first; where it is undefined, no button is shown',
  },
  {
    features: ['api.Navigator.connection', 'api.NetworkInformation.saveData'],
    files: ['src/app/offline.ts'],
    why: 'asked for with ?.',
  },
  {
    features: ['api.Navigator.deviceMemory', 'api.Performance.measureUserAgentSpecificMemory'],
    files: ['src/app/device-check/page-facts.ts'],
    why: 'facts of the report, which are null where they are missing',
  },
  {
    features: ['api.VideoFrame.flip'],
    files: ['src/families/runtimes/pixel-reader.ts'],
    why: 'taken for false where it is missing: such browsers give no flipped frames',
  },
  {
    features: ['api.CanvasRenderingContext2D.imageSmoothingQuality'],
    files: [
      'src/sources/pictures/reading/decode.ts',
      'src/views/overlay/draw-map.ts',
      'src/views/film/background.ts',
      'src/views/film/cover-heads.ts',
    ],
    why: 'a wish: without it pictures are scaled as the browser does',
  },
  {
    features: ['api.HTMLVideoElement.playsInline'],
    files: ['src/sources/camera/camera.ts', 'src/sources/video/player.ts'],
    why: 'for iPhones: others play within the page anyway',
  },
  {
    features: ['css.properties.forced-color-adjust'],
    files: ['src/ui/controls/control-styles.ts'],
    why: 'Safari forces no colours, so there is nothing to adjust',
  },
  {
    features: [
      'css.selectors.-moz-range-thumb',
      'css.selectors.-moz-range-track',
      'css.selectors.-moz-range-progress',
    ],
    files: ['src/ui/controls/control-styles.ts'],
    why: 'for Firefox alone: the others give the thumb the accent colour, or leave it white',
  },
  {
    features: ['css.selectors.-webkit-inner-spin-button'],
    files: ['src/ui/compare/limn-synchrony.ts'],
    why: 'for the others: in Firefox `appearance: textfield` takes the arrows away',
  },
  {
    features: ['css.properties.user-select'],
    files: ['src/ui/controls/control-styles.ts', 'src/ui/timeline/timeline-styles.ts'],
    why: 'for Safari it stands beside it as `-webkit-user-select`',
  },
  // Members of libraries' objects, which are called like something of the web.
  {
    features: ['api.AudioData.numberOfFrames'],
    files: ['src/formats/film/film-sound.ts'],
    why: "mediabunny's AudioSample",
  },
  {
    features: ['api.VideoFrame.flip'],
    files: ['src/sources/video/video-decoder.ts'],
    why: "mediabunny's VideoSample",
  },
  {
    features: ['api.USBIsochronousInTransferResult.packets'],
    files: ['src/sources/containers/medium-index.ts'],
    why: "mediabunny's EncodedPacketSink",
  },
  {
    features: ['api.Keyboard.lock', 'api.Keyboard.unlock'],
    files: ['src/families/runtimes/litert-model.ts'],
    why: "LiteRT's tensor buffer",
  },
  {
    features: ['api.Navigator.install'],
    files: ['src/workers/service.worker.ts'],
    why: "Workbox' PrecacheController",
  },
  {
    features: ['api.MLGraphBuilder.identity'],
    files: ['src/views/scene3d/figure/skeletons-mesh.ts'],
    why: "three.js' Matrix4",
  },
  {
    features: ['api.Observable.toArray'],
    files: ['src/views/scene3d/room-view.ts'],
    why: "three.js' Vector3",
  },
  {
    features: ['api.OrientationSensor.quaternion'],
    files: ['src/sources/actor/figure.ts', 'src/views/scene3d/camera-figure.ts'],
    why: "three.js' Object3D",
  },
  {
    features: ['api.CompositionEvent.locale'],
    files: ['src/ui/usable-language.ts'],
    why: "Intl's resolved options",
  },
];
