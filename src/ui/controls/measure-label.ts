import type { RulerState } from '../../app/measure/ruler.ts';
import { measureOf, type PictureMeasure } from '../../motion/kinematics/picture-measure.ts';
import type { LabelledMeasure } from '../../views/overlay/draw-measures.ts';
import { formatNumber } from '../messages/format.ts';

/** A measure in words; empty: it isn't whole. @param metresPerPixel `null`: distances are in pixels */
export function measureLabel(measure: PictureMeasure, metresPerPixel: number | null): string {
  const value = measureOf(measure);
  if (Number.isNaN(value)) return '';
  if (measure.kind === 'angle') return `${formatNumber(value, 1)}°`;
  return metresPerPixel === null
    ? `${formatNumber(value, 1)} px`
    : `${formatNumber(value * metresPerPixel, 3)} m`;
}

/** All that is measured, with its numbers. */
export function labelledMeasures({ measures, pending, metresPerPixel }: RulerState): LabelledMeasure[] {
  return [...measures, ...(pending ? [pending] : [])].map((measure) => ({
    ...measure,
    label: measureLabel(measure, metresPerPixel),
  }));
}
