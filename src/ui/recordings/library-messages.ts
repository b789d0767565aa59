import type { StoredRecording } from '../../recording/protocol.ts';

/** What the library says. */
export const libraryMessages = {
  title: 'Recordings',
  search: 'Search recordings',
  searchHint: 'Search',
  selectAll: 'Select all',
  selectNone: 'Select none',
  select: (name: string) => `Select ${name}`,
  selected: (count: number) => (count === 1 ? '1 selected' : `${count} selected`),
  exportSelected: (count: number) => `Export ${count} …`,
  deleteSelected: (count: number) => `Delete ${count}`,
  noneFound: (text: string) => `No recording is called “${text}”.`,
  deleted: (name: string, count: number) => (count === 1 ? `Deleted ${name}` : `Deleted ${count} recordings`),
  undo: 'Undo',
  unreadable: 'Can’t be read',
  all: 'All recordings …',
} as const;

/** How far the making of a recording got. */
export function describeState({ info, frames }: StoredRecording): string {
  if (!info) return libraryMessages.unreadable;
  const { state, total } = info;
  const counted = frames === 1 ? '1 frame' : `${frames} frames`;
  switch (state) {
    case 'running':
    case 'cancelled':
      return total > 0 ? `Stopped at frame ${frames} of ${total}` : `Stopped after ${counted}`;
    case 'broken':
      return `Breaks off after ${counted}`;
    case 'live':
    case 'finished':
      return counted;
  }
}

/** How long it lasts, as a player says it: 0:08, 1:02:30. */
export function describeLength(seconds: number): string {
  const whole = Math.round(seconds);
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  const end = String(rest).padStart(2, '0');
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${end}` : `${minutes}:${end}`;
}
