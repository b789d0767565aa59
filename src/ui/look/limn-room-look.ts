import { html, nothing } from 'lit';
import { MOST_GHOSTS } from '../../app/settings.ts';
import { familyOf } from '../../families/families.ts';
import { SettingControls } from '../controls/setting-controls.ts';
import { messages } from '../messages/messages.ts';

/** How people are drawn in the 3-D view, and from where it is seen. */
export class LimnRoomLook extends SettingControls {
  override render() {
    const lifters = this.session.state.models.value
      .filter((model) => familyOf(model).role === 'lift')
      .map(({ id, label }) => [id, label] as const);
    return html`<details open>
      <summary>${messages.inRoom}</summary>
      <div class="rows">
        ${this.select('bones', messages.bones, Object.entries(messages.boneStyles))}
        ${this.number('ghosts', messages.ghosts, 0, MOST_GHOSTS)}
        ${this.select('roomTrails', messages.trails, Object.entries(messages.trailChoices))}
        ${this.switch('followInRoom', messages.followInRoom)}
        ${this.switch('cameraInRoom', messages.cameraInRoom)} ${this.switch('rotate', messages.rotate)}
        ${this.select('room', messages.layout, Object.entries(messages.layouts))}
        ${this.select('spatial', messages.spatial, Object.entries(messages.spatialChoices))}
        ${this.select('lift', messages.liveLift, Object.entries(messages.liveLifts))}
        ${lifters.length > 1 ? this.select('lifter', messages.lifter, lifters) : nothing}
      </div>
    </details>`;
  }
}

customElements.define('limn-room-look', LimnRoomLook);
