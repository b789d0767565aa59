import type { StoredRecording } from '../../../../recording/protocol.ts';

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
  takenOff: (name: string) => `Removed ${name} from the queue`,
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
