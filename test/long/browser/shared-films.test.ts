import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasSharedData, readBase64, sharedPath } from '../../helpers/shared-data.ts';
import { useHarness } from '../../helpers/use-harness.ts';

const watched = useHarness();
/** Her head is lost in these. */
const LOST = [12, 26] as const;
/** A face that is covered is no more like the original than chance makes it. */
const FOREIGN_EDGES = 0.35;
const FOLDER = 'openpose_json/raga_1person';

/** OpenPose's own files, and the clip that they were made from. */
function files() {
  const names = hasSharedData ? readdirSync(sharedPath(FOLDER), { recursive: true, encoding: 'utf8' }) : [];
  const json = names.filter((name) => name.endsWith('_keypoints.json')).sort();
  const [clip = ''] = names.filter((name) => name.endsWith('.mp4'));
  return {
    json: json.map((name) => ({ name, base64: readBase64(sharedPath(`${FOLDER}/${name}`)) })),
    clip: readBase64(sharedPath(`${FOLDER}/${clip}`)),
  };
}

describe.skipIf(!hasSharedData)('A film of a real person', () => {
  // Before and after, she is as she was found.
  it.each(['with her head lost', 'with her lost'])('shows her face in no frame: %s', async (what) => {
    const frames = await watched.page.evaluate(
      async ({ json, clip, what, lost }) => {
        const { limn, toBlob, compareFilms } = window.harness;
        const [read] = await limn.importRecordings(
          json.map(({ name, base64 }) => new File([toBlob(base64)], name)),
        );
        if (!read) throw new Error('OpenPose’s files hold nothing.');
        // BODY_25's nose, eyes and ears.
        const isHead = [0, 15, 16, 17, 18];
        const heads = read.frames.map(({ people }) =>
          people.flatMap(({ body }): [number, number, number][] => {
            const points = isHead.flatMap((k) => body?.keypoints[k] ?? []).filter(({ score }) => score > 0.2);
            if (points.length < 3) return [];
            const x = points.reduce((sum, point) => sum + point.x, 0) / points.length;
            const y = points.reduce((sum, point) => sum + point.y, 0) / points.length;
            return [[x, y, Math.max(...points.map((point) => Math.hypot(point.x - x, point.y - y)))]];
          }),
        );
        const given = read.frames.map((frame, i) => {
          if (i < (lost[0] ?? 0) || i >= (lost[1] ?? 0)) return { ...frame, time: i / 25 };
          if (what === 'with her lost') return { ...frame, time: i / 25, people: [] };
          const people = frame.people.map(({ face: _, body, ...person }) => ({
            ...person,
            ...(body && {
              body: {
                ...body,
                keypoints: body.keypoints.map((point, k) =>
                  isHead.includes(k) ? { x: Number.NaN, y: Number.NaN, score: 0 } : point,
                ),
              },
            }),
          }));
          return { ...frame, time: i / 25, people };
        });
        const info = {
          ...read.info,
          source: { kind: 'video' as const, name: 'clip.mp4' },
          width: 1920,
          height: 1080,
        };
        const film = await limn.exportRecording({ info, frames: given }, 'mp4', {
          video: toBlob(clip),
          faces: { style: 'pixelated' },
          look: { opacity: 0, showIds: false },
        });
        return compareFilms(
          toBlob(clip),
          film,
          heads,
          heads.map((circles) => circles.map(([x, y, r]) => [x, y, 8 * r])),
        );
      },
      { ...files(), what, lost: LOST },
    );
    expect(frames.flatMap(({ edges }) => edges).length).toBeGreaterThan(80);
    for (const [i, { edges, elsewhere }] of frames.entries()) {
      for (const alike of edges) expect(alike, `frame ${i}`).toBeLessThan(FOREIGN_EDGES);
      expect(elsewhere, `frame ${i}`).toBeLessThan(4);
    }
  });
});
