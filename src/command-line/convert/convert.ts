import { isAbort, LimnError } from '../../core/errors.ts';
import type { Recording } from '../../core/recording.ts';
import type { DataFormatId } from '../../formats/exporter.ts';
import { exporterFor } from '../../formats/exporters.ts';
import { type WrittenBytes, writeChecked } from '../../library/here/write.ts';
import type { WriteOptions } from '../../library/here/write-options.ts';
import type { Surroundings } from '../command.ts';
import { type Failure, toFailure } from '../failures.ts';
import type { FileGroup } from '../files/group-files.ts';
import { readGroup } from '../files/read-group.ts';
import { lookForSame, WholeFiles } from '../files/write-whole.ts';
import type { Targets } from './targets.ts';

/** What is to be made of every recording. */
export interface Order {
  readonly formats: readonly DataFormatId[];
  readonly options: WriteOptions;
  readonly targets: Targets;
  /** Files that differ are replaced. */
  readonly replaces: boolean;
}

/** Converts one group after the other, and says of each file what has become of it. */
export class Converter {
  readonly failures: Failure[] = [];
  written = 0;
  /** Files that were there, the same to the byte. */
  unchanged = 0;
  readonly #order: Order;
  readonly #surroundings: Surroundings;
  readonly #disk: WholeFiles;

  constructor(order: Order, surroundings: Surroundings) {
    this.#order = order;
    this.#surroundings = surroundings;
    this.#disk = new WholeFiles(surroundings.signal);
  }

  /** @throws an `AbortError` */
  async convert(group: FileGroup): Promise<void> {
    const { signal } = this.#surroundings;
    signal.throwIfAborted();
    try {
      const recordings = await readGroup(group);
      for (const recording of recordings) {
        for (const format of this.#order.formats) await this.#write(group, recording, recordings, format);
      }
    } catch (error) {
      this.fail(group.label, error);
    }
  }

  /** @throws what ended the process, if that is it */
  fail(file: string, error: unknown): void {
    if (isAbort(error)) throw error;
    const failure = toFailure(file, error);
    this.failures.push(failure);
    this.#surroundings.reporter.fail(failure);
  }

  async #write(
    group: FileGroup,
    recording: Recording,
    siblings: readonly Recording[],
    format: DataFormatId,
  ): Promise<void> {
    const { targets, replaces } = this.#order;
    const written = await this.#make(group, recording, format);
    if (!written) return;
    const { bytes, extension, notes } = written;
    let output = group.label;
    try {
      output = targets.nameOf(group, recording, siblings, extension);
      const there = await lookForSame(output, bytes);
      if (there === 'other' && !replaces) {
        throw new LimnError(`${output} is there already, and differs: --force replaces it.`);
      }
      if (there !== 'same') await this.#disk.write(output, bytes);
      const event = there === 'same' ? 'unchanged' : 'written';
      this[event]++;
      const said = [...(recording.info.notes ?? []), ...notes];
      this.#surroundings.reporter.say(
        {
          event,
          input: group.label,
          output,
          format,
          bytes: bytes.length,
          ...countsOf(recording),
          notes: said,
        },
        [`${output}${event === 'unchanged' ? ' (there already, the same)' : ''}`, ...said].join('\n  '),
      );
    } catch (error) {
      this.fail(output, error);
    }
  }

  /** `null`: it can't be written in this format, which was said. */
  async #make(group: FileGroup, recording: Recording, format: DataFormatId): Promise<WrittenBytes | null> {
    try {
      const { signal } = this.#surroundings;
      const { convention, ...options } = this.#order.options;
      // Of several formats, it is for those that have a choice.
      const hasChoice = exporterFor(format).conventions !== undefined;
      return await writeChecked(recording, format, {
        ...options,
        ...(convention && hasChoice && { convention }),
        signal,
      });
    } catch (error) {
      const said = error instanceof LimnError;
      this.fail(group.label, said ? new LimnError(`${group.label} as ${format}: ${error.message}`) : error);
      return null;
    }
  }
}

function countsOf({ frames }: Recording): { readonly frames: number; readonly people: number } {
  return {
    frames: frames.length,
    people: new Set(frames.flatMap(({ people }) => people.map(({ id }) => id))).size,
  };
}
