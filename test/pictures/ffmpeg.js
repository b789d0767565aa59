import { spawnSync } from 'node:child_process';

/** Ends this process with a sentence where there is no ffmpeg: films to be tracked and the film of README are made by it. */
export function ensureFfmpeg() {
  if (spawnSync('ffmpeg', ['-version']).status === 0) return;
  console.error(
    'npm run pictures needs ffmpeg, and there is none here: install it (apt install ffmpeg, brew install ffmpeg).',
  );
  process.exit(1);
}

/** @param {readonly string[]} options */
export function runFfmpeg(options) {
  const { status, stderr } = spawnSync('ffmpeg', ['-hide_banner', '-loglevel', 'error', '-y', ...options]);
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr}`);
}
