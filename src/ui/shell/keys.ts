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
  lookFrom(direction: ViewDirection): void;
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
}

const LAYOUTS = ['half', 'full', 'corner', 'off'] as const;

export const keyCommands: readonly KeyCommand[] = [
  { key: 'c', label: 'C', does: 'camera', run: (session) => void session.open.camera() },
  { key: 'o', label: 'O', does: 'openFile', run: (_, page) => page.openFile() },
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
    run: ({ transport }) => (transport?.state.isPlaying ? transport.pause() : transport?.play()),
  },
  { key: 'ArrowLeft', label: '←', does: 'back', run: ({ transport }) => transport?.step(-1) },
  { key: 'ArrowRight', label: '→', does: 'on', run: ({ transport }) => transport?.step(1) },
  {
    key: 'l',
    label: 'L',
    does: 'loop',
    run: ({ transport }) => transport?.setLooping(!transport.state.isLooping),
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
    key: 'f',
    label: 'F',
    does: 'layout',
    run: (session) => {
      const { room } = session.state.settings.peek();
      const next = LAYOUTS[(LAYOUTS.indexOf(room) + 1) % LAYOUTS.length];
      if (next) session.updateSettings({ room: next });
    },
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
  { key: 'i', label: 'I', does: 'inspector', run: (_, page) => page.toggleInspector() },
  {
    key: '[',
    label: '[',
    does: 'setIn',
    run: ({ staged }) => staged.editing.setEnd('from'),
  },
  {
    key: ']',
    label: ']',
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
    label: 'K',
    does: 'fillGap',
    run: whileEditing(({ staged }) => void staged.editing.fill('cubic')),
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
