import { zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import {
  describeLeftPictures,
  describeOtherVideos,
  partnerOf,
  planOpening,
} from '../../../src/app/opening/opening-plan.ts';
import { LimnError } from '../../../src/core/errors.ts';
import { isSurelyKeypoints } from '../../../src/formats/reading/glance.ts';
import { fileType } from '../../../src/sources/files/file-types.ts';

const bytesOf = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

const MP4 = '\0\0\0\x18ftypisom\0\0\0\0isom';
const JPEG = '\xff\xd8\xff\xe0';
const OPENPOSE = '{"version":1.3,"people":[]}';

/** What is planned for files of these names and beginnings. */
function plan(files: Readonly<Record<string, string>>) {
  const known = Object.entries(files).map(([name, text]) => {
    const head = bytesOf(text);
    const type = fileType(head, name);
    return { file: { name }, type, isSure: type.kind === 'keypoints' && isSurelyKeypoints(head, name) };
  });
  const { videos, keypoints, pictures, said } = planOpening(known);
  const names = (some: readonly { name: string }[]) => some.map(({ name }) => name);
  return {
    videos: names(videos),
    keypoints: names(keypoints),
    pictures: names(pictures),
    said: said.join(' '),
  };
}

const NOTHING = { videos: [], keypoints: [], pictures: [], said: '' };

describe('Files that are dropped together', () => {
  it('of one kind are opened without a word', () => {
    expect(plan({ 'a.mp4': MP4, 'B.MOV': MP4 })).toEqual({ ...NOTHING, videos: ['a.mp4', 'B.MOV'] });
    expect(plan({ 'a.jpg': JPEG, 'ohne Endung': JPEG })).toEqual({
      ...NOTHING,
      pictures: ['a.jpg', 'ohne Endung'],
    });
    expect(plan({ 'a.json': OPENPOSE })).toEqual({ ...NOTHING, keypoints: ['a.json'] });
  });

  it('pass over what systems and writers put beside data', () => {
    const beside = {
      '.DS_Store': '\0\0\0\x01Bud1',
      'pics/Thumbs.db': '\xd0\xcf\x11\xe0',
      'desktop.ini': '[.ShellClassInfo]',
      '__MACOSX/._a.jpg': '\0\x05\x16\x07',
      'pics/._2.jpg': '\0\x05\x16\x07',
      'README.md': '# Data',
      LICENSE: 'MIT',
      'notes.txt': 'by Ada',
      'paper.pdf': '%PDF-1.7',
    };
    expect(plan({ ...beside, 'pics/2.jpg': JPEG })).toEqual({ ...NOTHING, pictures: ['pics/2.jpg'] });
    expect(plan({ ...beside, 'op/a.mp4': MP4, 'op/a_0.json': OPENPOSE })).toEqual({
      ...NOTHING,
      videos: ['op/a.mp4'],
      keypoints: ['op/a_0.json'],
    });
  });

  it('open the video and say that its pictures are left out', () => {
    const { said, ...opened } = plan({ 'clip.mp4': MP4, 'poster.jpg': JPEG });
    expect(opened).toEqual({ videos: ['clip.mp4'], keypoints: [], pictures: [] });
    expect(said).toBe('Left out: the picture poster.jpg. To track it, drop it without the video.');
  });

  it('of a GoPro open the video, not its thumbnail or small copy', () => {
    const gopro = { 'GX010001.THM': JPEG, 'GL010001.LRV': MP4, 'GX010001.MP4': MP4 };
    const { said, ...opened } = plan(gopro);
    expect(opened).toEqual({ videos: ['GX010001.MP4'], keypoints: [], pictures: [] });
    expect(said).toBe(
      'Left out: GX010001.THM, GL010001.LRV, which the camera made as previews of its videos.',
    );
    // Without the video, they are what there is.
    expect(plan({ 'GX010001.THM': JPEG })).toEqual({ ...NOTHING, pictures: ['GX010001.THM'] });
    expect(plan({ 'GL010001.LRV': MP4 })).toEqual({ ...NOTHING, videos: ['GL010001.LRV'] });
  });

  it('open keypoints with pictures that they may be of, and pictures rather than any JSON', () => {
    const both = plan({ 'a_rendered.png': '\x89PNG\r\n', 'a_keypoints.json': OPENPOSE });
    expect(both).toEqual({ ...NOTHING, keypoints: ['a_keypoints.json'], pictures: ['a_rendered.png'] });
    expect(describeLeftPictures(['a_rendered.png'], 'the keypoints')).toContain(
      'drop it without the keypoints',
    );
    const coco = '{"images": [{"id": 1, "file_name": "1.jpg"}, {"id": 2';
    expect(plan({ '1.jpg': JPEG, 'labels.json': coco })).toMatchObject({
      keypoints: ['labels.json'],
      pictures: ['1.jpg'],
    });
    const takeout = plan({ 'IMG_1.jpg': JPEG, 'IMG_1.jpg.json': '{"title": "IMG_1.jpg"}' });
    expect(takeout).toMatchObject({ keypoints: [], pictures: ['IMG_1.jpg'] });
    expect(takeout.said).toBe(
      "Left out: IMG_1.jpg.json, which doesn't look like keypoints. If it is, drop it without the other files.",
    );
    const two = plan({ '1.jpg': JPEG, '1.json': '{"title": "1"}', '2.json': '{"title": "2"}' });
    expect(two.said).toBe(
      "Left out: 1.json, 2.json, which don't look like keypoints. If they are, drop them without the other files.",
    );
    expect(plan({ 'some.json': '{"a": 1}' })).toEqual({ ...NOTHING, keypoints: ['some.json'] });
  });

  it('open a ZIP of keypoints on the video, and leave one of anything else out', () => {
    const zipOf = (...names: readonly string[]): string => {
      const bytes = zipSync(
        Object.fromEntries(names.map((name) => [name, new TextEncoder().encode(OPENPOSE.repeat(20))])),
      );
      return String.fromCharCode(...bytes);
    };
    const openPose = zipOf(
      '__MACOSX/._a',
      'pose/a_000000000000_keypoints.json',
      'pose/a_000000000001_keypoints.json',
    );
    expect(plan({ 'a.mp4': MP4, 'pose.zip': openPose })).toEqual({
      ...NOTHING,
      videos: ['a.mp4'],
      keypoints: ['pose.zip'],
    });
    const { said, ...opened } = plan({ 'a.mp4': MP4, 'album.zip': zipOf('1.jpg', '1.json') });
    expect(opened).toEqual({ videos: ['a.mp4'], keypoints: [], pictures: [] });
    expect(said).toContain("album.zip, which doesn't look like keypoints");
  });

  it('name what Limn has no use for, one sentence a kind', () => {
    const { said, ...opened } = plan({
      'walk.mp4': MP4,
      'walk.bvh': 'HIERARCHY\nROOT Hips',
      'run.bvh': 'HIERARCHY\nROOT Hips',
      'notes.psd': '8BPS',
      'song.mp3': 'ID3\x04',
    });
    expect(opened).toEqual({ videos: ['walk.mp4'], keypoints: [], pictures: [] });
    expect(said).toMatch(
      /walk\.bvh is a BVH motion file, no picture.*Limn writes BVH.*The same goes for run\.bvh\./,
    );
    expect(said).toMatch(/notes\.psd is a Photoshop file/);
    expect(said).toMatch(/song\.mp3, with sound but no picture/);
    expect(said).not.toContain('ffmpeg');
  });

  it('say what there is where nothing can be opened', () => {
    expect(plan({ '.DS_Store': '' }).said).toMatch(/nothing but files of the system/);
    expect(plan({}).said).toMatch(/There is no file/);
    expect(plan({ 'notes.txt': 'dear all' }).said).toMatch(/^notes\.txt is a text file, no picture/);
    expect(plan({ 'empty.xyz': '' }).said).toMatch(/^empty\.xyz is empty \(0 bytes\)/);
  });
});

describe('Keypoints with several videos', () => {
  const named = (...names: string[]) => names.map((name) => ({ name }));
  it('go with the video that is called as they are, or the only one', () => {
    const videos = named('b.mp4', 'walk.mp4', 'walk_2.mp4');
    const partner = (name: string) => partnerOf(videos, named(name))?.name;
    expect(partner('json/walk_000000000000_keypoints.json')).toBe('walk.mp4');
    expect(partner('walk_2_000000000000_keypoints.json')).toBe('walk_2.mp4');
    expect(partner('WALK.limn.json')).toBe('walk.mp4');
    expect(partnerOf(named('b.mp4'), named('other.json'))?.name).toBe('b.mp4');
    expect(partnerOf([], named('a.json'))).toBeNull();
  });

  it('are not taken for those of a video whose name goes on with another letter or digit', () => {
    const videos = named('b.mp4', 'walk.mp4', 'walk1.mp4', 'Dağ.mp4');
    const partner = (name: string) => partnerOf(videos, named(name))?.name;
    for (const name of ['walk10.json', 'walker.json', 'Dağı.json']) {
      expect(() => partner(name), name).toThrow(LimnError);
    }
    expect(partner('walk1-2.json')).toBe('walk1.mp4');
    expect(partner('walk1.json')).toBe('walk1.mp4');
    expect(partnerOf(named('walk1.mp4', 'walk10.mp4'), named('walk10_keypoints.json'))?.name).toBe(
      'walk10.mp4',
    );
  });

  it('are refused where none of several videos is called as they are', () => {
    expect(() => partnerOf(named('a.mp4', 'b.mp4'), named('walk.json'))).toThrow(
      "None of the videos a.mp4, b.mp4 is called like walk.json, so that Limn can't tell which of them the keypoints are of. Drop them with their own video only.",
    );
  });

  it('say what the other videos need', () => {
    expect(describeOtherVideos(['b.mp4'])).toBe(
      'Left out: b.mp4. Keypoints can lie on only one video. Drop it with its own keypoints, or without any to have it tracked.',
    );
    expect(describeOtherVideos(['b.mp4', 'c.mp4'])).toBe(
      'Left out: b.mp4, c.mp4. Keypoints can lie on only one video. Drop each with its own keypoints, or without any to have them tracked.',
    );
  });
});
