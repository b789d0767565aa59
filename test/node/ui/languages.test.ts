import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'vite';
import { afterEach, expect, it } from 'vitest';
import { root } from '../../../config/ensure-installed.js';
import { english } from '../../../src/ui/messages/english/english.ts';
import { german } from '../../../src/ui/messages/german/german.ts';
import { sentences } from '../../../src/ui/messages/german/sentences/translate.ts';
import { findLanguage } from '../../../src/ui/messages/language.ts';
import { messages, speak } from '../../../src/ui/messages/messages.ts';

afterEach(() => speak(english));

/** Every text of a language, by its path; functions are called. */
function textsOf(value: unknown, path = ''): [path: string, text: string][] {
  if (typeof value === 'string') return [[path, value]];
  if (typeof value === 'function') return [[path, String(say(value as Message))]];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => textsOf(each, path === '' ? key : `${path}.${key}`));
}

type Message = (...given: readonly unknown[]) => unknown;

/** Something of every kind that messages are given. */
const GIVEN: readonly (readonly unknown[])[] = [
  [2, 3, 4, { limbThreshold: 0.05, limbShare: 0.95, minimumKeypoints: 3, minimumScore: 0.2 }, 5, 6],
  ['A', 'B', 'C', 'D', 'E', 'F'],
  [{ label: 'A', kind: 'toe-off', side: 'left' }, 2],
  [{ status: 'running', progress: { frames: 1, total: 2 }, fastest: null, reason: null, isMeasuring: false }],
];

