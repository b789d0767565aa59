import { html, nothing, type TemplateResult } from 'lit';
import type { AboutScore } from '../../app/comparison/comparison.ts';
import type { RecordingScore } from '../../app/timeline/protocol.ts';
import type { Difference } from '../../motion/series/difference.ts';
import { saveFile } from '../controls/save-file.ts';
import { formatNumber } from '../messages/format.ts';
import { messages, translate } from '../messages/messages.ts';

/** How far two recordings are apart at each joint; and, if it was scored, how often each was right. */
export function differenceTable({ keypoints }: Difference, score: RecordingScore | null): TemplateResult {
  const errors = new Map(score?.errors.joints.map((joint) => [joint.keypoint as string, joint]));
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${messages.joint}</th>
        <th scope="col">${messages.median}</th>
        <th scope="col">${messages.high}</th>
        ${score ? html`<th scope="col">${messages.meanError}</th><th scope="col">${messages.correctKeypoints}</th>` : nothing}
      </tr>
    </thead>
    <tbody>
      ${keypoints.map(({ name, median, high }) => {
        const error = errors.get(name);
        return html`<tr>
          <th scope="row">${messages.jointName(name)}</th>
          <td>${formatNumber(median, 1)} px</td>
          <td>${formatNumber(high, 1)} px</td>
          ${score ? html`<td>${pixels(error?.meanPixels)}</td><td>${percent(error?.correct)}</td>` : nothing}
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/**
 * How well people were found, in sentences: what was judged by what, what doesn't count; and all figures as a file.
 *
 * @param other what the recording is called that isn't on the stage
 */
export function scoreText(
  score: RecordingScore,
  other: string,
  { people, arePictures, incomplete }: AboutScore,
): TemplateResult {
  const { accuracy, errors, truth, frames, notLookedAt, notAnnotated, ofOtherSize, mostPeople } = score;
  const leftOut = messages.scoreLeftOut(notLookedAt, notAnnotated, ofOtherSize);
  return html`<span class="text" role="status"
    ><b>${messages.scoreOf(other, truth, messages.scoredFrames(frames, arePictures))}:</b>
    ${messages.scoreText(
      accuracy.found,
      accuracy.people,
      share(accuracy.averagePrecision),
      share(accuracy.averageRecall),
      percent(errors.correct),
      pixels(errors.meanPixels),
    )}
    ${leftOut === '' ? nothing : messages.scoreCounts(leftOut)}
    ${people !== null && people < mostPeople ? messages.scoreFewPeople(people, mostPeople) : nothing}
    ${incomplete === null ? nothing : translate(incomplete)}</span
  >
  <button @click=${() => saveFile({ name: 'accuracy.csv', blob: new Blob([toCsv(score)], { type: 'text/csv' }) })}>
    ${messages.saveScore}
  </button>`;
}

/** A line a figure: what it is of, and how much. Empty: nobody to judge by. */
function toCsv({ frames, notLookedAt, notAnnotated, ofOtherSize, accuracy, errors }: RecordingScore): string {
  const rows: (readonly [figure: string, value: number | null])[] = [
    ['frames', frames],
    ['frames annotated only', notLookedAt],
    ['frames tracked only', notAnnotated],
    ['frames of another size', ofOtherSize],
    ['people', accuracy.people],
    ['found', accuracy.found],
    ['AP', accuracy.averagePrecision],
    ['AP50', accuracy.averagePrecisionAt50],
    ['AP75', accuracy.averagePrecisionAt75],
    ['AP medium', accuracy.averagePrecisionOfMedium],
    ['AP large', accuracy.averagePrecisionOfLarge],
    ['AR', accuracy.averageRecall],
    ['PCK 0.2', errors.correct],
    ['mean error px', errors.meanPixels],
    ...errors.joints.flatMap(({ keypoint, correct, meanPixels, count }) => [
      [`${keypoint} count`, count] as const,
      [`${keypoint} PCK 0.2`, correct] as const,
      [`${keypoint} mean error px`, meanPixels] as const,
    ]),
  ];
  return ['figure,value', ...rows.map(([figure, value]) => `${figure},${value ?? ''}`), ''].join('\r\n');
}

const NONE = '–';
const share = (value: number | null): string => (value === null ? NONE : formatNumber(value, 2));

function pixels(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : `${formatNumber(value, 1)} px`;
}

function percent(value: number | null | undefined): string {
  return value === null || value === undefined ? NONE : `${formatNumber(100 * value)} %`;
}
