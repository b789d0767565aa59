import { assetsCommand } from './assets/command.ts';
import type { Command } from './command.ts';
import { convertCommand } from './convert/command.ts';
import { infoCommand } from './info/command.ts';

/** All that `limn` does, in the order in which `limn help` lists it. */
export const commands: readonly Command[] = [convertCommand, infoCommand, assetsCommand];
