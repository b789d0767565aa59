import { html } from 'lit';
import { SettingControls } from '../controls/setting-controls.ts';
import { messages } from '../messages/messages.ts';

/** How people are drawn on the picture, and in films. */
export class LimnPictureLook extends SettingControls {
  override render() {
    // Read here so that the panel follows what "automatic" means for the source.
    void this.session.state.isMirrored.value;
    return html`<details open>
      <summary>${messages.onPicture}</summary>
      <div class="rows">
        ${this.switch('picture', messages.picture)} ${this.switch('skeleton', messages.skeleton)}
        ${this.switch('ids', messages.namesShown)}
        ${this.select('trails', messages.trails, Object.entries(messages.trailChoices))}
        ${this.select('colors', messages.colors, Object.entries(messages.colorSchemes))}
        ${this.range('opacity', messages.opacity, 0, 1, 0.05)}
        ${this.range('line', messages.line, 1, 12, 0.5)}
        ${this.range('threshold', messages.leastConfidence, 0, 1, 0.05)}
        ${this.switch('smooth', messages.smooth)}
        ${this.settings.smooth ? this.range('strength', messages.strength, 0, 1, 0.05) : null}
        ${this.select('mirror', messages.mirror, Object.entries(messages.mirrors))}
      </div>
    </details>`;
  }
}

customElements.define('limn-picture-look', LimnPictureLook);
