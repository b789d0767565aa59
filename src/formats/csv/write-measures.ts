import { measureOf, type PictureMeasure, pointsOf } from '../../motion/kinematics/picture-measure.ts';
import { cell, LINE_END } from './cell.ts';

const MOST_POINTS = pointsOf('angle');

/**
 * What was measured in the picture, a row a measure: `kind` (distance or angle), `value` with its `unit` (px, m or deg), and the
 * points in pixels of the frame (`x1`, `y1` and so on); empty where there is none.
 *
 * @param metresPerPixel `null`: distances are in pixels
 */
export function measuresCsv(measures: readonly PictureMeasure[], metresPerPixel: number | null): string {
  const places = Array.from({ length: MOST_POINTS }, (_, i) => [`x${i + 1}`, `y${i + 1}`]).flat();
  const rows = measures.map((measure) => {
    const value = measureOf(measure);
    const isLength = measure.kind === 'distance';
    const points = Array.from({ length: MOST_POINTS }, (_, i) => [
      cell(measure.points[i]?.x),
      cell(measure.points[i]?.y),
    ]);
    const unit = isLength ? (metresPerPixel === null ? 'px' : 'm') : 'deg';
    return [measure.kind, cell(isLength ? value * (metresPerPixel ?? 1) : value), unit, ...points.flat()];
  });
  return [['kind', 'value', 'unit', ...places], ...rows].map((row) => row.join(',') + LINE_END).join('');
}
