/** Videos, and endings that browsers don't know for such. */
const VIDEOS = 'video/*,.mkv,.mov,.avi';

/** Has somebody choose a video. To be called while a click is handled. @param take is called if one is chosen */
export function pickVideo(take: (video: { readonly name: string; readonly blob: Blob }) => void): void {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = VIDEOS;
  input.addEventListener('change', () => {
    const [file] = input.files ?? [];
    if (file) take({ name: file.name, blob: file });
  });
  input.click();
}
