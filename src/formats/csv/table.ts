import { strFromU8 } from 'fflate';
import { LimnError } from '../../core/errors.ts';
import type { NamedBytes } from '../../core/named-bytes.ts';

/** What lies between cells: of RFC 4180; as programs write it where commas are in numbers; tabs. */
const SEPARATORS = [',', ';', '\t'] as const;
type Separator = (typeof SEPARATORS)[number];

/** A table with names in its first line. */
export interface CsvTable {
  readonly columns: readonly string[];
  /** Cells of every other line by column, with the line's number in the file. Numbers have a decimal point. */
  rows(): Generator<{ readonly line: number; readonly cells: Readonly<Record<string, string>> }>;
}

/**
 * Reads a table with cells in quotes or not, between commas, semicolons or tabs; where these aren't commas, a comma in a
 * number is its decimal point. A byte order mark is passed over.
 *
 * @param isTable do these columns make the table that is wanted? It decides what lies between cells.
 * @throws {LimnError} while rows are taken, naming file and line, if one has other cells than the first line
 */
export function readCsv(
  { name, bytes }: NamedBytes,
  isTable: (columns: readonly string[]) => boolean,
): CsvTable {
  const lines = strFromU8(bytes)
    .replace(/^\ufeff/, '')
    .split(/\r\n|\n|\r/);
  const header = lines[0] ?? '';
  const separator = SEPARATORS.find((each) => isTable(splitCells(header, each))) ?? ',';
  const columns = splitCells(header, separator);
  function* rows() {
    for (const [i, text] of lines.entries()) {
      if (i === 0 || text === '') continue;
      const cells = splitCells(text, separator);
      if (cells.length !== columns.length) {
        const isOpen = (text.match(/"/g) ?? []).length % 2 === 1;
        throw new LimnError(
          isOpen && i < lines.length - 1
            ? `${name}, line ${i + 1}, begins or ends in a cell in quotes that goes over several lines, which Limn doesn't read: take the line breaks out of its cells.`
            : `${name}, line ${i + 1}, has ${cells.length} cells, not ${columns.length}: it may be cut off.`,
        );
      }
      const named = columns.map((column, at) => [column, toPoint(cells[at] ?? '', separator)] as const);
      yield { line: i + 1, cells: Object.fromEntries(named) };
    }
  }
  return { columns, rows };
}

/** The names of a table's columns. @param isTable as {@link readCsv} */
export function readColumns(
  head: string,
  isTable: (columns: readonly string[]) => boolean,
): readonly string[] {
  return readCsv({ name: '', bytes: new TextEncoder().encode(head.split(/[\r\n]/, 1)[0] ?? '') }, isTable)
    .columns;
}

/** Cells of a line (RFC 4180): those in quotes may hold separators, and quotes twice. */
function splitCells(line: string, separator: Separator): string[] {
  if (!line.includes('"')) return line.split(separator);
  const cells: string[] = [];
  const pattern = new RegExp(`(?:"((?:[^"]|"")*)"|([^${separator}]*))(${separator}|$)`, 'g');
  for (const [, quoted, plain = '', end] of line.matchAll(pattern)) {
    cells.push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === '') break;
  }
  return cells;
}

function toPoint(cell: string, separator: Separator): string {
  return separator !== ',' && /^[+-]?\d*,\d+(e[+-]?\d+)?$/i.test(cell) ? cell.replace(',', '.') : cell;
}
