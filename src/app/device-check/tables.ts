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

/**
 * A report in tables.
 *
 * @param other another report, whose milliseconds stand beside
 */
export function toTables(
  report: DeviceReport,
  registry: ModelRegistry,
  other: DeviceReport | null = null,
): ReportTable[] {
  const { lacks, rows, scene, video } = report;
  const tables: ReportTable[] = [
    {
      title:
        scene === 'actor'
          ? 'Engines'
          : 'Engines, on an empty picture: without WebGL 2 there is no demo actor',
      head: [...ENGINE_HEAD, ...(other ? ['other: median', 'other / this'] : [])],
      rows: rows.map((row) => [...engineCells(row, registry), ...(other ? comparedCells(row, other) : [])]),
    },
  ];
  if (video) {
    tables.push({
      title: `${video.name}, every frame, one worker`,
      head: ['network', 'engine', 'device', 'frames', 'seconds', 'frames per second'],
      rows: video.runs.map((run) => videoCells(run, registry)),
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

function engineCells(row: EngineRow, registry: ModelRegistry): string[] {
  const { difference, parity, accuracy } = row;
  const own = parity ? ` (maps ${percent(parity.largest)})` : '';
  return [
    labelOf(row.model, registry),
    engineLabel(row.engine),
    row.runs ? 'yes' : `no: ${row.reason ?? ''}`,
    row.device ?? '–',
    difference ? pixels(difference.mean) : '–',
    difference ? `${pixels(difference.largest)}${own}` : '–',
    accuracy ? pixels(accuracy.medianPixels) : '–',
    accuracy ? `${Math.round(accuracy.within * 100)} %` : '–',
    milliseconds(row.firstResultMs),
    milliseconds(row.medianMs),
    milliseconds(row.p95Ms),
    row.framesPerSecond === null ? '–' : row.framesPerSecond.toFixed(1),
    row.timesFaster === null ? '–' : row.timesFaster.toFixed(2),
  ];
}

function comparedCells(row: EngineRow, other: DeviceReport): string[] {
  const like = rowLike(row, other);
  const ratio = like?.medianMs && row.medianMs ? (like.medianMs / row.medianMs).toFixed(2) : '–';
  return [milliseconds(like?.medianMs ?? null), ratio];
}

function videoCells(
  { model, engine, device, frames, seconds, framesPerSecond, reason }: VideoRun,
  registry: ModelRegistry,
): string[] {
  const ran = [frames.toFixed(0), seconds?.toFixed(1) ?? '–', framesPerSecond?.toFixed(1) ?? '–'];
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

function milliseconds(value: number | null): string {
  return value === null ? '–' : `${value.toFixed(value < 100 ? 1 : 0)} ms`;
}

function pixels(value: number): string {
  if (value === 0) return '0 px';
  return `${value.toFixed(value < 0.1 ? 3 : 1)} px`;
}

function percent(share: number): string {
  return `${(share * 100).toPrecision(2)} %`;
}

function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}
