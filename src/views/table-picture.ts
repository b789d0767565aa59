import { greatest } from '../core/lists.ts';

/** What is drawn: a title, and tables of texts with their heads. */
export interface PictureTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

const FONT_FAMILY = 'system-ui, sans-serif';
const TEXT = `13px ${FONT_FAMILY}`;
const HEAD = `600 13px ${FONT_FAMILY}`;
const TITLE = `650 17px ${FONT_FAMILY}`;
const LINE = 22;
const TITLE_LINE = 40;
const MARGIN = 24;
const GAP = 18;
/** Longer cells are broken into lines. */
const WIDEST_CELL = 320;
/** For screens with more than one pixel to a point. */
const SCALE = 2;
const COLORS = { ground: '#ffffff', text: '#14161c', quiet: '#525a69', line: '#d5d9e0' };

interface LaidOut {
  readonly title: string;
  readonly widths: readonly number[];
  /** Lines of each cell of each row; the head is the first row. */
  readonly rows: readonly (readonly (readonly string[])[])[];
}

/** Tables as a PNG, to be shown where text can't be. */
export async function drawTables(heading: string, tables: readonly PictureTable[]): Promise<Blob> {
  const canvas = new OffscreenCanvas(1, 1);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser has no 2-D canvas.');
  const laidOut = tables.map((table) => layOut(context, table));
  const tableWidths = laidOut.map(({ widths }) => widths.reduce((sum, width) => sum + width + GAP, 0));
  context.font = TITLE;
  const width = greatest(tableWidths, context.measureText(heading).width) + 2 * MARGIN;
  const height = laidOut.reduce((sum, table) => sum + heightOf(table), TITLE_LINE + 2 * MARGIN);
  canvas.width = Math.ceil(width * SCALE);
  canvas.height = Math.ceil(height * SCALE);
  context.scale(SCALE, SCALE);
  context.fillStyle = COLORS.ground;
  context.fillRect(0, 0, width, height);
  context.textBaseline = 'top';
  context.font = TITLE;
  context.fillStyle = COLORS.text;
  context.fillText(heading, MARGIN, MARGIN);
  let y = MARGIN + TITLE_LINE;
  for (const table of laidOut) {
    drawTable(context, table, y, width);
    y += heightOf(table);
  }
  return canvas.convertToBlob({ type: 'image/png' });
}

function layOut(context: OffscreenCanvasRenderingContext2D, { title, head, rows }: PictureTable): LaidOut {
  const lines = [head, ...rows].map((row, i) => {
    context.font = i === 0 ? HEAD : TEXT;
    return row.map((cell) => breakLines(context, cell));
  });
  const widths = head.map((_, column) =>
    greatest(
      lines.map((row, i) => {
        context.font = i === 0 ? HEAD : TEXT;
        return greatest(
          (row[column] ?? []).map((line) => context.measureText(line).width),
          0,
        );
      }),
    ),
  );
  return { title, widths, rows: lines };
}

function breakLines(context: OffscreenCanvasRenderingContext2D, text: string): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && context.measureText(longer).width > WIDEST_CELL) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

function rowHeight(row: readonly (readonly string[])[]): number {
  return (
    greatest(
      row.map((lines) => lines.length),
      1,
    ) * LINE
  );
}

function heightOf({ rows }: LaidOut): number {
  return rows.reduce((sum, row) => sum + rowHeight(row), TITLE_LINE + GAP);
}

function drawTable(
  context: OffscreenCanvasRenderingContext2D,
  { title, widths, rows }: LaidOut,
  top: number,
  width: number,
): void {
  context.font = HEAD;
  context.fillStyle = COLORS.text;
  context.fillText(title, MARGIN, top + GAP / 2);
  let y = top + TITLE_LINE;
  for (const [i, row] of rows.entries()) {
    let x = MARGIN;
    context.font = i === 0 ? HEAD : TEXT;
    context.fillStyle = i === 0 ? COLORS.quiet : COLORS.text;
    for (const [column, lines] of row.entries()) {
      for (const [k, line] of lines.entries()) context.fillText(line, x, y + k * LINE + 3);
      x += (widths[column] ?? 0) + GAP;
    }
    y += rowHeight(row);
    context.fillStyle = COLORS.line;
    context.fillRect(MARGIN, y - 1, width - 2 * MARGIN, 1);
  }
}
