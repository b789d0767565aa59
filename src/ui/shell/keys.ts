import type { Session } from '../../app/session.ts';
import type { ViewDirection } from '../../views/scene3d/camera/framing.ts';
import { markNames } from '../messages/messages.ts';

/** What keys do beyond the session: things of the page. */
export interface PageActions {
  openFile(): void;
  showExport(): void;
  repeatExport(): void;
  showHelp(): void;
  showRecordings(): void;
  toggleInspector(): void;
  lookFrom(direction: ViewDirection): void;
  zoomBy(factor: number): void;
  zoomToAll(): void;
}

interface KeyCommand {
  readonly key: string;
  /** How the key is written in the help. */
  readonly label: string;
  readonly does: string;
  readonly run: (session: Session, page: PageActions) => void;
  /** Only with Ctrl, or the command key; and with Shift, or without. */
  readonly withControl?: 'plain' | 'shift';
}

const LAYOUTS = ['half', 'full', 'corner', 'off'] as const;

export const keyCommands: readonly KeyCommand[] = [
  { key: 'c', label: 'C', does: 'Camera', run: (session) => void session.open.camera() },
  { key: 'o', label: 'O', does: 'Open a file', run: (_, page) => page.openFile() },
  { key: 'd', label: 'D', does: 'Demo actor', run: (session) => void session.open.demo() },
  { key: 's', label: 'S', does: 'Stop', run: (session) => session.stop() },
  { key: 'e', label: 'E', does: 'Export …', run: (_, page) => page.showExport() },
  {
    key: 'e',
    label: 'Ctrl+E',
    does: 'Export again as last time, without asking',
    run: (_, page) => page.repeatExport(),
    withControl: 'plain',
  },
  {
    key: ' ',
    label: 'Space',
    does: 'Play or pause',
    run: ({ transport }) => (transport?.state.isPlaying ? transport.pause() : transport?.play()),
  },
  { key: 'ArrowLeft', label: '←', does: 'One frame back', run: ({ transport }) => transport?.step(-1) },
  { key: 'ArrowRight', label: '→', does: 'One frame on', run: ({ transport }) => transport?.step(1) },
  {
    key: 'l',
    label: 'L',
    does: 'Loop',
    run: ({ transport }) => transport?.setLooping(!transport.state.isLooping),
  },
  { key: 'h', label: 'H', does: 'Hands', run: (session) => toggle(session, 'hands') },
  { key: 'b', label: 'B', does: 'Black background instead of the picture', run: (s) => toggle(s, 'picture') },
  {
    key: 'm',
    label: 'M',
    does: 'Mark this moment',
    run: ({ staged }) => void staged.marks.add(markNames),
  },
  { key: ',', label: ',', does: 'Previous mark', run: (session) => session.goToMark(-1) },
  { key: '.', label: '.', does: 'Next mark', run: (session) => session.goToMark(1) },
  {
    key: 'w',
    label: 'W',
    does: 'Mirror',
    run: (session) => session.updateSettings({ mirror: session.state.isMirrored.peek() ? 'off' : 'on' }),
  },
  {
    key: 'f',
    label: 'F',
    does: 'Layout: beside, 3-D only, corner, picture only',
    run: (session) => {
      const { room } = session.state.settings.peek();
      const next = LAYOUTS[(LAYOUTS.indexOf(room) + 1) % LAYOUTS.length];
      if (next) session.updateSettings({ room: next });
    },
  },
  { key: 'r', label: 'R', does: 'Turn the room slowly', run: (session) => toggle(session, 'rotate') },
  { key: '1', label: '1', does: 'Room from the front', run: (_, page) => page.lookFrom('front') },
  { key: '2', label: '2', does: 'Room from the side', run: (_, page) => page.lookFrom('side') },
  { key: '3', label: '3', does: 'Room from above', run: (_, page) => page.lookFrom('top') },
  { key: '4', label: '4', does: 'Room at an angle', run: (_, page) => page.lookFrom('angled') },
  {
    key: 'p',
    label: 'P',
    does: 'Follow only the next person, or everybody',
    run: (session) => session.people.followNext(),
  },
  { key: 'v', label: 'V', does: 'Recordings kept on this device', run: (_, page) => page.showRecordings() },
  {
    key: 'a',
    label: 'A',
    does: 'Hold the analysis, or continue it',
    run: ({ videos }) => videos.queue.togglePaused(),
  },
  {
    key: 'g',
    label: 'G',
    does: 'Correct by hand, or stop it',
    run: (session) => session.setMode(session.state.isEditing.peek() ? 'look' : 'correct'),
  },
  { key: 'i', label: 'I', does: 'Open or close the inspector', run: (_, page) => page.toggleInspector() },
  {
    key: '[',
    label: '[',
    does: 'Begin the stretch at this frame',
    run: ({ staged }) => staged.editing.setEnd('from'),
  },
  {
    key: ']',
    label: ']',
    does: 'End the stretch at this frame',
    run: ({ staged }) => staged.editing.setEnd('to'),
  },
  {
    key: 'x',
    label: 'X',
    does: 'Swap left and right',
    run: whileEditing(({ staged }) => staged.editing.swapSides()),
  },
  {
    key: 'k',
    label: 'K',
    does: 'Fill the gap',
    run: whileEditing(({ staged }) => void staged.editing.fill('cubic')),
  },
  { key: '+', label: '+', does: 'Zoom into the timeline', run: (_, page) => page.zoomBy(0.5) },
  { key: '-', label: '−', does: 'Zoom out of the timeline', run: (_, page) => page.zoomBy(2) },
  { key: '0', label: '0', does: 'All of the timeline', run: (_, page) => page.zoomToAll() },
  {
    key: 'z',
    label: 'Ctrl+Z',
    does: 'Undo a correction',
    run: ({ state }) => state.document.peek()?.undo(),
    withControl: 'plain',
  },
  {
    key: 'z',
    label: 'Ctrl+Shift+Z',
    does: 'Redo it',
    run: ({ state }) => state.document.peek()?.redo(),
    withControl: 'shift',
  },
  { key: '?', label: '?', does: 'This help', run: (_, page) => page.showHelp() },
];

