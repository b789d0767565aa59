/** Plain data of recordings, as whoever uses the library calls it. */
export type {
  PlainFrame as Frame,
  PlainKeypoint as Keypoint,
  PlainPerson as Person,
  PlainPose as Pose,
  PlainRecording as Recording,
  PlainWorldKeypoint as WorldKeypoint,
} from '../core/plain-recording.ts';
