import type { VideosHost } from '../../src/session/jobs/videos.ts';

/** What videos need from a session, for tests under Node: nobody is told of anything. */
export function quietVideosHost(): VideosHost {
  const ignore = (): void => undefined;
  return {
    onOver: ignore,
    onDelete: ignore,
    onSubject: ignore,
  };
}
