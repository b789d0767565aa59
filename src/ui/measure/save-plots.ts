import type { Session } from '../../app/session.ts';
import { LimnError } from '../../core/errors.ts';
import { baseName } from '../../formats/exporter.ts';
import { seriesUnit } from '../../motion/series/series.ts';
import { SVG_WIDTH, svgHeight, writePlotSvg } from '../../views/charts/plot-svg.ts';
import { saveFile } from '../controls/save-file.ts';
import { messages } from '../messages/messages.ts';
import { laneName, lineName } from '../timeline/lane-gutter.ts';
import { toLanes } from '../timeline/lanes.ts';
import { type LineColors, sideOf } from '../timeline/timeline-series.ts';

export type PlotPicture = 'svg' | 'png';

/** The lines' colours on white, as the page has them there. */
const COLORS: LineColors = { left: '#0072b2', right: '#d55e00', middle: '#00805d' };
/** Pixels of a PNG by those of the SVG. */
const PNG_SCALE = 2;

/**
 * Saves what is plotted of the document on the stage as a picture: over the chosen stretch of time, else all of it.
 *
 * @throws {LimnError} if the browser can't draw it
 */
export async function savePlots(session: Session, kind: PlotPicture): Promise<void> {
  const { document, plots, editRange } = session.state;
  const shown = document.peek();
  const series = plots.peek();
  const ends = shown?.range.peek();
  if (!shown || !ends || series.length === 0) return;
  const { from = ends[0], to = ends[1] } = editRange.peek();
  // Two numbers a column are the least and the greatest: no peak is lost.
  const bins = SVG_WIDTH * PNG_SCALE;
  const line = await session.staged.timeline.line({ from, to, bins, series });
  const lanes = toLanes(series);
  const svg = writePlotSvg({
    title: shown.name,
    timeTitle: messages.plotTime,
    times: line.times,
    range: [from, to],
    panels: lanes.map((lane) => ({
      title: laneName(session, lane.series),
      unit: lane.series[0] ? seriesUnit(lane.series[0]) : '',
      lines: lane.series.map((each) => ({
        label: lineName(each),
        color: COLORS[sideOf(each)],
        values: line.values[series.indexOf(each)] ?? new Float32Array(),
      })),
    })),
  });
  const blob = new Blob([svg], { type: 'image/svg+xml' });
  const name = `${baseName(shown.info.source.name)}_plots`;
  if (kind === 'svg') saveFile({ name: `${name}.svg`, blob });
  else saveFile({ name: `${name}.png`, blob: await toPng(blob, svgHeight(lanes.length)) });
}

async function toPng(svg: Blob, height: number): Promise<Blob> {
  const address = URL.createObjectURL(svg);
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = new OffscreenCanvas(SVG_WIDTH * PNG_SCALE, height * PNG_SCALE);
    const context = canvas.getContext('2d');
    if (!context) throw new LimnError(messages.noPlotCanvas);
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await canvas.convertToBlob({ type: 'image/png' });
  } finally {
    URL.revokeObjectURL(address);
  }
}
