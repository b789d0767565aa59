import { fixedNumber } from '../../core/texts/readable.ts';
import type { Context2D, Fit } from './fit.ts';

/** Peaks and possible limbs, in pixels of the frame. */
export interface OverlaidXray {
  readonly peaks: readonly { readonly x: number; readonly y: number; readonly score: number }[];
  readonly limbs: readonly {
    /** Positions among the peaks. */
    readonly from: number;
    readonly to: number;
    readonly passed: number;
    readonly samples: number;
    readonly verdict: 'joined' | 'weak' | 'taken' | 'dropped';
  }[];
}

const COLORS = { joined: '#34d399', taken: '#fbbf24', dropped: '#f472b6', weak: '#f87171' } as const;
/** Limbs of which fewer samples pass aren't worth drawing: most pairs of peaks have none. */
const SHOWN_SHARE = 0.3;
const PEAK_RADIUS = 4;
const LABEL_SIZE = 11;
const CASING = 'rgb(10 12 16 / 0.75)';

/** Draws every peak with its score, and every limb that is there, or nearly. */
export function drawXray(
  context: Context2D,
  { peaks, limbs }: OverlaidXray,
  fit: Fit,
  isMirrored: boolean,
  pixelRatio: number,
): void {
  const { width } = context.canvas;
  const toX = (x: number): number => {
    const stageX = fit.left + x * fit.scale;
    return isMirrored ? width - stageX : stageX;
  };
  const toY = (y: number): number => fit.top + y * fit.scale;
  context.save();
  context.lineCap = 'round';
  for (const { from, to, passed, samples, verdict } of limbs) {
    const [a, b] = [peaks[from], peaks[to]];
    if (!a || !b || (verdict === 'weak' && passed / Math.max(1, samples) < SHOWN_SHARE)) continue;
    context.setLineDash(verdict === 'joined' ? [] : [5 * pixelRatio, 5 * pixelRatio]);
    for (const [color, lineWidth] of [
      [CASING, 4],
      [COLORS[verdict], 2],
    ] as const) {
      context.beginPath();
      context.moveTo(toX(a.x), toY(a.y));
      context.lineTo(toX(b.x), toY(b.y));
      context.lineWidth = lineWidth * pixelRatio;
      context.strokeStyle = color;
      context.stroke();
    }
    if (verdict === 'joined') continue;
    label(context, `${passed}/${samples}`, (toX(a.x) + toX(b.x)) / 2, (toY(a.y) + toY(b.y)) / 2, pixelRatio);
  }
  context.setLineDash([]);
  for (const { x, y, score } of peaks) {
    context.beginPath();
    context.arc(toX(x), toY(y), PEAK_RADIUS * pixelRatio, 0, 2 * Math.PI);
    context.fillStyle = '#fff';
    context.fill();
    context.lineWidth = 1.5 * pixelRatio;
    context.strokeStyle = CASING;
    context.stroke();
    label(context, fixedNumber(score, 2), toX(x), toY(y) - 12 * pixelRatio, pixelRatio);
  }
  context.restore();
}

function label(context: Context2D, text: string, x: number, y: number, pixelRatio: number): void {
  context.font = `600 ${LABEL_SIZE * pixelRatio}px system-ui, sans-serif`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 3 * pixelRatio;
  context.strokeStyle = CASING;
  context.strokeText(text, x, y);
  context.fillStyle = '#fff';
  context.fillText(text, x, y);
}
