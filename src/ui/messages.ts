/** Every sentence and label that people see, apart from errors, which are written where they arise. */
export const messages = {
  camera: 'Camera',
  openFile: 'Open file',
  demo: 'Demo',
  stop: 'Stop',
  export: 'Export',
  format: 'Format',
  help: 'Help and keys',
  settings: 'Settings',
  welcomeTitle: 'See how people move.',
  welcomeText:
    'Limn finds bodies and hands in a camera, a video or a picture, draws them here and in a 3‑D room, and gives every keypoint back as a file.',
  welcomePrivacy: 'Everything is computed in this page. Nothing leaves your device.',
  welcomeDemo: 'Watch a figure move',
  welcomeDemoHint: 'Nothing needed',
  welcomeCamera: 'Track myself',
  welcomeCameraHint: 'With your webcam',
  welcomeFile: 'Choose a file',
  welcomeFileHint: 'Or drop it anywhere',
  dropHere: 'Drop a video, pictures or keypoints',
  opening: 'Opening …',
  loading: 'Loading the network',
  emptyRoom: 'People stand here in 3‑D once something is tracked.',
  noRoom:
    'The 3‑D room needs WebGL 2, which this browser doesn’t have here. Switch hardware acceleration on in its settings; tracking goes on without.',
  tracking: 'Tracking',
  model: 'Model',
  engine: 'Engine',
  people: 'People',
  hands: 'Hands',
  smooth: 'Smooth',
  strength: 'Strength',
  view: 'View',
  picture: 'Show picture',
  mirror: 'Mirror',
  ids: 'Person numbers',
  colors: 'Colours',
  threshold: 'Threshold',
  line: 'Line width',
  opacity: 'Opacity',
  room: '3‑D room',
  layout: 'Place',
  trails: 'Trails',
  rotate: 'Turn slowly',
  file: 'File',
  values: 'Values',
  cameraDevice: 'Device',
  resolution: 'Resolution',
  source: 'Source',
  actors: 'Actors',
  seed: 'Look',
  front: 'Front',
  side: 'Side',
  top: 'Top',
  snapshot: 'Snapshot',
  play: 'Play',
  pause: 'Pause',
  previousFrame: 'Previous frame',
  nextFrame: 'Next frame',
  loop: 'Loop',
  speed: 'Speed',
  position: 'Position',
  close: 'Close',
  dismiss: 'Dismiss',
  engines: {
    auto: 'Automatic',
    webgl: 'WebGL (GPU)',
    wasm: 'WASM (CPU)',
  },
  mirrors: { auto: 'Front cameras', on: 'Always', off: 'Never' },
  colorSchemes: { sides: 'By side and limb', openpose: 'OpenPose' },
  layouts: { half: 'Beside the picture', full: 'Full width', corner: 'In the corner', off: 'Hidden' },
  trailChoices: { none: 'None', wrists: 'Wrists', ankles: 'Ankles', nose: 'Nose', all: 'All of these' },
  valueChoices: { raw: 'As measured', smoothed: 'Smoothed' },
} as const;

/** Bytes as people read them. */
export function formatBytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Seconds as minutes, seconds and hundredths. */
export function formatTime(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return `${minutes}:${(seconds - minutes * 60).toFixed(2).padStart(5, '0')}`;
}
