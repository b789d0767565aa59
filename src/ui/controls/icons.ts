import { svg, type TemplateResult } from 'lit';

const icon = (content: TemplateResult): TemplateResult =>
  svg`<svg viewBox="0 0 24 24" aria-hidden="true">${content}</svg>`;

export const icons = {
  camera: icon(
    svg`<rect x="2.5" y="6" width="13" height="12" rx="2.5"/><path d="m15.5 10.500 5.500-3v9l-5.500-3"/>`,
  ),
  file: icon(
    svg`<path d="M3 7.500a2 2 0 0 1 2-2h4l2 2.500h8a2 2 0 0 1 2 2v7a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2z"/>`,
  ),
  figure: icon(
    svg`<circle cx="12" cy="4.500" r="2"/><path d="M12 7.500v7M12 9.500 7 6.500M12 9.500l5 2M12 14.500l-3.500 6M12 14.500l3.500 6"/>`,
  ),
  stop: icon(svg`<rect x="6" y="6" width="12" height="12" rx="2"/>`),
  download: icon(svg`<path d="M12 4v10.500M7.500 10.500 12 15l4.500-4.500M4.500 19.500h15"/>`),
  help: icon(
    svg`<circle cx="12" cy="12" r="9"/><path d="M9.500 9.500a2.500 2.500 0 1 1 3.500 2.300c-.7.3-1 .8-1 1.700M12 16.800v.1"/>`,
  ),
  play: icon(svg`<path d="M8 5.500v13l10.500-6.500z" fill="currentColor"/>`),
  pause: icon(svg`<path d="M8.500 5.500v13M15.500 5.500v13"/>`),
  previous: icon(svg`<path d="M16 6.500 8.500 12l7.500 5.500zM6 6.500v11"/>`),
  next: icon(svg`<path d="m8 6.500 7.500 5.500L8 17.500zM18 6.500v11"/>`),
  loop: icon(
    svg`<path d="M5 11a5 5 0 0 1 5-4h8.500M15.500 4l3 3-3 3M19 13a5 5 0 0 1-5 4H5.500M8.500 20l-3-3 3-3"/>`,
  ),
  recordings: icon(
    svg`<rect x="3.500" y="4.500" width="17" height="4" rx="1.500"/><path d="M5 8.500V18a2 2 0 0 0 2 2h10a2 2 0 0 0 2-2V8.500M10 12.500h4"/>`,
  ),
  trash: icon(
    svg`<path d="M4.500 7h15M9.500 7V4.500h5V7M6.500 7l1 12.500h9l1-12.500M10.200 10.500v5.500M13.800 10.500v5.500"/>`,
  ),
  flag: icon(svg`<path d="M6 21V4M6 5h11l-2.500 4 2.500 4H6"/>`),
  eyeOff: icon(
    svg`<path d="M9.700 6.300A9 9 0 0 1 12 6c6 0 9.500 6 9.500 6a17 17 0 0 1-2.700 3.300M6.300 7.800A16 16 0 0 0 2.500 12S6 18 12 18a9 9 0 0 0 4.400-1.200M4 4l16 16"/>`,
  ),
  target: icon(
    svg`<circle cx="12" cy="12" r="6.500"/><path d="M12 2.500v5M12 16.500v5M2.500 12h5M16.500 12h5"/>`,
  ),
  close: icon(svg`<path d="m6 6 12 12M18 6 6 18"/>`),
  frame: icon(
    svg`<path d="M4 8.500V6a2 2 0 0 1 2-2h2.500M15.500 4H18a2 2 0 0 1 2 2v2.500M20 15.500V18a2 2 0 0 1-2 2h-2.500M8.500 20H6a2 2 0 0 1-2-2v-2.500"/><circle cx="12" cy="12" r="2.500"/>`,
  ),
  photo: icon(
    svg`<path d="M4 8.500a2 2 0 0 1 2-2h1.500l1.500-2h6l1.500 2H18a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2z"/><circle cx="12" cy="12.500" r="3.200"/>`,
  ),
  all: icon(
    svg`<path d="M4 6v12M20 6v12M7.500 12h9M10 9.500 7.500 12l2.500 2.500M14 9.500l2.500 2.500-2.500 2.500"/>`,
  ),
  network: icon(
    svg`<circle cx="5.500" cy="12" r="2"/><circle cx="18.500" cy="6" r="2"/><circle cx="18.500" cy="18" r="2"/><path d="M7.300 11 16.700 6.800M7.300 13l9.400 4.200"/>`,
  ),
  check: icon(svg`<path d="M4 17.500a8 8 0 1 1 16 0M12 15.500l4-5"/>`),
  down: icon(svg`<path d="m6 9.500 6 6 6-6"/>`),
  plus: icon(svg`<path d="M12 5v14M5 12h14"/>`),
  undo: icon(svg`<path d="M8.500 5 4.500 9l4 4M4.500 9H14a5 5 0 0 1 0 10h-3.500"/>`),
  redo: icon(svg`<path d="m15.500 5 4 4-4 4M19.500 9H10a5 5 0 0 0 0 10h3.500"/>`),
  panel: icon(svg`<rect x="3.500" y="5" width="17" height="14" rx="2"/><path d="M14.500 5v14"/>`),
  swap: icon(
    svg`<path d="M4.500 9h13M14 5.500 17.500 9 14 12.500M19.500 15h-13M10 11.500 6.500 15l3.500 3.500"/>`,
  ),
  microphone: icon(
    svg`<rect x="9" y="3.500" width="6" height="10.500" rx="3"/><path d="M5.500 11.500a6.500 6.500 0 0 0 13 0M12 18v3"/>`,
  ),
  switchCamera: icon(
    svg`<path d="M4 8.500a2 2 0 0 1 2-2h1.500l1.500-2h6l1.500 2H18a2 2 0 0 1 2 2v8a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2zM9 11.500a3.300 3.300 0 0 1 6-.5M15 13.500a3.300 3.300 0 0 1-6 .5M15.200 9v2h-2M8.800 16v-2h2"/>`,
  ),
  fullScreen: icon(svg`<path d="M4.500 9V4.500H9M15 4.500h4.500V9M19.500 15v4.500H15M9 19.500H4.500V15"/>`),
  pictureInPicture: icon(
    svg`<rect x="3.500" y="5" width="17" height="14" rx="2"/><rect x="11.500" y="11.500" width="6.500" height="5" rx="1" fill="currentColor"/>`,
  ),
  modes: {
    look: icon(
      svg`<path d="M2.500 12S6 6 12 6s9.500 6 9.500 6-3.500 6-9.500 6-9.500-6-9.500-6z"/><circle cx="12" cy="12" r="2.800"/>`,
    ),
    measure: icon(svg`<path d="M5 19h15M5 19 16.500 5.500M12.500 19a8 8 0 0 0-2.800-6"/>`),
    correct: icon(svg`<path d="m4.500 19.500 1-4L16 5a2 2 0 0 1 3 3L8.500 18.500z"/>`),
    clean: icon(svg`<path d="M3 9c3-4 6 4 9 0s6 4 9 0M3 16c3-2 6 2 9 0s6 2 9 0"/>`),
    compare: icon(
      svg`<rect x="3.500" y="5" width="7" height="14" rx="1.500"/><rect x="13.500" y="5" width="7" height="14" rx="1.500"/>`,
    ),
  },
};
