import type { Session } from '../../app/session.ts';
import type { ViewDirection } from '../../views/scene3d/camera/framing.ts';
import { markNames, type messages } from '../messages/messages.ts';

/** What keys do beyond the session: things of the page. */
export interface PageActions {
  openFile(): void;
  showExport(): void;
  repeatExport(): void;
  showHelp(): void;
  showRecordings(): void;
  toggleInspector(): void;
  copyPicture(): void;
  /** `null`: at everybody, from where it is. */
  lookFrom(direction: ViewDirection | null): void;
  zoomBy(factor: number): void;
  zoomToAll(): void;
}

interface KeyCommand {
  readonly key: string;
  /** How the key is written in the help, in English. */
  readonly label: string;
  /** Its words in the help. */
  readonly does: keyof typeof messages.keyDoes;
  readonly run: (session: Session, page: PageActions) => void;
  /** Only with Ctrl, or the command key; and with Shift, or without. */
  readonly withControl?: 'plain' | 'shift';
  /** Only with Shift: of letters, for other signs need it on some keyboards. */
  readonly withShift?: true;
  /** Only while this holds; otherwise the key is the browser's. */
  readonly when?: () => boolean;
}

/** Seconds that a jump goes back or on. */
const JUMP = 1;
const LAYOUTS = ['half', 'full', 'corner', 'off'] as const;

