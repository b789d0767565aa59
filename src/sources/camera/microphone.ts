import { LimnError, toReason } from '../../core/errors.ts';

/** Asks for a microphone. Whoever gets its track stops it. @throws {LimnError} if there is none, or it was refused */
export async function openMicrophone(): Promise<MediaStreamTrack> {
  try {
    const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    const [track] = stream.getAudioTracks();
    if (track) return track;
  } catch (error) {
    const name = error instanceof DOMException ? error.name : '';
    if (name === 'NotAllowedError' || name === 'SecurityError') {
      throw new LimnError('The microphone was refused.', { cause: error });
    }
    if (name !== 'NotFoundError') {
      throw new LimnError(`The microphone can’t be used (${toReason(error)}).`, { cause: error });
    }
  }
  throw new LimnError('No microphone was found.');
}
