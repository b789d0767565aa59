import { css, html, nothing, type TemplateResult } from 'lit';
import type { ExportPreview, PreviewedFile } from '../../app/jobs/export-preview.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { formatSize } from '../messages/format.ts';
import { exportMessages, translate } from '../messages/messages.ts';

/** How many files will be made of how many recordings. */
export interface CountedOrder {
  readonly recordings: number;
  readonly formats: number;
}

/** What a file will look like, and about how large it will be. */
export class LimnExportPreview extends LimnElement {
  static override properties = {
    ...LimnElement.properties,
    preview: { attribute: false },
    order: { attribute: false },
  };
  declare preview: ExportPreview | null;
  /** Of several files, what is counted instead; `null`: one is shown. */
  declare order: CountedOrder | null;

  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
        min-height: 0;
      }
      section {
        display: flex;
        flex-direction: column;
        gap: 8px;
        height: 100%;
      }
      .sample {
        display: grid;
        place-items: center;
        min-height: 0;
        overflow: hidden;
        border: 1px solid var(--limn-line);
        border-radius: 8px;
        background: var(--limn-ground);
        text-align: center;
      }
      .sample:not(.picture) {
        flex: 1;
      }
      .sample.picture {
        border-color: transparent;
        background: var(--limn-viewer);
      }
      img {
        display: block;
        width: 100%;
        max-height: 360px;
        object-fit: contain;
      }
      .sample p {
        margin: 0;
        padding: 16px;
        color: var(--limn-quiet);
      }
      b {
        display: block;
        margin-bottom: 4px;
        color: var(--limn-text);
        font-weight: 500;
      }
      pre {
        place-self: stretch;
        margin: 0;
        padding: 10px;
        overflow: auto;
        font: 11px/1.5 var(--limn-mono);
        text-align: left;
        white-space: pre;
      }
      .size {
        margin: 0;
        color: var(--limn-quiet);
        font-variant-numeric: tabular-nums;
      }
      .saved {
        display: block;
        overflow-wrap: anywhere;
      }
      @media (max-width: 760px) {
        img {
          max-height: 160px;
        }
      }
    `,
  ];

  /** The picture that is shown, and its address, to be taken back. */
  #picture: { readonly blob: Blob; readonly address: string } | null = null;

  constructor() {
    super();
    this.preview = null;
    this.order = null;
  }

  override render() {
    const { order } = this;
    if (order) {
      return this.#section(
        'count',
        html`<p><b>${exportMessages.counted(order.recordings, order.formats)}</b>${exportMessages.countedHint}</p>`,
        nothing,
      );
    }
    const state = this.preview?.state.value ?? { status: 'reading' as const };
    if (state.status === 'failed') return this.#section('', html`<p>${translate(state.reason)}</p>`, nothing);
    if (state.status === 'reading') return this.#section('', html`<p>${exportMessages.reading}</p>`, nothing);
    const { file } = state;
    const size = file.byteLength === null ? nothing : exportMessages.about(formatSize(file.byteLength));
    return this.#section(file.sample.kind, this.#sample(file), size);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#forgetPicture();
  }

  #section(kind: string, sample: TemplateResult, size: unknown): TemplateResult {
    return html`<section aria-label=${exportMessages.preview} aria-live="polite">
      <div class="sample ${kind}">${sample}</div>
      <p class="size">${size} ${this.#saved()}</p>
    </section>`;
  }

  /** What was saved of this recording last. */
  #saved() {
    const { state, exports } = this.session;
    const saved = exports.saved.value;
    if (!saved || saved.of !== (state.document.value?.id ?? null)) return nothing;
    return html`<span class="saved">${exportMessages.saved(saved.name, formatSize(saved.byteLength))}</span>`;
  }

  #sample({ sample }: PreviewedFile): TemplateResult {
    switch (sample.kind) {
      case 'text':
        return html`<pre tabindex="0" aria-label=${sample.name ?? exportMessages.preview}>${sample.text}${sample.isCut ? ' …' : ''}</pre>`;
      case 'picture':
        return html`<img src=${this.#addressOf(sample.picture)} alt=${exportMessages.framePreview} />`;
      case 'rig': {
        const { frames = 0, rate = null } = this.preview?.recording.value ?? {};
        return html`<p>
          <b>${exportMessages.rig(sample.people, sample.joints, frames, rate)}</b>${exportMessages.rigHint}
        </p>`;
      }
      case 'bytes':
        return html`<p>${exportMessages.bytesOnly}</p>`;
    }
  }

  #addressOf(blob: Blob): string {
    if (this.#picture?.blob === blob) return this.#picture.address;
    this.#forgetPicture();
    this.#picture = { blob, address: URL.createObjectURL(blob) };
    return this.#picture.address;
  }

  #forgetPicture(): void {
    if (this.#picture) URL.revokeObjectURL(this.#picture.address);
    this.#picture = null;
  }
}

customElements.define('limn-export-preview', LimnExportPreview);