function say(message: Message): unknown {
  for (const given of GIVEN) {
    try {
      const said = message(...given);
      if (typeof said === 'string' && !/undefined|NaN|\[object/.test(said)) return said;
    } catch {
      // It is given something else.
    }
  }
  return '';
}

/** Words that are the same in both languages. */
const SAME =
  /^(Export|Demo|Format|Video|Engine|Film|Animation|Filter|Position|Parameter|Person|PCK|Median|Minimum|Maximum|min|max|ROM.*|CSV|x|y|L|R|3|A|B|¾|OpenPose|WebGPU \(GPU\)|WebGL \(GPU\)|WASM \(CPU\)|Butterworth|Savitzky–Golay|One‑Euro|Keypoints?( \d)?|A × B, C|PNG|OpenPose JSON|Limn.*|MP4|WebM|NumPy \(NPZ\)|C3D|TRC|\.pose|WebVTT|BVH|GLB|OpenSim|Excel, R, Python|pandas, ggplot|Blender, .*|Mixamo|VRM 1\.0|Rigify|auto × |Pause|Name|Person \d|\W*|\d.*)$/;

it('German says everything that English says, in other words', () => {
  const [ours, theirs] = [new Map(textsOf(english)), new Map(textsOf(german))];
  expect([...theirs.keys()]).toEqual([...ours.keys()]);
  const same = [...ours].filter(([path, text]) => theirs.get(path) === text && !SAME.test(text));
  expect(same).toEqual([]);
  const empty = [...theirs].filter(([path, text]) => text === '' && ours.get(path) !== '');
  expect(empty).toEqual([]);
});

it('German has its own quotation marks and no straight ones', () => {
  expect(textsOf(german).filter(([, text]) => /["']|[“”](?!\w)(?<!„[^“]*“)|’/.test(text))).toEqual([]);
});

it('whatever reads messages later reads those of the language that is spoken', () => {
  expect(messages.settings).toBe('Settings');
  speak(german);
  expect(messages.settings).toBe('Einstellungen');
});

it('the language is that which was chosen, else the first of the browser’s that is spoken, else English', () => {
  expect(findLanguage('auto', ['fr-FR', 'de-AT', 'en'])).toBe('de');
  expect(findLanguage('auto', ['en-US', 'de'])).toBe('en');
  expect(findLanguage('auto', ['ja', 'C'])).toBe('en');
  expect(findLanguage('auto', ['den'])).toBe('en');
  expect(findLanguage('de', ['en'])).toBe('de');
  expect(findLanguage('en', ['de'])).toBe('en');
});

it('keypoints have names that people use', () => {
  const { jointName, jointOfPart } = german.messages;
  expect(
    [
      'left_knee',
      'mouth_right',
      'nose',
      'right_eye_inner',
      'thumb_tip',
      'left_eyebrow_3',
      'face_jaw_12',
      'right_hand_index_finger_mcp',
      'mesh_7',
    ].map(jointName),
  ).toEqual([
    'Knie links',
    'Mund rechts',
    'Nase',
    'Auge innen rechts',
    'Daumen, Spitze',
    'Augenbraue links 3',
    'Gesicht: Kiefer 12',
    'Zeigefinger, Grundgelenk (Hand rechts)',
    'Gitterpunkt 7',
  ]);
  expect(jointOfPart('leftHand', 'wrist')).toBe('Linke Hand: Handgelenk');
});

it('sentences that are written where they arise are translated, with what is put into them', () => {
  const { translate } = german;
  expect(translate('a.mp4 is empty (0 bytes). Copy it again.')).toBe(
    'a.mp4 ist leer (0 Bytes). Noch einmal kopieren.',
  );
  // One within another, and two in a row.
  expect(translate('The microphone was refused. The take has no sound.')).toBe(
    'Das Mikrofon wurde verweigert. Die Aufnahme hat keinen Ton.',
  );
  expect(translate('Left out: a.mp3, with sound but no picture. Something new.')).toBe(
    'Ausgelassen: a.mp3, mit Ton, aber ohne Bild. Something new.',
  );
  expect(translate('Something that nobody has said yet.')).toBe('Something that nobody has said yet.');
});

/** All texts in the sources, with `{}` for what is put into them; what several pieces are put together of is one. */
function literalsOf(folder: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/messages[\\/]german/.test(name))
    .flatMap((name) => {
      const found: string[] = [];
      const visit = (node: unknown): void => {
        if (typeof node !== 'object' || node === null) return;
        const { type, value, quasis } = node as {
          type?: string;
          value?: unknown;
          quasis?: { value: { cooked: string } }[];
        };
        if (type === 'Literal' && typeof value === 'string') found.push(value);
        if (type === 'TemplateLiteral' && quasis)
          found.push(quasis.map((each) => each.value.cooked).join('{}'));
        for (const each of Object.values(node)) visit(each);
      };
      visit(parseSync(name, readFileSync(join(root, folder, name), 'utf8')).program);
      return found;
    });
}

it('every sentence that is translated is still said somewhere', () => {
  const literals = literalsOf('src');
  const all = new Set(literals);
  const lost = sentences.filter(
    ([said]) => !all.has(said) && !literals.some((each) => each.length > said.length && each.includes(said)),
  );
  expect(lost.map(([said]) => said)).toEqual([]);
  const slots = ([said]: (typeof sentences)[number]) => said.split('{}').length - 1;
  const wrong = sentences.filter((each) =>
    [...each[1].matchAll(/\{(\d)\}/g)].some(([, place]) => Number(place) > slots(each) || Number(place) < 1),
  );
  expect(wrong).toEqual([]);
});

const NAMES = [
  'messages',
  'exportMessages',
  'libraryMessages',
  'markNames',
  'describeJob',
  'describeState',
  'translate',
];

/** Where messages are read while a module is loaded: outside functions, and in static fields. */
function earlyReads(name: string): string[] {
  const text = readFileSync(name, 'utf8');
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    const { type, name: called, start } = node as { type?: string; name?: string; start?: number };
    if (
      /^(ArrowFunctionExpression|FunctionExpression|FunctionDeclaration|ImportDeclaration|TS.*)$/.test(
        type ?? '',
      )
    )
      return;
    if (type === 'PropertyDefinition' && !(node as { static?: boolean }).static) return;
    if (type === 'Identifier' && called !== undefined && NAMES.includes(called))
      found.push(`${name}: ${text.slice(start, (start ?? 0) + 40)}`);
    for (const [key, each] of Object.entries(node)) {
      if (key === 'key' || (key === 'property' && !(node as { computed?: boolean }).computed)) continue;
      visit(each);
    }
  };
  visit(parseSync(name, text).program);
  return found;
}

it('no module reads messages while it is loaded, when the language may be on its way', () => {
  const folder = join(root, 'src/ui');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
    (name) => name.endsWith('.ts') && !/^messages[\\/]/.test(name),
  );
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap((name) => earlyReads(join(folder, name)))).toEqual([]);
});
