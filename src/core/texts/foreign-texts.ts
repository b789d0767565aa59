/*
 * Texts of other programs with keypoints or motion in them, in forms that Limn doesn't read.
 */

export interface ForeignText {
  /** As it stands in a sentence: "a Kinovea file". */
  readonly label: string;
  /** What to do instead, as a sentence. */
  readonly advice: string;
}

interface KnownText extends ForeignText {
  readonly fits: (text: string) => boolean;
}

/** Of a line of YOLO's labels: a class, a box in shares of the picture, and two keypoints or corners at least. */
const LEAST_OF_LABELS = 9;

const KNOWN: readonly KnownText[] = [
  {
    // kinovea.readthedocs.io, "Annotation files".
    label: 'a Kinovea file',
    advice: 'Limn doesn’t read it: give it the video, and it tracks the people in it.',
    fits: (text) => /<KinoveaVideoAnalysis\b|^#\s*Kinovea/i.test(text),
  },
  {
    // docs.cvat.ai, "CVAT for image" and "CVAT for video".
    label: 'a CVAT file (XML), which Limn doesn’t read',
    advice: 'Export its annotations from CVAT as “COCO Keypoints”.',
    fits: (text) =>
      /^(<\?xml[^>]*\?>\s*)?<annotations>/.test(text) && /<(version|meta|image|track)\b/.test(text),
  },
  {
    // openpose, `--write_keypoint` and `--write_keypoint_format`, before `--write_json`.
    label: 'an OpenCV file, as OpenPose writes with --write_keypoint, and Limn doesn’t read it',
    advice: 'Run OpenPose with --write_json, and give Limn what it writes then.',
    fits: (text) => /<opencv_storage>|^%YAML:1\.\d[\s\S]*opencv-/.test(text),
  },
  {
    // docs.ultralytics.com, "Pose Estimation Datasets Overview".
    label: 'a data set in YOLO’s format, whose labels Limn doesn’t read',
    advice: 'Export it as COCO keypoints (JSON).',
    fits: (text) => /^(kpt_shape|flip_idx)\s*:/m.test(text),
  },
  {
    label: 'labels in YOLO’s format, as Ultralytics writes them, which Limn doesn’t read',
    advice:
      'Export them as COCO keypoints (JSON), in Ultralytics with “yolo val … save_json=True”; or give Limn the video, and it tracks the people in it.',
    fits: areLabels,
  },
];

/** What a text is, by its beginning; `null`: none of those known. */
export function findForeignText(head: string): ForeignText | null {
  const text = head.replace(/^\ufeff/, '').trimStart();
  return KNOWN.find(({ fits }) => fits(text)) ?? null;
}

/** Lines of numbers: a whole one, the class, and shares of the picture's size. */
function areLabels(text: string): boolean {
  const lines = text.split(/\r?\n/);
  // The last line of a long file is cut off.
  const whole = lines.length > 2 ? lines.slice(0, -1) : lines;
  const rows = whole.filter((line) => line.trim() !== '').map((line) => line.trim().split(/\s+/));
  return (
    rows.length > 0 &&
    rows.every(
      (row) =>
        row.length >= LEAST_OF_LABELS &&
        /^\d+$/.test(row[0] ?? '') &&
        row.slice(1, 5).every((cell) => Number(cell) >= 0 && Number(cell) <= 1) &&
        row.every((cell) => Number.isFinite(Number(cell))),
    )
  );
}
