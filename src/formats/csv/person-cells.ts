import type { Recording } from '../../core/recording.ts';
import { textCell } from './cell.ts';

/** The columns that say whose a row is: the id, and a name where anybody has one. */
export interface PersonColumns {
  readonly names: readonly string[];
  cells(id: number): readonly (string | number)[];
}

export function personColumns({ info: { names } }: Recording): PersonColumns {
  if (!names || Object.keys(names).length === 0) return { names: ['person'], cells: (id) => [id] };
  return { names: ['person', 'person_name'], cells: (id) => [id, textCell(names[id] ?? '')] };
}