export const keyCommands: readonly KeyCommand[] = [
  { key: 'c', label: 'C', does: 'camera', run: (session) => void session.open.camera() },
  {
    key: 'o',
    label: 'Ctrl+O',
    does: 'openFile',
    run: (_, page) => page.openFile(),
    withControl: 'plain',
  },
  { key: 'd', label: 'D', does: 'demo', run: (session) => void session.open.demo() },
  { key: 's', label: 'S', does: 'stop', run: (session) => session.stop() },
  { key: 'e', label: 'E', does: 'export', run: (_, page) => page.showExport() },
  {
    key: 'e',
    label: 'Ctrl+E',
    does: 'repeatExport',
    run: (_, page) => page.repeatExport(),
    withControl: 'plain',
  },
  {
    key: ' ',
    label: 'Space',
    does: 'play',
    run: (session) => session.togglePlaying(),
  },
  { key: 'j', label: 'J', does: 'jumpBack', run: (session) => jump(session, -JUMP) },
  { key: 'k', label: 'K', does: 'play', run: (session) => session.togglePlaying() },
  { key: 'l', label: 'L', does: 'jumpOn', run: (session) => jump(session, JUMP) },
  { key: 'ArrowLeft', label: '←', does: 'back', run: ({ transport }) => transport?.step(-1) },
  { key: 'ArrowRight', label: '→', does: 'on', run: ({ transport }) => transport?.step(1) },
  {
    key: 'l',
    label: 'Shift+L',
    does: 'loop',
    run: ({ transport }) => transport?.setLooping(!transport.state.isLooping),
    withShift: true,
  },
  { key: 'h', label: 'H', does: 'hands', run: (session) => toggle(session, 'hands') },
  { key: 'b', label: 'B', does: 'picture', run: (s) => toggle(s, 'picture') },
  {
    key: 'm',
    label: 'M',
    does: 'mark',
    run: ({ staged }) => void staged.marks.add(markNames),
  },
  { key: ',', label: ',', does: 'previousMark', run: (session) => session.goToMark(-1) },
  { key: '.', label: '.', does: 'nextMark', run: (session) => session.goToMark(1) },
  {
    key: 'w',
    label: 'W',
    does: 'mirror',
    run: (session) => session.updateSettings({ mirror: session.state.isMirrored.peek() ? 'off' : 'on' }),
  },
  {
    key: 'c',
    label: 'Ctrl+C',
    does: 'copyPicture',
    run: (_, page) => page.copyPicture(),
    withControl: 'plain',
    when: () => document.getSelection()?.isCollapsed !== false,
  },
  { key: 'f', label: 'F', does: 'frame', run: (_, page) => page.lookFrom(null) },
  {
    key: 'f',
    label: 'Shift+F',
    does: 'layout',
    run: (session) => {
      const { room } = session.state.settings.peek();
      const next = LAYOUTS[(LAYOUTS.indexOf(room) + 1) % LAYOUTS.length];
      if (next) session.updateSettings({ room: next });
    },
    withShift: true,
  },
  { key: 'r', label: 'R', does: 'rotate', run: (session) => toggle(session, 'rotate') },
  { key: '1', label: '1', does: 'front', run: (_, page) => page.lookFrom('front') },
  { key: '2', label: '2', does: 'side', run: (_, page) => page.lookFrom('side') },
  { key: '3', label: '3', does: 'top', run: (_, page) => page.lookFrom('top') },
  { key: '4', label: '4', does: 'angled', run: (_, page) => page.lookFrom('angled') },
  {
    key: 'p',
    label: 'P',
    does: 'follow',
    run: (session) => session.people.followNext(),
  },
  { key: 'v', label: 'V', does: 'recordings', run: (_, page) => page.showRecordings() },
  {
    key: 'a',
    label: 'A',
    does: 'hold',
    run: ({ videos }) => videos.queue.togglePaused(),
  },
  {
    key: 'g',
    label: 'G',
    does: 'correct',
    run: (session) => session.setMode(session.state.isEditing.peek() ? 'look' : 'correct'),
  },
  { key: 'n', label: 'N', does: 'inspector', run: (_, page) => page.toggleInspector() },
  {
    key: 'i',
    label: 'I',
    does: 'setIn',
    run: ({ staged }) => staged.editing.setEnd('from'),
  },
  {
    key: 'o',
    label: 'O',
    does: 'setOut',
    run: ({ staged }) => staged.editing.setEnd('to'),
  },
  {
    key: 'x',
    label: 'X',
    does: 'swapSides',
    run: whileEditing(({ staged }) => staged.editing.swapSides()),
  },
  {
    key: 'k',
    label: 'Shift+K',
    does: 'fillGap',
    run: whileEditing(({ staged }) => void staged.editing.fill('cubic')),
    withShift: true,
  },
  { key: '+', label: '+', does: 'zoomIn', run: (_, page) => page.zoomBy(0.5) },
  { key: '-', label: '−', does: 'zoomOut', run: (_, page) => page.zoomBy(2) },
  { key: '0', label: '0', does: 'zoomAll', run: (_, page) => page.zoomToAll() },
  {
    key: 'z',
    label: 'Ctrl+Z',
    does: 'undo',
    run: ({ state }) => state.document.peek()?.undo(),
    withControl: 'plain',
  },
  {
    key: 'z',
    label: 'Ctrl+Shift+Z',
    does: 'redo',
    run: ({ state }) => state.document.peek()?.redo(),
    withControl: 'shift',
  },
  { key: '?', label: '?', does: 'help', run: (_, page) => page.showHelp() },
];

/** Seconds back or on, as far as there is something. */
function jump({ transport }: Session, seconds: number): void {
  transport?.seek(transport.state.time + seconds);
}

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
    const command = keyCommands.find((each) => isMeant(each, event));
    if (!command) return;
    event.preventDefault();
    command.run(findSession(), page);
  };
  addEventListener('keydown', onKeyDown);
  return () => removeEventListener('keydown', onKeyDown);
}

function isMeant({ key, withControl, withShift, when }: KeyCommand, event: KeyboardEvent): boolean {
  const pressed = event.key.toLowerCase();
  if (key !== event.key && key !== pressed) return false;
  if (event.ctrlKey || event.metaKey) {
    return withControl === (event.shiftKey ? 'shift' : 'plain') && when?.() !== false;
  }
  const isLetter = /^\p{L}$/u.test(pressed);
  return withControl === undefined && (!isLetter || event.shiftKey === (withShift === true));
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