/** Keys that change a recording do so only for those who mean to. */
function whileEditing(run: (session: Session) => void): KeyCommand['run'] {
  return (session) => {
    if (session.state.isEditing.peek()) run(session);
  };
}

function toggle(session: Session, key: 'hands' | 'picture' | 'rotate'): void {
  session.updateSettings({ [key]: !session.state.settings.peek()[key] });
}

/**
 * Listens to keys unless they are meant for a control.
 *
 * @param findSession asked with every key, for the page listens before it has a session
 * @returns ends it
 */
export function listenToKeys(findSession: () => Session, page: PageActions): () => void {
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || isForControl(event)) return;
    const isControl = event.ctrlKey || event.metaKey;
    const pressed = event.key.toLowerCase();
    const command = keyCommands.find(({ key, withControl }) =>
      isControl
        ? withControl === (event.shiftKey ? 'shift' : 'plain') && key === pressed
        : withControl === undefined && (key === event.key || key === pressed),
    );
    if (!command) return;
    event.preventDefault();
    command.run(findSession(), page);
  };
  addEventListener('keydown', onKeyDown);
  return () => removeEventListener('keydown', onKeyDown);
}

function isForControl(event: KeyboardEvent): boolean {
  const target = event.composedPath()[0];
  if (!(target instanceof HTMLElement)) return false;
  if (target.closest('dialog')) return true;
  if (target instanceof HTMLSelectElement) return true;
  if (target instanceof HTMLInputElement) return target.type !== 'checkbox' || event.key === ' ';
  const isPressable = target instanceof HTMLButtonElement || target.tagName === 'SUMMARY';
  return isPressable && (event.key === ' ' || event.key === 'Enter');
}
