import type { VideosHost } from '../../src/session/jobs/videos.ts';

/** What videos need from a session, for tests under Node: nobody is told of anything. @param notices where sentences go */
export function quietVideosHost(notices: string[]): VideosHost {
  const ignore = (): void => undefined;
  return {
    onDevice: ignore,
    onLoading: ignore,
    onForeignRequest: ignore,
    onPicture: ignore,
    onPeople: ignore,
    onRefresh: ignore,
    onStage: ignore,
    onOver: ignore,
    onDelete: ignore,
    onSubject: ignore,
    onNotice: (_, text) => {
      notices.push(text);
      return ignore;
    },
  };
}
