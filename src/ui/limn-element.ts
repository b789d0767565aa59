import { effect } from '@preact/signals-core';
import { LitElement } from 'lit';
import type { Session } from '../app/session.ts';

/** An element of the page: it renders anew when a signal that its `render` has read changes. */
export abstract class LimnElement extends LitElement {
  static override properties = { session: { attribute: false } };
  declare session: Session;
  #disposeEffect: (() => void) | null = null;

  protected override performUpdate(): void {
    if (!this.isUpdatePending) return;
    this.#disposeEffect?.();
    let isFirstRun = true;
    this.#disposeEffect = effect(() => {
      if (isFirstRun) {
        isFirstRun = false;
        super.performUpdate();
      } else {
        // A signal has changed: the next update makes a new effect with what it reads then.
        this.requestUpdate();
      }
    });
  }

  /** One that shows nothing is marked, so that it takes no place either. */
  protected override updated(): void {
    this.toggleAttribute('blank', this.renderRoot.childElementCount === 0);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // One that was taken out and put back has missed what its signals have become.
    if (this.hasUpdated) this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#disposeEffect?.();
    this.#disposeEffect = null;
  }
}
