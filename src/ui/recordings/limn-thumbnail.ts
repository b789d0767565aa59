import { css, html, nothing } from 'lit';
import { Turns } from '../../core/async/turns.ts';
import type { StoredRecording } from '../../recording/protocol.ts';
import { drawPeople } from '../../views/overlay/draw-people.ts';
import { fitFrame } from '../../views/overlay/fit.ts';
import { LimnElement } from '../limn-element.ts';

/** Pixels of a drawn one. */
const SIZE = { width: 320, height: 180 };
/** Recordings are opened for their frame one at a time. */
const turns = new Turns(1);

/** A small picture of a recording: of its video, or somebody's skeleton where there is none. */
export class LimnThumbnail extends LimnElement {
  static override properties = { ...LimnElement.properties, recording: { attribute: false } };
  declare recording: StoredRecording | null;

  static override styles = css`
    :host {
      display: block;
      aspect-ratio: 16 / 9;
      overflow: hidden;
      border-radius: 6px;
      background: var(--limn-viewer);
    }
    img,
    canvas {
      display: block;
      width: 100%;
      height: 100%;
      object-fit: contain;
    }
  `;

  /** The picture that is shown, and its address, to be taken back. */
  #shown: { readonly picture: Uint8Array<ArrayBuffer>; readonly address: string } | null = null;
  /** Whose skeleton is drawn, or is about to be. */
  #drawn: string | null = null;

  constructor() {
    super();
    this.recording = null;
  }

  override render() {
    const { recording } = this;
    if (!recording?.info) return nothing;
    if (recording.picture) return html`<img src=${this.#addressOf(recording.picture)} alt="" />`;
    return html`<canvas width=${SIZE.width} height=${SIZE.height}></canvas>`;
  }

  override updated(): void {
    super.updated();
    const { recording } = this;
    if (!recording?.info || recording.picture || this.#drawn === recording.id) return;
    this.#drawn = recording.id;
    void turns.take(() => this.#draw(recording));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    if (this.#shown) URL.revokeObjectURL(this.#shown.address);
    this.#shown = null;
    this.#drawn = null;
  }

  async #draw({ id, info }: StoredRecording): Promise<void> {
    if (!this.isConnected || !info) return;
    const frame = await this.session.recordings.frameOf(id);
    const canvas = this.renderRoot.querySelector('canvas');
    const context = canvas?.getContext('2d');
    if (!frame || !canvas || !context || this.recording?.id !== id) return;
    const { width = info.info.width, height = info.info.height } = frame;
    context.clearRect(0, 0, canvas.width, canvas.height);
    const fit = fitFrame(width, height, canvas.width, canvas.height);
    drawPeople(context, frame.people, { width, height }, fit, {
      threshold: 0.3,
      weight: 1,
      unit: 1,
      opacity: 1,
      scheme: 'sides',
      showIds: false,
      showMasks: false,
      isMirrored: false,
      followedId: null,
      angles: [],
    });
  }

  #addressOf(picture: Uint8Array<ArrayBuffer>): string {
    if (this.#shown?.picture === picture) return this.#shown.address;
    if (this.#shown) URL.revokeObjectURL(this.#shown.address);
    const address = URL.createObjectURL(new Blob([picture], { type: 'image/jpeg' }));
    this.#shown = { picture, address };
    return address;
  }
}

customElements.define('limn-thumbnail', LimnThumbnail);
