import { append } from '../../core/lists.ts';
import { engineLabel } from '../../families/engines/engine-catalog.ts';
import type { ModelRegistry } from '../../families/registry.ts';
import { type DeviceReport, type EngineRow, rowLike, type VideoRun } from './report.ts';

/** A table of a report: what people read, cell by cell. */
export interface ReportTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** How a number is written with so many digits behind its point. */
export type NumberWriter = (value: number, digits: number) => string;

const plainly: NumberWriter = (value, digits) => value.toFixed(digits);

/**
 * A report in tables.
 *
 * @param other another report, whose milliseconds stand beside
 * @param write default: with points, as in files
 */
export function toTables(
  report: DeviceReport,
  registry: ModelRegistry,
  other: DeviceReport | null = null,
  write = plainly,
): ReportTable[] {
  const { lacks, rows, scene, video } = report;
  const tables: ReportTable[] = [
    {
      title:
        scene === 'actor'
          ? 'Engines'
          : 'Engines, on an empty picture: without WebGL 2 there is no demo actor',
      head: [...ENGINE_HEAD, ...(other ? ['other: median', 'other / this'] : [])],
      rows: rows.map((row) => [
        ...engineCells(row, registry, write),
        ...(other ? comparedCells(row, other, write) : []),
      ]),
    },
  ];
  if (video) {
    tables.push({
      title: `${video.name}, every frame, one worker`,
      head: ['network', 'engine', 'device', 'frames', 'seconds', 'frames per second'],
      rows: video.runs.map((run) => videoCells(run, registry, write)),
    });
  }
  if (lacks.length > 0) {
    tables.push({
      title: 'What is missing',
      head: ['missing', 'so', 'remedy'],
      rows: lacks.map(({ what, effect, remedy }) => [what, effect, remedy]),
    });
  }
  tables.push({ title: 'Device', head: ['', ''], rows: factRows(report) });
  return tables;
}

/** To be pasted into a report of a fault, say. */
export function toMarkdown(
  report: DeviceReport,
  registry: ModelRegistry,
  other: DeviceReport | null = null,
): string {
  const lines = [`# Limn ${report.limn}: check of ${report.created}, seed ${report.seed}`, ''];
  for (const { title, head, rows } of toTables(report, registry, other)) {
    append(lines, [`## ${title}`, '', toLine(head), toLine(head.map(() => '---')), ...rows.map(toLine), '']);
  }
  return lines.join('\n');
}

function toLine(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ')).join(' | ')} |`;
}

const ENGINE_HEAD = [
  'network',
  'engine',
  'runs',
  'device',
  'differs by',
  'at most',
  'error',
  'right',
  'first result',
  'median',
  '95 %',
  'per second',
  '× one thread',
];

function engineCells(row: EngineRow, registry: ModelRegistry, write: NumberWriter): string[] {
  const { difference, parity, accuracy } = row;
  const own = parity ? ` (maps ${percent(parity.largest, write)})` : '';
  return [
    labelOf(row.model, registry),
    engineLabel(row.engine),
    row.runs ? 'yes' : `no: ${row.reason ?? ''}`,
    row.device ?? '–',
    difference ? pixels(difference.mean, write) : '–',
    difference ? `${pixels(difference.largest, write)}${own}` : '–',
    accuracy ? pixels(accuracy.medianPixels, write) : '–',
    accuracy ? `${Math.round(accuracy.within * 100)} %` : '–',
    milliseconds(row.firstResultMs, write),
    milliseconds(row.medianMs, write),
    milliseconds(row.p95Ms, write),
    row.framesPerSecond === null ? '–' : write(row.framesPerSecond, 1),
    row.timesFaster === null ? '–' : write(row.timesFaster, 2),
  ];
}

function comparedCells(row: EngineRow, other: DeviceReport, write: NumberWriter): string[] {
  const like = rowLike(row, other);
  const ratio = like?.medianMs && row.medianMs ? write(like.medianMs / row.medianMs, 2) : '–';
  return [milliseconds(like?.medianMs ?? null, write), ratio];
}

function videoCells(
  { model, engine, device, frames, seconds, framesPerSecond, reason }: VideoRun,
  registry: ModelRegistry,
  write: NumberWriter,
): string[] {
  const tenths = (value: number | null): string => (value === null ? '–' : write(value, 1));
  const ran = [write(frames, 0), tenths(seconds), tenths(framesPerSecond)];
  const where = [device, reason].filter((part) => part !== null).join('; ');
  return [labelOf(model, registry), engineLabel(engine), where, ...ran];
}

function factRows({ facts }: DeviceReport): string[][] {
  const { wasm, webgpu, webgl, storage, cameras } = facts;
  const has = (is: boolean): string => (is ? 'yes' : 'no');
  const gpu = (found: typeof webgpu): string =>
    found
      ? `${[found.vendor, found.architecture, found.driver].filter(Boolean).join(', ')}${found.isSoftware ? ' (software)' : ''}`
      : 'none';
  const coded = (can: 'decodes' | 'encodes', inHardware: 'decodesInHardware' | 'encodesInHardware'): string =>
    facts.codecs
      .filter((codec) => codec[can])
      .map((codec) => (codec[inHardware] ? `${codec.label} (hardware)` : codec.label))
      .join(', ') || 'none';
  return [
    ['Browser', facts.userAgent],
    ['Cores', `${facts.cores}`],
    ['Memory', facts.memoryGiB === null ? 'unknown' : `${facts.memoryGiB} GiB or more`],
    ['Memory of this page', facts.heapBytes === null ? 'unknown' : megabytes(facts.heapBytes)],
    ['Cross-origin isolated', has(facts.isIsolated)],
    [
      'WebAssembly',
      `SIMD ${has(wasm.simd)}, relaxed SIMD ${has(wasm.relaxedSimd)}, threads ${has(wasm.threads)}, JSPI ${has(wasm.jspi)}`,
    ],
    ['WebGPU', gpu(webgpu)],
    ['WebGPU features', webgpu?.features.join(', ') || 'none'],
    [
      'WebGPU limits',
      Object.entries(webgpu?.limits ?? {})
        .map(([name, most]) => `${name} ${most}`)
        .join(', ') || 'none',
    ],
    ['WebGL', gpu(webgl)],
    ['Decodes', coded('decodes', 'decodesInHardware')],
    ['Encodes', coded('encodes', 'encodesInHardware')],
    ['Cameras', cameras?.map(({ label, modes }) => `${label}: ${modes}`).join('; ') ?? 'none'],
    [
      'Storage',
      storage
        ? `${megabytes(storage.usage)} of ${megabytes(storage.quota)}${storage.isPersistent ? ', persistent' : ''}`
        : 'unknown',
    ],
    ['Private files', has(facts.hasPrivateFiles)],
    ['Works offline', has(facts.hasServiceWorker)],
  ];
}

/** Another device's own network has none here. */
function labelOf(model: string, registry: ModelRegistry): string {
  return registry.has(model) ? registry.info(model).label : model;
}

function milliseconds(value: number | null, write: NumberWriter): string {
  return value === null ? '–' : `${write(value, value < 100 ? 1 : 0)} ms`;
}

function pixels(value: number, write: NumberWriter): string {
  if (value === 0) return '0 px';
  return `${write(value, value < 0.1 ? 3 : 1)} px`;
}

/** With two digits in all. */
function percent(share: number, write: NumberWriter): string {
  const value = Number((share * 100).toPrecision(2));
  const whole = value === 0 ? 1 : Math.floor(Math.log10(value)) + 1;
  return `${write(value, Math.max(0, 2 - whole))} %`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
