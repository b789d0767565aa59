import { html, nothing } from 'lit';
import { hasEnded } from '../../app/jobs/queue.ts';
import { type Choices, SettingControls } from '../controls/setting-controls.ts';
import {
  chooseLanguage,
  chosenLanguage,
  LANGUAGE_NAMES,
  type LanguageChoice,
  languageChoices,
  languageIds,
} from '../messages/language.ts';
import { messages } from '../messages/messages.ts';

/** Which language the page speaks. It is loaded anew for another one: at once where nothing is open, else on a click. */
export class LimnLanguage extends SettingControls {
  static override properties = { ...SettingControls.properties, choice: { state: true } };
  declare choice: LanguageChoice;
  readonly #spoken = chosenLanguage();

  constructor() {
    super();
    this.choice = this.#spoken;
  }

  override render() {
    const choices: Choices = [
      ['auto', messages.automatic],
      ...languageIds.map((id) => [id, LANGUAGE_NAMES[id]] as const),
    ];
    return html`<div class="rows">
      ${this.options('language', messages.language, choices, this.choice, (value) => this.#choose(value))}
      ${
        this.choice === this.#spoken
          ? nothing
          : html`<p class="hint" role="status">${messages.languageLater}</p>
              <button @click=${() => location.reload()}>${messages.reloadNow}</button>`
      }
    </div>`;
  }

  #choose(value: string): void {
    const choice = languageChoices.find((each) => each === value);
    if (!choice) return;
    chooseLanguage(choice);
    this.choice = choice;
    if (choice !== this.#spoken && !this.#isAtWork) location.reload();
  }

  /** Would anything end, or have to be opened again? */
  get #isAtWork(): boolean {
    const { state, exports, videos } = this.session;
    return (
      !state.isStageEmpty.peek() ||
      exports.progress.peek() !== null ||
      videos.queue.jobs.peek().some((job) => !hasEnded(job))
    );
  }
}

customElements.define('limn-language', LimnLanguage);
