import { measureOf, type PictureMeasure } from '../../motion/kinematics/picture-measure.ts';
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
