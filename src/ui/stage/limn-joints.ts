import { css, html, nothing } from 'lit';
import type { SelectedJoint } from '../../app/state.ts';
import { type Person, pointScore } from '../../core/pose.ts';
import { PARTS } from '../../motion/corrections/edit.ts';
import { skeletonOf } from '../../skeletons/registry.ts';
import { controlStyles } from '../controls/control-styles.ts';
import { LimnElement } from '../limn-element.ts';
import { messages } from '../messages/messages.ts';
import { JointDrag } from './joint-drag.ts';
import { listedJoints, placeOfJoint } from './joints.ts';

/** How much larger the picture is shown when a joint is chosen, at least. */
const CLOSE_UP = 3;

/** The joints of whoever is corrected, with how certain each is in the frame on screen. */
export class LimnJoints extends LimnElement {
  static override styles = [
    controlStyles,
    css`
      :host {
        display: block;
      }
      ul {
        max-height: 236px;
        margin: 0 -8px;
        padding: 0;
        overflow-y: auto;
        list-style: none;
      }
      button {
        display: grid;
        grid-template-columns: minmax(0, 1fr) 44px 40px;
        gap: 8px;
        width: 100%;
        min-height: 26px;
        padding: 0 8px;
        border-color: transparent;
        background: none;
        font-weight: 400;
        text-align: left;
      }
      button:focus-visible {
        outline-offset: -2px;
      }
      button[aria-pressed='true']:not(.primary) {
        background: var(--limn-raised);
        color: var(--limn-text);
        font-weight: 500;
      }
      progress {
        width: 100%;
        height: 4px;
        accent-color: var(--limn-accent);
      }
      .score {
        color: var(--limn-quiet);
        font-size: 12px;
        font-variant-numeric: tabular-nums;
        text-align: right;
        white-space: nowrap;
      }
      .word {
        grid-column: 2 / -1;
      }
      @media (pointer: coarse) {
        button {
          min-height: 44px;
        }
      }
    `,
  ];

  #request = 0;
  #version = -1;
  /** Arrow keys move the joint that is chosen, as they do on the picture. */
  readonly #keys = new JointDrag(
    () => this.session,
    () => null,
  );

  override render() {
    const { state, staged } = this.session;
    const { personId } = staged.editing;
    const person = state.shown.people.find(({ id }) => id === personId);
    if (!person) return nothing;
    return html`<ul aria-label=${messages.jointList} @keydown=${this.#keys.onKeyDown}>
      ${PARTS.flatMap((part) => {
        const pose = person[part];
        // Of hundreds in a face, nobody reads a list.
        if (!pose || part === 'face') return [];
        const names = skeletonOf(pose.set).keypoints;
        return listedJoints(pose.set).map((keypoint) =>
          this.#row(
            person,
            { personId: person.id, part, keypoint },
            messages.jointName(names[keypoint] ?? ''),
          ),
        );
      })}
    </ul>`;
  }

  #row(person: Person, joint: SelectedJoint, name: string) {
    const { selected } = this.session.state;
    const pose = person[joint.part];
    const score = pose ? pointScore(pose, joint.keypoint) : 0;
    const isEdited = (pose?.marks?.[joint.keypoint] ?? 0) > 0;
    const isChosen =
      selected.value?.personId === joint.personId &&
      selected.value.part === joint.part &&
      selected.value.keypoint === joint.keypoint;
    const words = isEdited ? messages.jointEdited : score > 0 ? null : messages.jointMissing;
    return html`<li>
      <button aria-pressed=${isChosen} title=${messages.jointHint} @click=${() => this.#choose(joint)}>
        <span>${name}</span>
        ${
          words === null
            ? html`<progress aria-hidden="true" max="1" .value=${score}></progress>
                <span class="score">${Math.round(score * 100)} %</span>`
            : html`<span class="score word">${words}</span>`
        }
      </button>
    </li>`;
  }

  /** Takes hold of it, and shows it close to. */
  #choose(joint: SelectedJoint): void {
    const { state, staged } = this.session;
    staged.editing.select(joint);
    const place = placeOfJoint(state.shown.people, joint);
    const { width, height } = state.shown;
    if (!place || width === 0) return;
    const factor = Math.max(CLOSE_UP, state.zoom.peek().factor);
    state.zoom.value = { factor, x: place.x / width, y: place.y / height };
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#request = requestAnimationFrame(this.#follow);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    cancelAnimationFrame(this.#request);
  }

  /** What is shown is no signal: it is looked at as it is painted. */
  readonly #follow = (): void => {
    this.#request = requestAnimationFrame(this.#follow);
    const { version } = this.session.state.shown;
    if (version === this.#version) return;
    this.#version = version;
    this.requestUpdate();
  };
}

customElements.define('limn-joints', LimnJoints);
