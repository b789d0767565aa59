import type { jointMessages as english } from '../english/joints.ts';
import type { Spoken } from '../spoken.ts';

const PARTS: Readonly<Record<Parameters<typeof english.jointOfPart>[0], string>> = {
  body: '',
  leftHand: 'Linke Hand: ',
  rightHand: 'Rechte Hand: ',
  face: 'Gesicht: ',
};

const JOINTS: Readonly<Record<string, string>> = {
  nose: 'Nase',
  head: 'Kopf',
  neck: 'Hals',
  jaw: 'Kiefer',
  eye: 'Auge',
  eye_inner: 'Auge innen',
  eye_outer: 'Auge außen',
  pupil: 'Pupille',
  eyebrow: 'Augenbraue',
  ear: 'Ohr',
  iris: 'Iris',
  mesh: 'Gitterpunkt',
  mouth: 'Mund',
  nose_bridge: 'Nasenrücken',
  nose_base: 'Nasenflügel',
  outer_lip: 'Lippe außen',
  inner_lip: 'Lippe innen',
  torso: 'Rumpf',
  spine: 'Wirbelsäule',
  thorax: 'Brustkorb',
  chest: 'Brust',
  shoulder: 'Schulter',
  elbow: 'Ellbogen',
  wrist: 'Handgelenk',
  pinky: 'Kleiner Finger',
  index: 'Zeigefinger',
  thumb: 'Daumen',
  hip: 'Hüfte',
  mid_hip: 'Hüftmitte',
  knee: 'Knie',
  ankle: 'Knöchel',
  heel: 'Ferse',
  foot: 'Fuß',
  foot_index: 'Fußspitze',
  big_toe: 'Großer Zeh',
  small_toe: 'Kleiner Zeh',
};
const FINGERS: Readonly<Record<string, string>> = {
  thumb: 'Daumen',
  index_finger: 'Zeigefinger',
  middle_finger: 'Mittelfinger',
  ring_finger: 'Ringfinger',
  pinky_finger: 'Kleiner Finger',
};
const FINGER_JOINTS: Readonly<Record<string, string>> = {
  cmc: 'Sattelgelenk',
  mcp: 'Grundgelenk',
  pip: 'Mittelgelenk',
  dip: 'Endgelenk',
  ip: 'Endgelenk',
  tip: 'Spitze',
};
const SIDES: Readonly<Record<string, string>> = { left: 'links', right: 'rechts' };
/** `left_knee`, `mouth_left`. */
const SIDED = /^(?:(left|right)_(.+)|(.+)_(left|right))$/;
/** Points of a whole body that are of a hand or of the face. */
const OF_HAND = /^(left|right)_hand_(.+)$/;
const OF_FACE = /^face_(.+)$/;
/** Points that share a name are numbered. */
const NUMBERED = /^(.+)_(\d+)$/;
const OF_FINGER = /^(.+)_([a-z]+)$/;

function jointName(name: string): string {
  const [, hand = '', ofHand = ''] = OF_HAND.exec(name) ?? [];
  if (SIDES[hand]) return `${jointName(ofHand)} (Hand ${SIDES[hand]})`;
  const [, ofFace] = OF_FACE.exec(name) ?? [];
  if (ofFace) return `Gesicht: ${jointName(ofFace)}`;
  const [, plain, number] = NUMBERED.exec(name) ?? [];
  if (plain) return `${jointName(plain)} ${number}`;
  const [, before, sided, other, behind] = SIDED.exec(name) ?? [];
  const side = SIDES[before ?? behind ?? ''];
  return side ? `${plainName(sided ?? other ?? '')} ${side}` : plainName(name);
}

/** Whatever has no German name keeps its own. */
function plainName(name: string): string {
  const known = JOINTS[name];
  if (known) return known;
  const [, finger = '', joint = ''] = OF_FINGER.exec(name) ?? [];
  if (FINGERS[finger] && FINGER_JOINTS[joint]) return `${FINGERS[finger]}, ${FINGER_JOINTS[joint]}`;
  const words = name.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** What keypoints are called, in German. */
export const jointMessages: Spoken<typeof english> = {
  jointName,
  jointOfPart: (part, name) => PARTS[part] + jointName(name),
  jointNumber: (index) => `Keypoint ${index + 1}`,
  angleOf: (name) => `Winkel ${name}`,
};
